package io.pagecache.url;

/**
 * The normal form of a path (RFC 3986 section 6.2.2): no encoding that is not needed, upper-case hexadecimal digits, no {@code .} or
 * {@code ..} segments; besides that, no empty segments. Paths that differ in nothing else mean the same to most applications.
 */
final class NormalPath {
    private NormalPath() {}

    /** The path itself when it is in its normal form. */
    static String of(String path) {
        return isNormal(path) ? path : withoutSteps(decoded(path));
    }

    /** Most are, and this is asked for each request. */
    private static boolean isNormal(String path) {
        char before = 0;
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '%' || (before == '/' && (c == '/' || c == '.'))) {
                return false;
            }
            before = c;
        }
        return true;
    }

    private static String decoded(String path) {
        StringBuilder text = new StringBuilder(path.length());
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            int octet = c == '%' ? octet(path, i + 1) : -1;
            if (octet < 0) {
                text.append(c);
                continue;
            }
            if (isUnreserved(octet)) {
                text.append((char) octet);
            } else {
                text.append('%').append(hexDigit(octet >> 4)).append(hexDigit(octet & 15));
            }
            i += 2;
        }
        return text.toString();
    }

    /** RFC 3986 section 5.2.4; a step up from the root stays there. */
    private static String withoutSteps(String path) {
        StringBuilder text = new StringBuilder(path.length());
        int at = 0;
        boolean endsInFolder = false;
        while (at < path.length()) {
            int end = path.indexOf('/', at + 1);
            int next = end < 0 ? path.length() : end;
            String segment = path.substring(at + 1, next);
            endsInFolder = end >= 0 || segment.isEmpty() || isStep(segment);
            if (segment.equals("..")) {
                text.setLength(Math.max(0, text.lastIndexOf("/")));
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                text.append('/').append(segment);
            }
            at = next;
        }
        return endsInFolder || text.isEmpty() ? text.append('/').toString() : text.toString();
    }

    private static boolean isStep(String segment) {
        return segment.equals(".") || segment.equals("..");
    }

    private static int octet(String path, int at) {
        int high = at + 1 < path.length() ? Character.digit(path.charAt(at), 16) : -1;
        int low = high < 0 ? -1 : Character.digit(path.charAt(at + 1), 16);
        return low < 0 ? -1 : high << 4 | low;
    }

    private static char hexDigit(int value) {
        return "0123456789ABCDEF".charAt(value);
    }

    private static boolean isUnreserved(int octet) {
        return octet >= 'a' && octet <= 'z'
                || octet >= 'A' && octet <= 'Z'
                || octet >= '0' && octet <= '9'
                || octet == '-'
                || octet == '.'
                || octet == '_'
                || octet == '~';
    }
}
