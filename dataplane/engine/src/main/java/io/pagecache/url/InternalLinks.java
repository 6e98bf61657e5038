package io.pagecache.url;

import io.pagecache.http.Headers;
import io.pagecache.plan.Urls;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Replaces the origin's own scheme, host and port by those that the reader used, wherever a URL begins with them: names inside the
 * cluster are of no use to readers, and none of their business.
 */
public final class InternalLinks {
    private static final Set<String> ALWAYS_A_URL = Set.of("location", "content-location");

    private final Urls.InternalLinks where;

    /** {@code http://name} and so on, lower case. */
    private final List<String> beginnings;

    private final int longest;

    /** @param originAuthority by which the origin is asked */
    public InternalLinks(Urls urls, String originAuthority) {
        this.where = urls.internalLinks();
        List<String> authorities = new ArrayList<>(urls.internalAuthorities());
        authorities.add(originAuthority.toLowerCase(Locale.ROOT));
        this.beginnings = authorities.stream()
                .distinct()
                .flatMap(authority -> List.of("http://" + authority, "https://" + authority, "//" + authority).stream())
                .toList();
        this.longest = beginnings.stream().mapToInt(String::length).max().orElse(0) + 1;
    }

    /** Whether they are replaced in fields. */
    public boolean areReplaced() {
        return where != Urls.InternalLinks.KEEP;
    }

    /** Whether they are replaced in HTML, too. */
    public boolean areReplacedInPages() {
        return where == Urls.InternalLinks.PAGES;
    }

    /** @param base scheme and authority that the reader used: {@code https://www.example.com} */
    public Headers fields(Headers fields, String base) {
        Headers.Builder changed = null;
        for (String name : List.of("Location", "Content-Location", "Refresh", "Link")) {
            List<String> values = fields.all(name);
            if (values.isEmpty()) {
                continue;
            }
            List<String> replaced =
                    values.stream().map(value -> field(name, value, base)).toList();
            if (!replaced.equals(values)) {
                Headers.Builder builder = (changed == null ? fields : changed.build())
                        .without(Set.of(name.toLowerCase(Locale.ROOT))).toBuilder();
                replaced.forEach(value -> builder.add(name, value));
                changed = builder;
            }
        }
        return changed == null ? fields : changed.build();
    }

    private String field(String name, String value, String base) {
        return ALWAYS_A_URL.contains(name.toLowerCase(Locale.ROOT)) ? url(value, base) : text(value, base);
    }

    private String url(String value, String base) {
        int length = matchAt(value, 0);
        return length == 0 ? value : base + value.substring(length);
    }

    /** Every URL in a text. */
    private String text(String text, String base) {
        return replace(text, text.length(), base).text();
    }

    /**
     * What has become of the beginning of a text.
     *
     * @param taken how many characters of it that was
     */
    record Replaced(String text, int taken) {}

    /** @param limit URLs that begin after it are left for later; what is before it is known to be whole */
    Replaced replace(String text, int limit, String base) {
        StringBuilder changed = new StringBuilder(limit + 64);
        int copied = 0;
        for (int at = text.indexOf("//"); at >= 0; at = text.indexOf("//", Math.max(at + 1, copied))) {
            int begin = beginOf(text, at);
            if (begin >= limit) {
                break;
            }
            int length = begin < copied ? 0 : matchAt(text, begin);
            if (length > 0) {
                changed.append(text, copied, begin).append(base);
                copied = begin + length;
            }
        }
        if (copied < limit) {
            changed.append(text, copied, limit);
            copied = limit;
        }
        return new Replaced(changed.toString(), copied);
    }

    /** So far before the end of what is known, a URL that begins there ends there. */
    int longest() {
        return longest;
    }

    /** Where the URL begins whose slashes are at this place. */
    private static int beginOf(String text, int slashes) {
        if (text.regionMatches(true, slashes - 5, "http:", 0, 5)) {
            return slashes - 5;
        }
        return text.regionMatches(true, slashes - 6, "https:", 0, 6) ? slashes - 6 : slashes;
    }

    /** How many characters there are such a beginning; 0: it is another URL. */
    private int matchAt(String text, int at) {
        for (String beginning : beginnings) {
            int end = at + beginning.length();
            if (text.regionMatches(true, at, beginning, 0, beginning.length()) && endsAuthority(text, end)) {
                return beginning.length();
            }
        }
        return 0;
    }

    private static boolean endsAuthority(String text, int at) {
        if (at >= text.length()) {
            return true;
        }
        char c = text.charAt(at);
        boolean ofAName = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c >= 0x80;
        return !ofAName && "-._~:@%".indexOf(c) < 0;
    }
}
