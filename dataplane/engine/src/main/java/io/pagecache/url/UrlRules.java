package io.pagecache.url;

import io.pagecache.http.PageRequest;
import io.pagecache.plan.Urls;
import org.jspecify.annotations.Nullable;

/** Which URL a request means. */
public final class UrlRules {
    private final Urls urls;

    public UrlRules(Urls urls) {
        this.urls = urls;
    }

    /** The request with its path in the form that everything after this goes by, the origin included. */
    public PageRequest understood(PageRequest request) {
        if (!urls.normalise() || !request.path().startsWith("/")) {
            return request;
        }
        String path = NormalPath.of(request.path());
        boolean bareQuestionMark = request.query() != null && request.query().isEmpty();
        return path.equals(request.path()) && !bareQuestionMark
                ? request
                : request.withTarget(path, bareQuestionMark ? null : request.query());
    }

    /**
     * Where a reader is sent who used the other form of a path.
     *
     * @return what {@code Location} says, or null to stay. Its host is that of the request
     */
    public @Nullable String redirect(PageRequest request) {
        String path = request.isRetrieval() ? otherForm(request.path()) : null;
        if (path == null) {
            return null;
        }
        String target = request.query() == null ? path : path + '?' + request.query();
        // Without scheme and host, "//name/" would lead to that name.
        return target.startsWith("//") ? request.scheme() + "://" + request.host() + target : target;
    }

    private @Nullable String otherForm(String path) {
        int last = path.lastIndexOf('/');
        boolean isFolder = last == path.length() - 1;
        return switch (urls.trailingSlash()) {
            case KEEP -> null;
            case ADD -> last < 0 || isFolder || path.indexOf('.', last) >= 0 ? null : path + '/';
            case REMOVE -> isFolder && path.length() > 1 ? withoutSlashes(path) : null;
        };
    }

    private static String withoutSlashes(String path) {
        int end = path.length();
        while (end > 1 && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(0, end);
    }
}
