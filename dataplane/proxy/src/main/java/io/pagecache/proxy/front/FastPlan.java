package io.pagecache.proxy.front;

import java.util.HashSet;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * What the fast path must know of a plan: which request fields can change an answer, and whose requests it may answer.
 *
 * @param identity of the plan: answers of one plan are never given under another
 * @param ignored names of fields, lower case, that change no answer under this plan; all others are part of the request's form
 * @param cookiesMatter whether a request with cookies must take the whole way
 * @param authorsMatter whether a request with our author cookie must take the whole way
 * @param peers class of a connection by its peer's literal address: requests of two classes never share an answer; negative when
 *     they must take the whole way
 */
public record FastPlan(
        Object identity,
        Set<String> ignored,
        boolean cookiesMatter,
        boolean authorsMatter,
        ToIntFunction<String> peers) {

    /** Fields that only describe the client, the hop or the trace. A field that is not listed may well change the answer. */
    private static final Set<String> DESCRIPTIVE = Set.of(
            "accept",
            "accept-charset",
            "accept-language",
            "baggage",
            "connection",
            "cookie",
            "dnt",
            "forwarded",
            "from",
            "keep-alive",
            "origin",
            "priority",
            "purpose",
            "referer",
            "save-data",
            "sec-ch-ua",
            "sec-ch-ua-mobile",
            "sec-ch-ua-platform",
            "sec-fetch-dest",
            "sec-fetch-mode",
            "sec-fetch-site",
            "sec-fetch-user",
            "sec-gpc",
            "sec-purpose",
            "traceparent",
            "tracestate",
            "upgrade-insecure-requests",
            "user-agent",
            "x-forwarded-for",
            "x-real-ip",
            "x-request-id",
            "x-requested-with");

    /**
     * @param significant names of fields, lower case, that the plan looks at
     * @param cookiesMatter whether a request with any cookie must take the whole way
     * @param authorsMatter whether one with our author cookie must
     */
    public static FastPlan of(
            Object identity,
            Set<String> significant,
            boolean cookiesMatter,
            boolean authorsMatter,
            ToIntFunction<String> peers) {
        Set<String> ignored = new HashSet<>(DESCRIPTIVE);
        ignored.removeAll(significant);
        return new FastPlan(identity, Set.copyOf(ignored), cookiesMatter, authorsMatter, peers);
    }

    /** Whether an answer that varies by this field may be repeated to requests of the same form. */
    public boolean tellsApart(String lowerCaseField) {
        return !ignored.contains(lowerCaseField);
    }
}
