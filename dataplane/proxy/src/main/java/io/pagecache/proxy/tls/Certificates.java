package io.pagecache.proxy.tls;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * All certificates served at one moment. Nothing is remembered of the names that clients ask for, so they cannot fill anything.
 *
 * @param sites the first one is for clients that name no site
 */
record Certificates(List<SiteCertificate> sites) {
    static final Certificates NONE = new Certificates(List.of());

    Certificates {
        sites = List.copyOf(sites);
    }

    /**
     * @param serverName what the client asks for (RFC 6066 section 3), or null
     * @return null when no certificate is valid for that name
     */
    @Nullable
    SiteCertificate forServerName(@Nullable String serverName) {
        if (serverName == null) {
            return sites.isEmpty() ? null : sites.getFirst();
        }
        String name = serverName.toLowerCase(Locale.ROOT);
        for (SiteCertificate site : sites) {
            if (site.hosts().cover(name)) {
                return site;
            }
        }
        return null;
    }
}
