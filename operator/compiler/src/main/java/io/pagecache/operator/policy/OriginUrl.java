package io.pagecache.operator.policy;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/**
 * {@code scheme://host[:port]} of a policy.
 *
 * @param host DNS name or address; an IPv6 address without brackets
 * @param port the scheme's own where the text has none, 1 to 65535
 */
public record OriginUrl(String scheme, String host, int port) {

    /** The parts of the URL, or empty when it is none of ours. */
    public static Optional<OriginUrl> parse(String text) {
        try {
            URI uri = new URI(text);
            String scheme = uri.getScheme();
            boolean isOurs = ("http".equals(scheme) || "https".equals(scheme))
                    && uri.getHost() != null
                    && uri.getRawPath().isEmpty()
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && uri.getRawUserInfo() == null;
            if (!isOurs) {
                return Optional.empty();
            }
            int port = uri.getPort() < 0 ? (scheme.equals("https") ? 443 : 80) : uri.getPort();
            return port < 1 || port > 65535
                    ? Optional.empty()
                    : Optional.of(new OriginUrl(scheme, withoutBrackets(uri.getHost()), port));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static String withoutBrackets(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }
}
