package io.pagecache.operator.events;

/**
 * What an Event says.
 *
 * @param reason one word in upper camel case, for filters
 * @param action what the operator did or could not do, in upper camel case
 * @param text for a person
 */
public record Note(Severity severity, String reason, String action, String text) {

    public static Note normal(String reason, String action, String text) {
        return new Note(Severity.NORMAL, reason, action, text);
    }

    public static Note warning(String reason, String action, String text) {
        return new Note(Severity.WARNING, reason, action, text);
    }

    public enum Severity {
        NORMAL("Normal"),
        WARNING("Warning");

        private final String text;

        Severity(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
