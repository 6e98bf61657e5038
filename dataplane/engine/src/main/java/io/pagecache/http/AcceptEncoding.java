package io.pagecache.http;

import org.jspecify.annotations.Nullable;

/**
 * Which of the kept forms a client takes (RFC 9110 section 12.5.3).
 *
 * @param identityWeight 0 (refused) to 1000
 * @param gzipWeight 0 (refused) to 1000
 */
public record AcceptEncoding(int identityWeight, int gzipWeight) {
    /** A client that says nothing gets what every client can read. */
    private static final AcceptEncoding UNSTATED = new AcceptEncoding(1000, 0);

    private static final int ABSENT = -1;

    public static AcceptEncoding of(Headers headers) {
        String field = headers.combined("Accept-Encoding");
        return field == null ? UNSTATED : parse(field);
    }

    private static AcceptEncoding parse(String field) {
        int identity = ABSENT;
        int gzip = ABSENT;
        int any = ABSENT;
        int start = 0;
        while (start <= field.length()) {
            int comma = field.indexOf(',', start);
            int end = comma < 0 ? field.length() : comma;
            int semicolon = field.indexOf(';', start, end);
            int nameEnd = semicolon < 0 ? end : semicolon;
            String name = Grammar.trimmed(field, start, nameEnd);
            int weight = QualityValue.parse(field, nameEnd, end);
            if (name.equalsIgnoreCase("gzip") || name.equalsIgnoreCase("x-gzip")) {
                gzip = stricter(gzip, weight);
            } else if (name.equalsIgnoreCase("identity")) {
                identity = stricter(identity, weight);
            } else if (name.equals("*")) {
                any = stricter(any, weight);
            }
            start = end + 1;
        }
        return resolved(identity, gzip, any);
    }

    private static int stricter(int known, int weight) {
        return known == ABSENT ? weight : Math.min(known, weight);
    }

    private static AcceptEncoding resolved(int identity, int gzip, int any) {
        int unnamed = any == ABSENT ? 0 : any;
        // identity that is not named stays acceptable, as the last choice, unless * is refused
        int lastChoice = any == 0 ? 0 : 1;
        return new AcceptEncoding(identity == ABSENT ? lastChoice : identity, gzip == ABSENT ? unnamed : gzip);
    }

    /**
     * The form to send. A client that refuses all there is gets identity: the field may be disregarded (RFC 9110 section 12.1).
     *
     * @param gzipStored whether there is a gzip form
     */
    public ContentCoding choose(boolean gzipStored) {
        return gzipStored && gzipWeight > 0 && gzipWeight >= identityWeight
                ? ContentCoding.GZIP
                : ContentCoding.IDENTITY;
    }

    /** One word for everybody who takes the same form: what the origin is asked for and what variants are told apart by. */
    public static String normalised(@Nullable String field) {
        return field != null && parse(field).choose(true) == ContentCoding.GZIP ? "gzip" : "identity";
    }
}
