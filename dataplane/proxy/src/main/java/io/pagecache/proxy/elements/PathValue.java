package io.pagecache.proxy.elements;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.pagecache.plan.InvalidPlanException;
import io.pagecache.plan.ValueSource;
import io.pagecache.proxy.stores.QueryParameters;
import io.pagecache.template.ElementProvider;
import io.pagecache.template.PageValue;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A part of the path: one segment, one group of an expression, or an object of its named groups. */
final class PathValue {
    private PathValue() {}

    static ElementProvider of(String name, ValueSource.Path path) {
        if (path.pattern() == null) {
            return request -> RequestValues.ready(segment(request.path(), path.segment()));
        }
        Pattern pattern = compile("pages.values[%s].path.pattern".formatted(name), path.pattern());
        return request -> CompletableFuture.completedFuture(matched(pattern, request.path()));
    }

    private static Pattern compile(String field, String text) {
        try {
            Pattern pattern = Pattern.compile(text, Pattern.DOTALL);
            if (pattern.groupCount() == 0) {
                throw new InvalidPlanException(field, "has '%s': expected a group, such as (.*)".formatted(text));
            }
            return pattern;
        } catch (PatternSyntaxException e) {
            throw new InvalidPlanException(
                    field, "has '%s': expected an RE2 expression, but %s".formatted(text, e.getDescription()));
        }
    }

    private static @Nullable String segment(String path, int wanted) {
        int start = 1;
        for (int i = 1; start <= path.length(); i++) {
            int slash = path.indexOf('/', start);
            int end = slash < 0 ? path.length() : slash;
            if (i == wanted) {
                return end == start ? null : QueryParameters.decoded(path.substring(start, end), false);
            }
            start = end + 1;
        }
        return null;
    }

    private static PageValue matched(Pattern pattern, String path) {
        Matcher matcher = pattern.matcher(path);
        if (!matcher.matches()) {
            return PageValue.MISSING;
        }
        if (pattern.namedGroups().isEmpty()) {
            return PageValue.of(decoded(matcher.group(1)));
        }
        Map<String, Object> groups = new HashMap<>();
        for (String group : pattern.namedGroups().keySet()) {
            String text = decoded(matcher.group(group));
            if (text != null) {
                groups.put(group, text);
            }
        }
        return PageValue.of(groups);
    }

    private static @Nullable String decoded(@Nullable String text) {
        return text == null ? null : QueryParameters.decoded(text, false);
    }
}
