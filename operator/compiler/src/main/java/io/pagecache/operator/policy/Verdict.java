package io.pagecache.operator.policy;

/** Whether a resource can be acted on. */
public sealed interface Verdict {
    record Accepted() implements Verdict {}

    /**
     * @param reason for the Accepted condition
     * @param path of the field, such as {@code spec.rules[0].match.path.value}
     * @param problem what is wrong there and what was expected
     */
    record Rejected(Reason reason, String path, String problem) implements Verdict {
        public String message() {
            return path + ": " + problem;
        }
    }

    /** Why a policy is not accepted, in the words of GEP-713. */
    enum Reason {
        INVALID("Invalid");

        private final String text;

        Reason(String text) {
            this.text = text;
        }

        /** As it stands in a condition. */
        public String text() {
            return text;
        }
    }
}
