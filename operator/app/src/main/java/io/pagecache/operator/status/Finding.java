package io.pagecache.operator.status;

/**
 * One condition before it has times.
 *
 * @param reason one word in upper camel case
 * @param message for a person; the same situation always gives the same words, or each pass would write the status
 */
public record Finding(ConditionType type, Truth truth, String reason, String message) {

    public static Finding yes(ConditionType type, String reason, String message) {
        return new Finding(type, Truth.TRUE, reason, message);
    }

    public static Finding no(ConditionType type, String reason, String message) {
        return new Finding(type, Truth.FALSE, reason, message);
    }

    public static Finding unknown(ConditionType type, String reason, String message) {
        return new Finding(type, Truth.UNKNOWN, reason, message);
    }

    public enum Truth {
        TRUE("True"),
        FALSE("False"),
        UNKNOWN("Unknown");

        private final String text;

        Truth(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
