package io.pagecache.proxy.tls;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/**
 * The names a certificate is valid for (RFC 9525 section 6.3): exact ones, and those with a wildcard for one whole label.
 *
 * @param names in lower case, addresses in their literal form; the common name only where there is no other
 */
record HostNames(Set<String> names) {
    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    HostNames {
        names = Set.copyOf(names);
    }

    static HostNames of(X509Certificate certificate) throws CertificateParsingException {
        Set<String> names = new HashSet<>();
        Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
        for (List<?> alternative : alternatives == null ? List.<List<?>>of() : alternatives) {
            int kind = (Integer) alternative.get(0);
            if ((kind == DNS_NAME || kind == IP_ADDRESS) && alternative.get(1) instanceof String name) {
                names.add(name.toLowerCase(Locale.ROOT));
            }
        }
        if (names.isEmpty()) {
            addCommonName(certificate, names);
        }
        return new HostNames(names);
    }

    private static void addCommonName(X509Certificate certificate, Set<String> names) {
        try {
            for (Rdn part : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
                if (part.getType().equalsIgnoreCase("CN")) {
                    names.add(String.valueOf(part.getValue()).toLowerCase(Locale.ROOT));
                }
            }
        } catch (InvalidNameException withoutName) {
            names.clear();
        }
    }

    /** @param host in lower case, with or without port, addresses of IPv6 in brackets or not */
    boolean cover(String host) {
        String name = withoutPort(host);
        int dot = name.indexOf('.');
        return names.contains(name) || dot > 0 && names.contains("*" + name.substring(dot));
    }

    private static String withoutPort(String host) {
        if (host.startsWith("[")) {
            int bracket = host.indexOf(']');
            return bracket < 0 ? host : host.substring(1, bracket);
        }
        int colon = host.indexOf(':');
        return colon < 0 || colon != host.lastIndexOf(':') ? host : host.substring(0, colon);
    }
}
