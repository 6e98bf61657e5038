package io.pagecache.esi;

import io.pagecache.esi.EsiExpression.Both;
import io.pagecache.esi.EsiExpression.Comparison;
import io.pagecache.esi.EsiExpression.Either;
import io.pagecache.esi.EsiExpression.Not;
import io.pagecache.esi.EsiExpression.Operand;
import io.pagecache.esi.EsiExpression.Operator;
import io.pagecache.esi.EsiExpression.Truth;
import io.pagecache.esi.EsiReader.Malformed;

/**
 * Reads the {@code test} of a {@code when}. Parentheses bind first, then {@code !}, comparisons, {@code &}, {@code |}; doubled
 * {@code &&} and {@code ||} mean the same. Used once.
 */
final class EsiExpressionParser {
    private static final int MOST_NESTING = 16;
    private static final int MOST_OPERANDS = 64;

    private final EsiReader reader;
    private int operands;

    private EsiExpressionParser(String text) {
        this.reader = new EsiReader(text);
    }

    static EsiExpression parse(String text) throws Malformed {
        EsiExpressionParser parser = new EsiExpressionParser(text);
        EsiExpression expression = parser.alternatives(0);
        if (!parser.reader.isAtEnd()) {
            throw new Malformed(parser.reader.at(), "expected an operator or the end of the expression");
        }
        return expression;
    }

    private EsiExpression alternatives(int depth) throws Malformed {
        EsiExpression left = conjunction(depth);
        while (reader.next() == '|') {
            reader.skip(reader.comes("||") ? 2 : 1);
            left = new Either(left, conjunction(depth));
        }
        return left;
    }

    private EsiExpression conjunction(int depth) throws Malformed {
        EsiExpression left = condition(depth);
        while (reader.next() == '&') {
            reader.skip(reader.comes("&&") ? 2 : 1);
            left = new Both(left, condition(depth));
        }
        return left;
    }

    private EsiExpression condition(int depth) throws Malformed {
        reader.skipBlanks();
        if (depth > MOST_NESTING) {
            throw new Malformed(reader.at(), "nested deeper than " + MOST_NESTING);
        }
        if (reader.next() == '!') {
            reader.skip(1);
            return new Not(condition(depth + 1));
        }
        if (reader.next() == '(') {
            reader.skip(1);
            EsiExpression inner = alternatives(depth + 1);
            if (reader.next() != ')') {
                throw new Malformed(reader.at(), "expected ')'");
            }
            reader.skip(1);
            reader.skipBlanks();
            return inner;
        }
        return comparison();
    }

    private EsiExpression comparison() throws Malformed {
        Operand left = operand();
        for (Operator operator : Operator.values()) {
            if (reader.comes(operator.sign())) {
                reader.skip(operator.sign().length());
                return new Comparison(left, operator, operand());
            }
        }
        return new Truth(left);
    }

    private Operand operand() throws Malformed {
        reader.skipBlanks();
        int start = reader.at();
        if (++operands > MOST_OPERANDS) {
            throw new Malformed(start, "more than " + MOST_OPERANDS + " operands");
        }
        Operand operand;
        if (reader.comes("$(")) {
            operand = new Operand.Variable(reader.variable());
        } else if (reader.next() == '\'') {
            operand = new Operand.Literal(reader.quoted());
        } else {
            operand = bare(start, reader.word());
        }
        reader.skipBlanks();
        return operand;
    }

    private static Operand bare(int start, String word) throws Malformed {
        boolean isNumber = !word.isEmpty() && (word.charAt(0) == '-' || Character.isDigit(word.charAt(0)));
        if (isNumber || word.equals("true") || word.equals("false")) {
            return new Operand.Literal(word);
        }
        String found = word.isEmpty() ? "" : ", found '" + word + "'";
        throw new Malformed(start, "expected a variable, a number, or text in single quotes" + found);
    }
}
