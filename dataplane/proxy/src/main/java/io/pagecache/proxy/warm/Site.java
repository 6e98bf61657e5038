package io.pagecache.proxy.warm;

import io.pagecache.http.HostName;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * The one site a warm-up stays on.
 *
 * @param scheme {@code http} or {@code https}
 * @param host as in cache keys: lower case, without the default port
 */
record Site(String scheme, String host) {
    private static final int LONGEST_TARGET = 2_048;

    /** @param base scheme and authority, already checked */
    static Site of(String base) {
        URI uri = URI.create(base);
        String host = HostName.normalise(uri.getRawAuthority(), uri.getScheme());
        if (host == null) {
            throw new IllegalArgumentException("'%s' has no valid host".formatted(base));
        }
        return new Site(uri.getScheme(), host);
    }

    /**
     * What a link leads to.
     *
     * @param from path and query of the page with the link
     * @return path and query on this site, without fragment; null when the link leads elsewhere or nowhere
     */
    @Nullable
    String targetOf(String link, String from) {
        try {
            URI base = new URI(scheme + "://" + host + from);
            URI uri = base.resolve(new URI(link.strip().replace(" ", "%20")));
            if (!isHere(uri)) {
                return null;
            }
            String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
            String target = uri.getRawQuery() == null ? path : path + '?' + uri.getRawQuery();
            return path.startsWith("/") && target.length() <= LONGEST_TARGET && isAscii(target) ? target : null;
        } catch (URISyntaxException | IllegalArgumentException notALink) {
            return null;
        }
    }

    private boolean isHere(URI uri) {
        return scheme.equalsIgnoreCase(uri.getScheme())
                && uri.getRawAuthority() != null
                && uri.getRawUserInfo() == null
                && host.equals(HostName.normalise(uri.getRawAuthority(), scheme));
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) <= ' ' || text.charAt(i) >= 0x7f) {
                return false;
            }
        }
        return true;
    }
}
