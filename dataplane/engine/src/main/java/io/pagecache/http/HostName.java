package io.pagecache.http;

import io.pagecache.plan.IpAddress;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Host names as they are compared, keyed and matched. */
public final class HostName {
    private static final int LONGEST = 255;

    private HostName() {}

    /**
     * The authority in lower case, without the scheme's default port and without the root's trailing dot.
     *
     * @param authority {@code Host}, {@code :authority} or the authority of an absolute-form target, as sent
     * @param scheme {@code http} or {@code https}
     * @return null when it is not {@code host [":" port]} (RFC 9110 section 7.2): empty, user information, list, path …
     */
    public static @Nullable String normalise(String authority, String scheme) {
        int portColon = portColon(authority);
        String host = portColon < 0 ? authority : authority.substring(0, portColon);
        String port = portColon < 0 ? "" : authority.substring(portColon + 1);
        if (host.endsWith(".")) {
            host = host.substring(0, host.length() - 1);
        }
        if (!isHost(host) || !isPort(port)) {
            return null;
        }
        String name = host.toLowerCase(Locale.ROOT);
        boolean isDefault = port.isEmpty() || Integer.parseInt(port) == (scheme.equals("https") ? 443 : 80);
        return isDefault ? name : name + ':' + Integer.parseInt(port);
    }

    /** A normalised host without its port, for comparison with the names in a plan. */
    public static String withoutPort(String normalised) {
        int colon = portColon(normalised);
        return colon < 0 ? normalised : normalised.substring(0, colon);
    }

    private static int portColon(String authority) {
        return authority.indexOf(':', authority.startsWith("[") ? Math.max(0, authority.indexOf(']')) : 0);
    }

    private static boolean isHost(String host) {
        if (host.isEmpty() || host.length() > LONGEST) {
            return false;
        }
        if (host.charAt(0) == '[') {
            return isBracketedAddress(host);
        }
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (!Grammar.isAlphaNumeric(c)
                    && c != '-'
                    && c != '_'
                    && (c != '.' || i == 0 || host.charAt(i - 1) == '.')) {
                return false;
            }
        }
        return true;
    }

    private static boolean isBracketedAddress(String host) {
        int end = host.length() - 1;
        return end > 2
                && host.charAt(end) == ']'
                && host.indexOf(':') > 0
                && IpAddress.parse(host.substring(1, end)) != null;
    }

    private static boolean isPort(String port) {
        if (port.length() > 5) {
            return false;
        }
        for (int i = 0; i < port.length(); i++) {
            if (!Grammar.isDigit(port.charAt(i))) {
                return false;
            }
        }
        return port.isEmpty() || (Integer.parseInt(port) > 0 && Integer.parseInt(port) <= 65535);
    }
}
