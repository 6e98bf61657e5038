package io.pagecache.purge;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a purge by URL names: one path with query, on one host or on all of them. The scheme of an absolute URL only tells its
 * default port: a page is purged in its {@code http} and {@code https} form alike.
 *
 * @param host lower case, without the default port; null means every host
 * @param target path and query as sent to the origin
 */
public record UrlTarget(@Nullable String host, String target) {

    /** Text without {@code ://} before its first slash is a path. */
    public static UrlTarget parse(String url) {
        int authority = url.startsWith("/") ? -1 : url.indexOf("://");
        if (authority < 0) {
            return new UrlTarget(null, url);
        }
        int end = authority + 3;
        while (end < url.length() && url.charAt(end) != '/' && url.charAt(end) != '?') {
            end++;
        }
        String defaultPort = url.regionMatches(true, 0, "https:", 0, 6) ? ":443" : ":80";
        String host = normalHost(url.substring(authority + 3, end), defaultPort);
        String rest = url.substring(end);
        return new UrlTarget(host, rest.startsWith("/") ? rest : '/' + rest);
    }

    private static String normalHost(String authority, String defaultPort) {
        String host = authority.toLowerCase(Locale.ROOT);
        if (host.endsWith(defaultPort)) {
            host = host.substring(0, host.length() - defaultPort.length());
        }
        int port = host.indexOf(":", host.lastIndexOf(']') + 1);
        String name = port < 0 ? host : host.substring(0, port);
        String withoutDot = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        return port < 0 ? withoutDot : withoutDot + host.substring(port);
    }

    boolean covers(PageFacts page) {
        return (host == null || host.equals(page.base().host()))
                && target.equals(page.base().target());
    }
}
