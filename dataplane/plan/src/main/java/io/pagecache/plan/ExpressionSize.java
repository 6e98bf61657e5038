package io.pagecache.plan;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How much an RE2 expression expands to. RE2 matches in linear time, but its program grows with counted repetition:
 * {@code (((a{10}){100}){100}){100}} has 26 characters and ten million steps, more than a heap holds, and what is matched pays for
 * each step. So the steps are counted before anything is compiled. The count follows the syntax only as far as it matters: escapes,
 * classes, groups and repetitions.
 */
public final class ExpressionSize {
    /** Steps that an expression may expand to. */
    public static final int MOST_STEPS = 1000;

    private final String expression;
    private final Deque<Long> outer = new ArrayDeque<>();
    private long steps;
    private long last;

    private ExpressionSize(String expression) {
        this.expression = expression;
    }

    /** Whether the expression would expand to more than {@value #MOST_STEPS} steps. Says nothing of its syntax. */
    public static boolean isTooBig(String expression) {
        return new ExpressionSize(expression).expandsTooFar();
    }

    private boolean expandsTooFar() {
        int at = 0;
        while (at < expression.length()) {
            at = switch (expression.charAt(at)) {
                case '\\' -> escape(at);
                case '[' -> atom(endOfClass(at));
                case '(' -> open(at);
                case ')' -> close(at);
                case '{' -> repeat(at);
                default -> atom(at + 1);
            };
            if (steps > MOST_STEPS) {
                return true;
            }
        }
        return steps + outer.stream().mapToLong(Long::longValue).sum() > MOST_STEPS;
    }

    private int atom(int end) {
        last = 1;
        steps++;
        return end;
    }

    private int open(int at) {
        outer.push(steps);
        steps = 0;
        last = 0;
        return at + 1;
    }

    private int close(int at) {
        last = steps + 1;
        steps = last + (outer.isEmpty() ? 0 : outer.pop());
        return at + 1;
    }

    private int escape(int at) {
        if (expression.startsWith("\\Q", at)) {
            int end = expression.indexOf("\\E", at);
            int stop = end < 0 ? expression.length() : end;
            steps += Math.max(0, stop - at - 2);
            last = 1;
            return end < 0 ? stop : end + 2;
        }
        boolean hasBraces = at + 2 < expression.length()
                && "pPx".indexOf(expression.charAt(at + 1)) >= 0
                && expression.charAt(at + 2) == '{';
        int end = hasBraces ? expression.indexOf('}', at) : at + 1;
        return atom(end < 0 ? expression.length() : end + 1);
    }

    private int endOfClass(int at) {
        int i = at + 1;
        if (expression.startsWith("^", i)) {
            i++;
        }
        if (expression.startsWith("]", i)) {
            i++; // the first one is a member
        }
        while (i < expression.length() && expression.charAt(i) != ']') {
            if (expression.startsWith("[:", i) && expression.indexOf(":]", i) > 0) {
                i = expression.indexOf(":]", i) + 2;
            } else {
                i += expression.charAt(i) == '\\' ? 2 : 1;
            }
        }
        return i + 1;
    }

    /** {@code {n}}, {@code {n,}} and {@code {n,m}}; any other brace is a character. */
    private int repeat(int at) {
        long count = 0;
        long most = 0;
        int i = at + 1;
        for (; i < expression.length() && expression.charAt(i) != '}'; i++) {
            char c = expression.charAt(i);
            if (c == ',' && i > at + 1) {
                most = Math.max(most, count);
                count = 0;
            } else if (c >= '0' && c <= '9') {
                count = Math.min(count * 10 + (c - '0'), Integer.MAX_VALUE);
            } else {
                return atom(at + 1);
            }
        }
        if (i == expression.length() || i == at + 1) {
            return atom(at + 1);
        }
        long times = Math.max(1, Math.max(most, count));
        long added = last * (times - 1);
        steps += added;
        last += added;
        return i + 1;
    }
}
