package io.pagecache.operator.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a browser goes after a purge: a path of the site it is on, or a URL of one of the policy's own hosts. Anything else would let
 * others use us to lead people astray.
 */
final class ReturnLink {
    private static final int MOST_CHARACTERS = 2048;

    private ReturnLink() {}

    /** What is wrong with the link, or empty. */
    static Optional<String> problemOf(String link, List<String> hosts) {
        if (link.length() > MOST_CHARACTERS || !isPlain(link)) {
            return Optional.of(
                    "expected at most %d visible ASCII characters, and no backslash".formatted(MOST_CHARACTERS));
        }
        // Browsers read //host and /\host as another site.
        return link.startsWith("/") && !link.startsWith("//") ? Optional.empty() : problemOfUrl(link, hosts);
    }

    private static Optional<String> problemOfUrl(String link, List<String> hosts) {
        try {
            URI target = new URI(link);
            String scheme = String.valueOf(target.getScheme()).toLowerCase(Locale.ROOT);
            String host = target.getHost();
            if (!(scheme.equals("http") || scheme.equals("https")) || host == null || target.getRawUserInfo() != null) {
                return Optional.of("expected a path such as /news, or an absolute URL of one of spec.hosts");
            }
            return hosts.contains(host.toLowerCase(Locale.ROOT))
                    ? Optional.empty()
                    : Optional.of("'%s' is none of spec.hosts".formatted(host));
        } catch (URISyntaxException e) {
            return Optional.of("is no URL: " + e.getReason());
        }
    }

    private static boolean isPlain(String link) {
        return link.chars().allMatch(character -> character > ' ' && character < 0x7f && character != '\\');
    }
}
