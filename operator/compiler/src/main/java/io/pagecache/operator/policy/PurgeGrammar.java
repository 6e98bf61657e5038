package io.pagecache.operator.policy;

import io.pagecache.plan.PurgeMode;
import io.pagecache.plan.PurgeScope;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The value of the annotation {@code pagecache.io/purge}: terms separated by blanks. {@code all}, {@code url:/x},
 * {@code prefix:/x}, {@code regex:…}, {@code tag:…}, {@code user:…}, {@code element:…} and {@code older-than:1h} say what is purged, {@code soft} or
 * {@code hard}
 * how, and {@code @anything} only makes the value new.
 */
public final class PurgeGrammar {
    /** What a purge does that says neither soft nor hard: a page that was asked to go is gone. */
    public static final PurgeMode DEFAULT_MODE = PurgeMode.HARD;

    /** Bounds what one annotation adds to the ledger that every proxy reads. */
    static final int MOST_SCOPES = 256;

    static final int MOST_CHARACTERS = 2048;

    private static final String TERMS =
            "expected all, url:/path, prefix:/path, regex:EXPRESSION, tag:NAME, user:COOKIE-VALUE, element:NAME,"
                    + " older-than:1h, soft,"
                    + " hard or @anything";

    private PurgeGrammar() {}

    public sealed interface Result {}

    /** @param scopes never empty */
    public record Parsed(List<PurgeScope> scopes, PurgeMode mode) implements Result {
        public Parsed {
            scopes = List.copyOf(scopes);
        }
    }

    /**
     * @param column where the mistake begins, from 1
     * @param message what is wrong and what was expected
     */
    public record Rejected(int column, String message) implements Result {}

    public static Result parse(String annotation) {
        List<PurgeScope> scopes = new ArrayList<>();
        @Nullable PurgeMode mode = null;
        for (AnnotationTerm term : AnnotationTerm.in(annotation)) {
            switch (read(term)) {
                case Scope(PurgeScope scope) -> scopes.add(scope);
                case ModeTerm(PurgeMode said) -> {
                    if (mode != null && mode != said) {
                        return new Rejected(term.column(), "soft and hard exclude each other");
                    }
                    mode = said;
                }
                case Novelty() -> {}
                case Mistake(String message) -> {
                    return new Rejected(term.column(), message);
                }
            }
            if (scopes.size() > MOST_SCOPES) {
                return new Rejected(term.column(), "more than %d terms: expected fewer, or all".formatted(MOST_SCOPES));
            }
        }
        return scopes.isEmpty()
                ? new Rejected(annotation.length() + 1, "nothing says what to purge: " + TERMS)
                : new Parsed(scopes, mode == null ? DEFAULT_MODE : mode);
    }

    private sealed interface Reading {}

    private record Scope(PurgeScope scope) implements Reading {}

    private record ModeTerm(PurgeMode mode) implements Reading {}

    private record Novelty() implements Reading {}

    private record Mistake(String message) implements Reading {}

    private static Reading read(AnnotationTerm term) {
        String text = term.text();
        if (text.length() > MOST_CHARACTERS) {
            return new Mistake("this term has %d characters: at most %d".formatted(text.length(), MOST_CHARACTERS));
        }
        if (text.startsWith("@")) {
            return new Novelty();
        }
        return switch (text) {
            case "all" -> new Scope(new PurgeScope.All());
            case "soft" -> new ModeTerm(PurgeMode.SOFT);
            case "hard" -> new ModeTerm(PurgeMode.HARD);
            default -> readNamed(text, text.indexOf(':'));
        };
    }

    private static Reading readNamed(String text, int colon) {
        String name = colon < 0 ? text : text.substring(0, colon);
        String value = colon < 0 ? "" : text.substring(colon + 1);
        return switch (name) {
            case "url" ->
                isPageUrl(value)
                        ? new Scope(new PurgeScope.Url(value))
                        : mistake(text, "expected a path such as url:/news, or url:https://host/news");
            case "prefix" ->
                value.startsWith("/")
                        ? new Scope(new PurgeScope.Prefix(value))
                        : mistake(text, "expected a path such as prefix:/news/");
            case "regex" -> readRegex(text, value);
            case "tag" ->
                value.isEmpty()
                        ? mistake(text, "expected a tag such as tag:article-42")
                        : new Scope(new PurgeScope.Tag(value));
            case "user" ->
                value.isEmpty()
                        ? mistake(text, "expected the value of a reader's cookie such as user:4711")
                        : new Scope(new PurgeScope.User(value));
            case "element" ->
                value.isEmpty()
                        ? mistake(text, "expected the name of an element or a value such as element:greeting")
                        : new Scope(new PurgeScope.Element(value));
            case "older-than" ->
                DurationText.parse(value)
                        .<Reading>map(age -> new Scope(new PurgeScope.OlderThan(age)))
                        .orElseGet(() -> mistake(text, "expected a duration such as older-than:1h30m"));
            default -> mistake(text, TERMS);
        };
    }

    /** A path with query, or an absolute URL with a path. */
    static boolean isPageUrl(String value) {
        if (value.startsWith("/")) {
            return true;
        }
        int authority = value.startsWith("http://") ? 7 : value.startsWith("https://") ? 8 : -1;
        return authority > 0 && value.indexOf('/', authority) > authority;
    }

    private static Reading readRegex(String text, String value) {
        if (value.isEmpty()) {
            return mistake(text, "expected an RE2 expression such as regex:/news/[0-9]+");
        }
        return ExpressionText.problemOf(value)
                .<Reading>map(problem -> new Mistake("regex: " + problem))
                .orElseGet(() -> new Scope(new PurgeScope.Regex(value)));
    }

    private static Mistake mistake(String text, String expectation) {
        return new Mistake("'%s': %s".formatted(text, expectation));
    }
}
