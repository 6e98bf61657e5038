package io.pagecache.proxy;

import io.pagecache.plan.AccessLog;
import io.pagecache.plan.Behaviour;
import io.pagecache.plan.Bypass;
import io.pagecache.proxy.actors.SamplePlan;
import io.pagecache.proxy.actors.ScriptedOrigin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * A request that somebody might send, for comparing the fast path with the full chain.
 *
 * @param fields name and value, one after the other
 */
record GeneratedRequest(String method, String target, String host, List<String> fields) {
    private static final String PAGE = "<p>All work and no play makes Jack a dull boy.</p>\n".repeat(40);

    /** Policies that look at different parts of a request. */
    enum Policy {
        PLAIN(plan -> {}),
        BYPASS(plan -> plan.bypass = new Bypass(
                List.of("10.0.0.0/8"), List.of(new Bypass.HeaderMatch("user-agent", "editor.*")), List.of("staff"))),
        BEHIND_PROXY(plan -> {
            plan.trustedProxies = List.of("127.0.0.0/8");
            plan.bypass = new Bypass(List.of("10.0.0.0/8"), List.of(), List.of());
        }),
        VARIANTS(plan -> {
            plan.languages = List.of("en", "de");
            plan.keyCookies = List.of("theme");
            plan.query = new Behaviour.QueryKey(Behaviour.QueryKey.Mode.ONLY, List.of("p"));
        });

        private final Consumer<SamplePlan> change;

        Policy(Consumer<SamplePlan> change) {
            this.change = change;
        }

        SamplePlan plan(AccessLog accessLog) {
            SamplePlan plan = SamplePlan.plan();
            change.accept(plan);
            plan.accessLog = accessLog;
            // A refresh in the background may be over before the next request of one proxy and not of the other.
            plan.staleWhileRevalidate = Duration.ZERO;
            return plan;
        }
    }

    /** What is asked for. */
    static void script(ScriptedOrigin origin) {
        origin.answers("/page", PAGE, "Content-Type", "text/html", "Cache-Control", "max-age=60");
        origin.answers("/other", "short", "Content-Type", "text/plain", "Cache-Control", "max-age=600");
        origin.answers("/private", "mine", "Cache-Control", "private");
        origin.on(
                "/vary",
                request -> request.response()
                        .putHeader("Vary", "Accept-Language, X-Mood")
                        .putHeader("Cache-Control", "max-age=60")
                        .putHeader("Content-Type", "text/html")
                        .end(request.getHeader("Accept-Language") + request.getHeader("X-Mood")));
    }

    static GeneratedRequest of(Random random) {
        String method = pick(random, "GET", "GET", "GET", "GET", "HEAD");
        String path = pick(random, "/page", "/page", "/other", "/vary", "/private");
        String query = pick(random, "", "", "", "", "?p=1", "?p=1&q=2");
        String host = pick(random, "a.example", "a.example", "a.example", "A.example", "b.example");
        String[] known = {
            pick(random, "Accept-Encoding: gzip", "accept-encoding: gzip, br", "Accept-Encoding: identity"),
            pick(random, "User-Agent: one", "User-Agent: two", "User-Agent: editor 7"),
            pick(random, "Accept-Language: de", "Accept-Language: en, de;q=0.5", "Accept-Language: fr"),
            pick(random, "Cookie: theme=dark", "Cookie: a=b; staff=1", "Cookie: c=d"),
            pick(random, "X-Forwarded-For: 10.1.2.3", "X-Forwarded-For: 8.8.8.8", "X-Forwarded-Proto: https"),
            pick(
                    random,
                    "If-None-Match: *",
                    "If-None-Match: \"no\"",
                    "If-Modified-Since: Sun, 22 Nov 2026 11:00:00 GMT"),
            pick(random, "Range: bytes=0-9", "Range: bytes=99999-", "If-Range: \"x\""),
            pick(random, "Cache-Control: no-cache", "Cache-Control: only-if-cached", "Cache-Control: max-age=0"),
            pick(random, "X-Mood: good", "Accept: text/html", "Referer: http://a.example/", "X_Mood: bad")
        };
        List<String> fields = new ArrayList<>();
        for (int field = 0; field < known.length; field++) {
            boolean usual = field < 3;
            if (random.nextInt(usual ? 2 : 12) == 0) {
                int colon = known[field].indexOf(": ");
                fields.add(known[field].substring(0, colon));
                fields.add(known[field].substring(colon + 2));
            }
        }
        return new GeneratedRequest(method, path + query, host, fields);
    }

    private static String pick(Random random, String... choice) {
        return choice[random.nextInt(choice.length)];
    }

    String asHttp1() {
        StringBuilder text = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: " + host + "\r\n");
        for (int i = 0; i < fields.size(); i += 2) {
            text.append(fields.get(i) + ": " + fields.get(i + 1) + "\r\n");
        }
        return text + "\r\n";
    }
}
