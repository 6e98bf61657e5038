package io.pagecache.template;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A value that pages read: nothing, text, a number, a truth value, or lists and objects of such. Immutable, and bounded when it is
 * made, so that no value a back end returns can make a page costly to render.
 */
public final class PageValue {
    public static final PageValue MISSING = new PageValue(null);

    /** Items kept of a list, members kept of an object. */
    public static final int MAX_ITEMS = 200;

    private static final int MAX_DEPTH = 16;
    private static final int MAX_TEXT = 64 * 1024;
    private static final int MAX_DIGITS = 40;

    private final @Nullable Object tree;

    private PageValue(@Nullable Object tree) {
        this.tree = tree;
    }

    /**
     * Takes a tree of {@link Map}, {@link List}, {@link CharSequence}, {@link Number} and {@link Boolean}, as JSON parsers give it.
     * What is beyond the bounds is cut off: items after {@link #MAX_ITEMS}, what lies deeper than 16 levels, text after 64 Ki
     * characters. Anything else counts as missing.
     */
    public static PageValue of(@Nullable Object json) {
        Object tree = bounded(json, MAX_DEPTH);
        return tree == null ? MISSING : new PageValue(tree);
    }

    private static @Nullable Object bounded(@Nullable Object json, int depth) {
        if (depth == 0) {
            return null;
        }
        return switch (json) {
            case null -> null;
            case CharSequence text ->
                text.length() <= MAX_TEXT
                        ? text.toString()
                        : text.subSequence(0, MAX_TEXT).toString();
            case Boolean truth -> truth;
            case Number number -> decimal(number);
            case Map<?, ?> map -> boundedMap(map, depth);
            case List<?> list -> boundedList(list, depth);
            default -> null;
        };
    }

    /** Numbers of any type become decimals that print in few digits; what does not fit is missing. */
    private static @Nullable BigDecimal decimal(Number number) {
        try {
            BigDecimal decimal = number instanceof BigDecimal exact ? exact : new BigDecimal(number.toString());
            if (decimal.precision() > MAX_DIGITS || Math.abs((long) decimal.scale()) > MAX_DIGITS) {
                return null;
            }
            BigDecimal plain = decimal.stripTrailingZeros();
            return plain.scale() < 0 ? plain.setScale(0) : plain;
        } catch (NumberFormatException e) {
            return null; // NaN and the infinities
        }
    }

    private static Map<String, Object> boundedMap(Map<?, ?> map, int depth) {
        Map<String, Object> members = new LinkedHashMap<>();
        for (Map.Entry<?, ?> member : map.entrySet()) {
            Object value = bounded(member.getValue(), depth - 1);
            if (value != null && members.size() < MAX_ITEMS) {
                members.put(String.valueOf(member.getKey()), value);
            }
        }
        return java.util.Collections.unmodifiableMap(members);
    }

    private static List<Object> boundedList(List<?> list, int depth) {
        List<Object> items = new ArrayList<>(Math.min(list.size(), MAX_ITEMS));
        for (Object item : list) {
            Object value = bounded(item, depth - 1);
            if (value != null && items.size() < MAX_ITEMS) {
                items.add(value);
            }
        }
        return List.copyOf(items);
    }

    /** The part at the end of these steps; {@link #MISSING} when any of them leads nowhere. */
    public PageValue at(List<String> steps) {
        Object at = tree;
        for (int i = 0; i < steps.size() && at != null; i++) {
            at = step(at, steps.get(i));
        }
        return at == null ? MISSING : new PageValue(at);
    }

    private static @Nullable Object step(Object from, String step) {
        if (from instanceof Map<?, ?> map) {
            return map.get(step);
        }
        if (from instanceof List<?> list && step.length() <= 4 && step.chars().allMatch(c -> c >= '0' && c <= '9')) {
            int position = Integer.parseInt(step);
            return position < list.size() ? list.get(position) : null;
        }
        return null;
    }

    public boolean isMissing() {
        return tree == null;
    }

    /** Not missing, not false, not zero, not empty. */
    public boolean isTruthy() {
        return switch (tree) {
            case null -> false;
            case Boolean truth -> truth;
            case BigDecimal number -> number.signum() != 0;
            case String text -> !text.isEmpty();
            case Map<?, ?> map -> !map.isEmpty();
            case List<?> list -> !list.isEmpty();
            default -> true;
        };
    }

    /** Text of a text, number or truth value; null for anything else, which has none. */
    public @Nullable String text() {
        return switch (tree) {
            case String text -> text;
            case BigDecimal number -> number.toPlainString();
            case Boolean truth -> truth.toString();
            case null, default -> null;
        };
    }

    /** {@link Map}, {@link List}, {@link String}, {@link BigDecimal} or {@link Boolean}; null when missing. */
    public @Nullable Object tree() {
        return tree;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PageValue that && java.util.Objects.equals(tree, that.tree);
    }

    @Override
    public int hashCode() {
        return java.util.Objects.hashCode(tree);
    }

    @Override
    public String toString() {
        return JsonText.of(tree);
    }
}
