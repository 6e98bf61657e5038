package io.pagecache.operator.policy;

import io.pagecache.plan.Behaviour.RequestCookies;
import io.pagecache.plan.Behaviour.RequestCookies.Mode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code Forward}, {@code Strip} or {@code Only(name, name)}. */
public final class RequestCookiesText {
    private static final String ONLY = "Only(";

    private RequestCookiesText() {}

    /** Which cookies are meant, or empty when the text says nothing of the kind. */
    public static Optional<RequestCookies> parse(String text) {
        if (text.equals("Forward")) {
            return Optional.of(new RequestCookies(Mode.FORWARD, List.of()));
        }
        if (text.equals("Strip")) {
            return Optional.of(new RequestCookies(Mode.STRIP, List.of()));
        }
        if (!text.startsWith(ONLY) || !text.endsWith(")")) {
            return Optional.empty();
        }
        List<String> names = Stream.of(
                        text.substring(ONLY.length(), text.length() - 1).split(",", -1))
                .map(String::strip)
                .toList();
        return names.contains("") ? Optional.empty() : Optional.of(new RequestCookies(Mode.ONLY, names));
    }
}
