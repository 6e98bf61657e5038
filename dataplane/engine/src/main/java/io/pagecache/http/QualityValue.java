package io.pagecache.http;

/** Weights of content negotiation (RFC 9110 section 12.4.2). */
final class QualityValue {
    static final int MOST = 1000;

    private QualityValue() {}

    /**
     * Weight in the parameters of one list member.
     *
     * @param from index of the member's first {@code ;}, or its end
     * @return 0 to 1000; 1000 without a weight, 0 when it is malformed
     */
    static int parse(String text, int from, int to) {
        int at = from;
        while (at < to) {
            int next = text.indexOf(';', at + 1, to);
            int end = next < 0 ? to : next;
            String parameter = Grammar.trimmed(text, at + 1, end);
            if (parameter.length() >= 2
                    && (parameter.charAt(0) == 'q' || parameter.charAt(0) == 'Q')
                    && parameter.charAt(1) == '=') {
                return weight(parameter, 2);
            }
            at = end;
        }
        return MOST;
    }

    private static int weight(String text, int from) {
        int length = text.length() - from;
        if (length < 1 || length > 5 || (length > 1 && text.charAt(from + 1) != '.')) {
            return 0;
        }
        char whole = text.charAt(from);
        if (whole != '0' && whole != '1') {
            return 0;
        }
        int value = whole == '1' ? MOST : 0;
        int unit = 100;
        for (int i = from + 2; i < text.length(); i++, unit /= 10) {
            if (!Grammar.isDigit(text.charAt(i))) {
                return 0;
            }
            value += (text.charAt(i) - '0') * unit;
        }
        return value > MOST ? 0 : value;
    }
}
