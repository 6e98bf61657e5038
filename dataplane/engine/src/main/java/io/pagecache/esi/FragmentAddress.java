package io.pagecache.esi;

import io.pagecache.http.HostName;
import io.pagecache.http.PageRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a fragment is: a path on a host that this proxy serves. There is no way to write another one, for what a page may make the
 * proxy fetch must be what its readers may fetch through the proxy.
 *
 * @param path absolute, dot segments resolved
 */
public record FragmentAddress(
        String host, String path, @Nullable String query) {
    /** Characters of a reference. */
    public static final int LONGEST = 4096;

    private static final String HEX = "0123456789ABCDEF";
    private static final String ENCODED = "\"<>^`{|}";

    /**
     * Resolves a reference against the page it stands in (RFC 3986 section 5.2).
     *
     * @param ownHosts hosts of the policy beside the page's own, lower case without port
     * @param origin authority of the origin, which stands for the page's own host
     * @return null when the reference is malformed or names a server that is not the policy's
     */
    public static @Nullable FragmentAddress resolve(
            String reference, PageRequest page, List<String> ownHosts, String origin) {
        String clean = encoded(reference.strip());
        if (clean == null || clean.isEmpty()) {
            return null;
        }
        int scheme = schemeEnd(clean);
        String host = page.host();
        String rest = clean;
        if (scheme >= 0 || clean.startsWith("//")) {
            String named =
                    scheme < 0 ? page.scheme() : clean.substring(0, scheme).toLowerCase(Locale.ROOT);
            int start = scheme < 0 ? 2 : scheme + 3;
            boolean isHttp = named.equals("http") || named.equals("https");
            if (!isHttp || scheme >= 0 && !clean.startsWith("://", scheme)) {
                return null;
            }
            int end = endOfAuthority(clean, start);
            host = host(clean.substring(start, end), named, page, ownHosts, origin);
            rest = end < clean.length() && clean.charAt(end) == '/' ? clean.substring(end) : '/' + clean.substring(end);
        }
        return host == null ? null : onHost(host, rest, page);
    }

    private static @Nullable String host(
            String authority, String scheme, PageRequest page, List<String> ownHosts, String origin) {
        if (authority.isEmpty() || authority.indexOf('@') >= 0) {
            return null;
        }
        String host = HostName.normalise(authority, scheme);
        if (host == null || host.equals(page.host()) || ownHosts.contains(host)) {
            return host;
        }
        return host.equals(HostName.normalise(origin, scheme)) ? page.host() : null;
    }

    private static FragmentAddress onHost(String host, String rest, PageRequest page) {
        int question = rest.indexOf('?');
        String path = question < 0 ? rest : rest.substring(0, question);
        String query = question < 0 ? null : rest.substring(question + 1);
        if (path.isEmpty()) {
            return new FragmentAddress(host, page.path(), query == null ? page.query() : query);
        }
        String absolute = path.startsWith("/")
                ? path
                : page.path().substring(0, page.path().lastIndexOf('/') + 1) + path;
        return new FragmentAddress(host, withoutDots(absolute), query);
    }

    /** Length of a scheme, or -1 for a reference without one (RFC 3986 section 4.2). */
    private static int schemeEnd(String reference) {
        int colon = reference.indexOf(':');
        for (int i = 0; i < colon; i++) {
            char c = reference.charAt(i);
            if (c == '/' || c == '?') {
                return -1;
            }
        }
        return colon;
    }

    private static int endOfAuthority(String reference, int start) {
        int end = start;
        while (end < reference.length() && reference.charAt(end) != '/' && reference.charAt(end) != '?') {
            end++;
        }
        return end;
    }

    /** RFC 3986 section 5.2.4. */
    private static String withoutDots(String path) {
        StringBuilder out = new StringBuilder(path.length());
        int at = 0;
        while (at < path.length()) {
            int next = path.indexOf('/', at + 1);
            int end = next < 0 ? path.length() : next;
            String segment = path.substring(at, end);
            boolean isLast = next < 0;
            if (isDots(segment, "/..")) {
                out.setLength(Math.max(0, out.lastIndexOf("/")));
                out.append(isLast ? "/" : "");
            } else if (isDots(segment, "/.")) {
                out.append(isLast ? "/" : "");
            } else {
                out.append(segment);
            }
            at = end;
        }
        return out.isEmpty() ? "/" : out.toString();
    }

    /** Also when the dots are encoded, as some servers take them for dots. */
    private static boolean isDots(String segment, String dots) {
        return segment.equals(dots)
                || segment.length() <= 7
                        && segment.replace("%2e", ".").replace("%2E", ".").equals(dots);
    }

    /** Without its fragment and with what no URL may have encoded; null when it has blanks, controls or backslashes. */
    private static @Nullable String encoded(String reference) {
        int hash = reference.indexOf('#');
        String kept = hash < 0 ? reference : reference.substring(0, hash);
        StringBuilder clean = new StringBuilder(kept.length());
        for (byte b : kept.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            if (c <= ' ' || c == 0x7F || c == '\\') {
                return null;
            }
            if (c > 0x7F || ENCODED.indexOf(c) >= 0) {
                clean.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xF));
            } else {
                clean.append(c);
            }
        }
        return clean.length() > LONGEST ? null : clean.toString();
    }

    /** Path and query. */
    public String target() {
        return query == null ? path : path + '?' + query;
    }
}
