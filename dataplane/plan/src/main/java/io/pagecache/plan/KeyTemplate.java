package io.pagecache.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * The key of a value in a store, with places for what is in the request: {@code views:{path}}, {@code user:{cookie:sid}}.
 *
 * @param parts in order; not empty
 */
public record KeyTemplate(List<Part> parts) {
    /** Characters of a template. */
    public static final int MAX_LENGTH = 200;

    private static final String PLACES = "{path}, {host}, {clientIP}, {cookie:NAME}, {header:NAME} or {query:NAME}";

    public KeyTemplate {
        parts = List.copyOf(parts);
    }

    /** A piece of the key. */
    public sealed interface Part {}

    /** The same for every request. */
    public record Text(String text) implements Part {}

    /** @param name of the cookie, header field or parameter; empty for the others */
    public record Place(What what, String name) implements Part {}

    public enum What {
        PATH,
        HOST,
        CLIENT_IP,
        COOKIE,
        HEADER,
        QUERY;

        boolean hasName() {
            return this == COOKIE || this == HEADER || this == QUERY;
        }
    }

    /** @throws InvalidPlanException which names the column, from 1 */
    public static KeyTemplate parse(String field, String template) {
        if (template.isEmpty() || template.length() > MAX_LENGTH) {
            throw new InvalidPlanException(
                    field, "has %d characters: expected 1 to %d".formatted(template.length(), MAX_LENGTH));
        }
        List<Part> parts = new ArrayList<>();
        int at = 0;
        while (at < template.length()) {
            int brace = template.indexOf('{', at);
            int end = brace < 0 ? template.length() : brace;
            if (end > at) {
                parts.add(new Text(plain(field, template, at, end)));
            }
            at = end;
            if (brace >= 0) {
                int close = template.indexOf('}', brace);
                if (close < 0) {
                    throw wrong(field, brace, "this brace is not closed");
                }
                parts.add(place(field, template.substring(brace + 1, close), brace));
                at = close + 1;
            }
        }
        return new KeyTemplate(parts);
    }

    /** Letters that are safe in the protocol of every store; {@code #} is kept for shortened keys. */
    private static String plain(String field, String template, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = template.charAt(i);
            if (c <= ' ' || c > '~' || c == '#' || c == '}') {
                throw wrong(field, i, "'%c' cannot stand here: expected visible ASCII without # and }".formatted(c));
            }
        }
        return template.substring(from, to);
    }

    private static Place place(String field, String content, int brace) {
        int colon = content.indexOf(':');
        String word = colon < 0 ? content : content.substring(0, colon);
        String name = colon < 0 ? "" : content.substring(colon + 1);
        What what =
                switch (word) {
                    case "path" -> What.PATH;
                    case "host" -> What.HOST;
                    case "clientIP" -> What.CLIENT_IP;
                    case "cookie" -> What.COOKIE;
                    case "header" -> What.HEADER;
                    case "query" -> What.QUERY;
                    default -> throw wrong(field, brace, "{%s} is unknown: expected %s".formatted(content, PLACES));
                };
        if (what.hasName() == name.isEmpty()) {
            throw wrong(field, brace, "{%s} is unknown: expected %s".formatted(content, PLACES));
        }
        return new Place(what, name);
    }

    private static InvalidPlanException wrong(String field, int offset, String problem) {
        return new InvalidPlanException(field, "at column %d, %s".formatted(offset + 1, problem));
    }
}
