package io.pagecache.wiki.article;

import java.util.Optional;

/** A name that is safe in URLs, header values and tags as it stands: 1 to 64 ASCII letters, digits, {@code _} or {@code -}. */
public record ArticleName(String value) implements Comparable<ArticleName> {
    private static final int LONGEST = 64;

    public ArticleName {
        if (!isValid(value)) {
            throw new IllegalArgumentException("'%s' is no article name".formatted(value));
        }
    }

    public static Optional<ArticleName> parse(String text) {
        return isValid(text) ? Optional.of(new ArticleName(text)) : Optional.empty();
    }

    private static boolean isValid(String text) {
        return !text.isEmpty()
                && text.length() <= LONGEST
                && text.chars()
                        .allMatch(c -> c >= 'a' && c <= 'z'
                                || c >= 'A' && c <= 'Z'
                                || c >= '0' && c <= '9'
                                || c == '_'
                                || c == '-');
    }

    /** The name as a heading. */
    public String title() {
        return value.replace('_', ' ');
    }

    @Override
    public int compareTo(ArticleName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
