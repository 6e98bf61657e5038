package io.pagecache.storing;

import io.pagecache.http.CacheGroups;
import io.pagecache.http.Headers;
import io.pagecache.http.HostName;
import io.pagecache.http.PageRequest;
import io.pagecache.http.PageResponse;
import io.pagecache.key.BaseKey;
import io.pagecache.key.KeyBuilder;
import io.pagecache.match.RuleMatcher;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which pages an answer to an unsafe request makes invalid (RFC 9111 section 4.4). One per plan. */
public final class Invalidation {
    private static final List<String> FIELDS = List.of("Location", "Content-Location");

    private final RuleMatcher rules;
    private final KeyBuilder keys;

    public Invalidation(RuleMatcher rules, KeyBuilder keys) {
        this.rules = rules;
        this.keys = keys;
    }

    /**
     * The target of the request and what {@code Location} and {@code Content-Location} name on the same scheme and host; all
     * variants of them. Empty after a safe request or an error.
     */
    public List<BaseKey> of(PageRequest request, PageResponse response) {
        if (request.isSafe() || response.status() < 200 || response.status() > 399) {
            return List.of();
        }
        Set<BaseKey> invalid = new LinkedHashSet<>();
        invalid.add(key(request, request.path(), request.query()));
        for (String field : FIELDS) {
            BaseKey named = named(request, response.headers().first(field));
            if (named != null) {
                invalid.add(named);
            }
        }
        return List.copyOf(invalid);
    }

    /**
     * Tags of the groups that the answer invalidates (RFC 9875 section 3). Empty after a safe request, whatever the answer says; of a
     * field that is too long, the first groups count.
     */
    public List<String> groups(PageRequest request, PageResponse response) {
        if (request.isSafe()) {
            return List.of();
        }
        List<String> named = CacheGroups.named(response.headers(), CacheGroups.INVALIDATION);
        List<String> tags = new ArrayList<>(named.size());
        for (int i = 0; i < Math.min(named.size(), CacheGroups.MOST); i++) {
            tags.add(CacheGroups.tag(request.scheme(), request.host(), named.get(i)));
        }
        return tags;
    }

    private @Nullable BaseKey named(PageRequest request, @Nullable String reference) {
        if (reference == null) {
            return null;
        }
        try {
            URI target = new URI(request.scheme() + "://" + request.host() + request.target()).resolve(reference);
            String authority = target.getRawAuthority();
            boolean sameOrigin = request.scheme().equalsIgnoreCase(target.getScheme())
                    && authority != null
                    && request.host().equals(HostName.normalise(authority, request.scheme()));
            String path = target.getRawPath();
            return sameOrigin && path != null ? key(request, path.isEmpty() ? "/" : path, target.getRawQuery()) : null;
        } catch (URISyntaxException | IllegalArgumentException notAReference) {
            return null;
        }
    }

    /** The key under which a GET of the target is stored: its rule may differ from the unsafe request's. */
    private BaseKey key(PageRequest request, String path, @Nullable String query) {
        PageRequest get = new PageRequest(
                "GET", request.scheme(), request.host(), path, query, Headers.EMPTY, request.client(), false);
        return keys.baseFor(get, rules.match(get));
    }
}
