package io.pagecache.esi;

import org.jspecify.annotations.Nullable;

/** The condition of a {@code when} (ESI 1.0 section 5). */
public sealed interface EsiExpression {
    /** In place of a condition that cannot be read. */
    EsiExpression NEVER = new Truth(new Operand.Literal("false"));

    boolean holds(EsiVariables variables);

    record Both(EsiExpression left, EsiExpression right) implements EsiExpression {
        @Override
        public boolean holds(EsiVariables variables) {
            return left.holds(variables) && right.holds(variables);
        }
    }

    record Either(EsiExpression left, EsiExpression right) implements EsiExpression {
        @Override
        public boolean holds(EsiVariables variables) {
            return left.holds(variables) || right.holds(variables);
        }
    }

    record Not(EsiExpression negated) implements EsiExpression {
        @Override
        public boolean holds(EsiVariables variables) {
            return !negated.holds(variables);
        }
    }

    /** A value on its own: anything but nothing and {@code false}. */
    record Truth(Operand operand) implements EsiExpression {
        @Override
        public boolean holds(EsiVariables variables) {
            String text = operand.text(variables);
            return text != null && !text.isEmpty() && !text.equals("false");
        }
    }

    /** False whatever the operator when a side is empty or missing; by number when both sides are one, else by text. */
    record Comparison(Operand left, Operator operator, Operand right) implements EsiExpression {
        @Override
        public boolean holds(EsiVariables variables) {
            String one = left.text(variables);
            String other = right.text(variables);
            if (one == null || other == null || one.isEmpty() || other.isEmpty()) {
                return false;
            }
            Double number = number(one);
            Double otherNumber = number(other);
            int order =
                    number != null && otherNumber != null ? Double.compare(number, otherNumber) : one.compareTo(other);
            return operator.accepts(order);
        }

        /** Digits with at most one point and a sign, of a length that a number in a page may have; else null. */
        private static @Nullable Double number(String text) {
            int digits = 0;
            int points = 0;
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c >= '0' && c <= '9') {
                    digits++;
                } else if (c == '.') {
                    points++;
                } else if (c != '-' || i > 0) {
                    return null;
                }
            }
            return digits == 0 || points > 1 || text.length() > 20 ? null : Double.valueOf(text);
        }
    }

    enum Operator {
        EQUAL("=="),
        UNEQUAL("!="),
        AT_MOST("<="),
        AT_LEAST(">="),
        LESS("<"),
        GREATER(">");

        private final String sign;

        Operator(String sign) {
            this.sign = sign;
        }

        String sign() {
            return sign;
        }

        boolean accepts(int order) {
            return switch (this) {
                case EQUAL -> order == 0;
                case UNEQUAL -> order != 0;
                case AT_MOST -> order <= 0;
                case AT_LEAST -> order >= 0;
                case LESS -> order < 0;
                case GREATER -> order > 0;
            };
        }
    }

    /** A side of a comparison. */
    sealed interface Operand {
        @Nullable
        String text(EsiVariables variables);

        record Literal(String literal) implements Operand {
            @Override
            public String text(EsiVariables variables) {
                return literal;
            }
        }

        record Variable(EsiVariable variable) implements Operand {
            @Override
            public @Nullable String text(EsiVariables variables) {
                return variables.text(variable);
            }
        }
    }
}
