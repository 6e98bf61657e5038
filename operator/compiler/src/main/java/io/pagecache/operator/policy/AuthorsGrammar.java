package io.pagecache.operator.policy;

import java.util.ArrayList;
import java.util.List;

/** The annotation {@code pagecache.io/authors}: {@code cut-over}, {@code forget:ID} and {@code @anything}, separated by blanks. */
public final class AuthorsGrammar {
    private static final String TERMS = "expected cut-over, forget:ID or @anything";

    private AuthorsGrammar() {}

    public sealed interface Result {}

    /**
     * @param cutOver whether the site is to cut over without waiting
     * @param forget sessions whose authors become readers again
     */
    public record Parsed(boolean cutOver, List<String> forget) implements Result {
        public Parsed {
            forget = List.copyOf(forget);
        }
    }

    /** @param column where the mistake begins, from 1 */
    public record Rejected(int column, String message) implements Result {}

    public static Result parse(String annotation) {
        boolean cutOver = false;
        List<String> forget = new ArrayList<>();
        for (AnnotationTerm term : AnnotationTerm.in(annotation)) {
            String text = term.text();
            if (text.equals("cut-over")) {
                cutOver = true;
            } else if (text.startsWith("forget:") && text.length() > "forget:".length()) {
                forget.add(text.substring("forget:".length()));
            } else if (!text.startsWith("@")) {
                return new Rejected(term.column(), "'%s': %s".formatted(text, TERMS));
            }
        }
        return cutOver || !forget.isEmpty()
                ? new Parsed(cutOver, forget)
                : new Rejected(annotation.length() + 1, "nothing says what to do: " + TERMS);
    }
}
