package io.pagecache.esi;

import io.pagecache.http.ClientAddress;
import io.pagecache.http.Cookies;
import io.pagecache.http.FieldList;
import io.pagecache.http.Headers;
import io.pagecache.http.PageRequest;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the variables of ESI 1.0 section 4 stand for in one request. */
public final class EsiVariables {
    /** Of no request: nothing has a value. */
    public static final EsiVariables NONE = new EsiVariables(
            new PageRequest("GET", "http", "", "/", null, Headers.EMPTY, new ClientAddress(""), false));

    private static final String HEX = "0123456789ABCDEF";
    private static final String IN_QUERY = "-._~=&+%!*'(),;:@/?";

    private final PageRequest request;

    public EsiVariables(PageRequest request) {
        this.request = request;
    }

    /** The text, or the fallback in its stead; null when there is neither. */
    public @Nullable String text(EsiVariable variable) {
        String value = value(variable);
        return value == null || value.isEmpty() ? variable.fallback() : value;
    }

    /** The text with everything encoded that could end a component of a URL; a whole query keeps its {@code &} and {@code =}. */
    String inUrl(EsiVariable variable) {
        String text = text(variable);
        if (text == null) {
            return "";
        }
        return switch (variable.name()) {
            case HTTP_HOST -> text;
            case QUERY_STRING -> encoded(text, variable.key() == null ? IN_QUERY : "-._~");
            case HTTP_COOKIE, HTTP_ACCEPT_LANGUAGE, HTTP_REFERER, HTTP_USER_AGENT -> encoded(text, "-._~");
        };
    }

    private @Nullable String value(EsiVariable variable) {
        String key = variable.key();
        return switch (variable.name()) {
            case HTTP_HOST -> request.host();
            case HTTP_REFERER -> request.headers().combined("Referer");
            case HTTP_COOKIE -> key == null ? request.headers().combined("Cookie") : cookie(key);
            case QUERY_STRING -> key == null ? request.query() : parameter(key);
            case HTTP_ACCEPT_LANGUAGE ->
                key == null ? request.headers().combined("Accept-Language") : Boolean.toString(accepts(key));
            case HTTP_USER_AGENT -> {
                String agent = request.headers().combined("User-Agent");
                yield key == null ? agent : ofAgent(key, agent == null ? "" : agent);
            }
        };
    }

    private @Nullable String cookie(String name) {
        String value = Cookies.value(request.headers(), name);
        return value == null ? null : decoded(value, false);
    }

    /** Value of the first parameter with this name. */
    private @Nullable String parameter(String name) {
        String query = request.query();
        int start = 0;
        while (query != null && start <= query.length()) {
            int ampersand = query.indexOf('&', start);
            int end = ampersand < 0 ? query.length() : ampersand;
            int equals = query.indexOf('=', start);
            int nameEnd = equals < 0 || equals > end ? end : equals;
            if (name.equals(decoded(query.substring(start, nameEnd), true))) {
                return decoded(query.substring(Math.min(nameEnd + 1, end), end), true);
            }
            start = end + 1;
        }
        return null;
    }

    /** Whether the language is among the reader's, whatever its weight. */
    private boolean accepts(String language) {
        for (String range : FieldList.members(request.headers(), "Accept-Language")) {
            int semicolon = range.indexOf(';');
            String tag = (semicolon < 0 ? range : range.substring(0, semicolon)).strip();
            if (tag.equalsIgnoreCase(language)) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable String ofAgent(String key, String agent) {
        return switch (key.toLowerCase(Locale.ROOT)) {
            case "browser" -> agent.contains("MSIE") ? "MSIE" : agent.startsWith("Mozilla") ? "MOZILLA" : "OTHER";
            case "version" -> version(agent);
            case "os" -> system(agent);
            default -> null;
        };
    }

    private static String system(String agent) {
        if (agent.contains("Windows")) {
            return "WIN";
        }
        if (agent.contains("Mac")) {
            return "MAC";
        }
        return agent.contains("Linux") || agent.contains("X11") || agent.contains("Unix") ? "UNIX" : "OTHER";
    }

    /** The number after {@code MSIE }, else the one after the first slash. */
    private static String version(String agent) {
        int from = agent.indexOf("MSIE ");
        from = from >= 0 ? from + 5 : agent.indexOf('/') + 1;
        int to = from;
        while (from > 0 && to < agent.length() && (agent.charAt(to) == '.' || isDigit(agent.charAt(to)))) {
            to++;
        }
        return agent.substring(from, to);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static String encoded(String text, String kept) {
        StringBuilder encoded = new StringBuilder(text.length() + 16);
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            boolean isAlphanumeric = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || isDigit(c);
            if (isAlphanumeric || kept.indexOf(c) >= 0) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xF));
            }
        }
        return encoded.toString();
    }

    /** Percent-decoded text; what is no valid encoding stays as it is. */
    private static String decoded(String text, boolean plusIsBlank) {
        if (text.indexOf('%') < 0 && (!plusIsBlank || text.indexOf('+') < 0)) {
            return text;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int length = 0;
        for (int i = 0; i < bytes.length; i++) {
            int high = bytes[i] == '%' && i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(bytes[i + 2], 16);
            if (low >= 0) {
                bytes[length++] = (byte) (high << 4 | low);
                i += 2;
            } else {
                bytes[length++] = plusIsBlank && bytes[i] == '+' ? (byte) ' ' : bytes[i];
            }
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }
}
