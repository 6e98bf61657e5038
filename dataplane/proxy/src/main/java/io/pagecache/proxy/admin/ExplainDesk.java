package io.pagecache.proxy.admin;

import io.pagecache.http.ClientAddress;
import io.pagecache.http.Headers;
import io.pagecache.http.HostName;
import io.pagecache.http.PageRequest;
import io.pagecache.http.PageResponse;
import io.pagecache.plan.ExplainRequest;
import io.pagecache.plan.Explanation;
import io.pagecache.plan.InvalidPlanException;
import io.pagecache.plan.IpAddress;
import io.pagecache.proxy.inbound.Target;
import io.pagecache.proxy.serve.ActivePlan;
import io.pagecache.proxy.serve.Explainer;
import io.pagecache.proxy.serve.Explainer.Answer;
import io.pagecache.proxy.serve.PlanHolder;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/explain}: from words on the wire to a request that never comes. */
public final class ExplainDesk {
    private final PlanHolder plans;
    private final Explainer explainer;
    private final InstantSource clock;

    public ExplainDesk(PlanHolder plans, Explainer explainer, InstantSource clock) {
        this.plans = plans;
        this.explainer = explainer;
        this.clock = clock;
    }

    /** @throws InvalidPlanException when the question makes no sense, or there is no plan to answer it by */
    Future<Explanation> explain(ExplainRequest asked) {
        PageRequest request = request(asked);
        Answer answer = answer(asked);
        ActivePlan plan = plans.current();
        if (plan == null) {
            throw new InvalidPlanException("plan", "is not there yet");
        }
        return explainer.explain(plan, request, answer);
    }

    private Answer answer(ExplainRequest asked) {
        ExplainRequest.Answer given = asked.answer();
        boolean ask = asked.ask() != null && asked.ask();
        if (given == null) {
            return ask ? new Answer.Asked() : new Answer.Unknown();
        }
        if (ask) {
            throw new InvalidPlanException("ask", "is true beside an answer: expected one of both");
        }
        if (given.status() < 200 || given.status() > 599) {
            throw new InvalidPlanException(
                    "answer.status", "is %d: expected a status of 200 to 599".formatted(given.status()));
        }
        Instant now = clock.instant();
        return new Answer.Given(new PageResponse(given.status(), headers("answer.headers", given.headers()), now, now));
    }

    private static PageRequest request(ExplainRequest asked) {
        String method = asked.method() == null ? "GET" : asked.method();
        String url = String.valueOf(asked.url());
        Target target = Target.parse(url, method);
        String scheme = url.toLowerCase(Locale.ROOT).startsWith("https:") ? "https" : "http";
        String host =
                target == null || target.authority() == null ? null : HostName.normalise(target.authority(), scheme);
        if (host == null || target == null) {
            throw new InvalidPlanException("url", "is '%s': expected an absolute http or https URL".formatted(url));
        }
        String client = asked.client() == null ? "127.0.0.1" : asked.client();
        if (IpAddress.parse(client) == null) {
            throw new InvalidPlanException("client", "is '%s': expected an address".formatted(client));
        }
        return new PageRequest(
                method,
                scheme,
                host,
                target.path(),
                target.query(),
                headers("headers", asked.headers()),
                new ClientAddress(client),
                false);
    }

    private static Headers headers(String field, @Nullable Map<String, String> fields) {
        Headers.Builder headers = Headers.builder();
        if (fields != null) {
            fields.forEach((name, value) -> {
                if (value == null || name.isBlank()) {
                    throw new InvalidPlanException(field, "has '%s': expected a name and a text".formatted(name));
                }
                headers.add(name, value);
            });
        }
        return headers.build();
    }
}
