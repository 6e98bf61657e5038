package io.pagecache.operator.http;

import io.pagecache.operator.compile.PlanJson;
import io.pagecache.operator.metrics.OperatorMetrics;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jboss.logging.Logger;

/** The answer to one call, on the wire and in the metric. */
record PurgeReply(HttpServerResponse response, OperatorMetrics metrics) {
    private static final Logger log = Logger.getLogger(PurgeReply.class);
    private static final Duration OUTAGE = Duration.ofSeconds(5);
    private static final int TOO_LARGE = 413;

    void write(PurgeAnswer.Refused refused) {
        refuse(refused.why(), refused.field(), refused.message());
    }

    /** A browser that has somewhere to go gets there once the purge is ordered: nobody reads JSON there. */
    void write(PurgeCall call, PurgeAnswer answer) {
        switch (answer) {
            case PurgeAnswer.Refused refused -> write(refused);
            case PurgeAnswer.Ordered ordered
            when call.returnTo() != null -> {
                response.putHeader("Location", call.returnTo());
                write(Outcome.RETURNED, body(ordered));
            }
            case PurgeAnswer.Ordered ordered -> {
                boolean isLate = !ordered.complete() && call.patience().isPositive();
                write(ordered.complete() ? Outcome.COMPLETE : isLate ? Outcome.LATE : Outcome.ORDERED, body(ordered));
            }
        }
    }

    void challenge(String problem) {
        response.putHeader("WWW-Authenticate", "Bearer realm=\"pagecache\"");
        refuse(Outcome.UNKNOWN_CALLER, "Authorization", problem);
    }

    /** Whether the order was stored before the answer was lost is not known, so the caller must ask again: by its key, once. */
    void unavailable() {
        refuseUntil(
                OUTAGE,
                Outcome.UNAVAILABLE,
                "cluster",
                "the API server does not answer, so the purge may not have been ordered: repeat it with the same Idempotency-Key");
    }

    void refuseUntil(Duration wait, Outcome why, String field, String message) {
        response.putHeader(
                "Retry-After", Long.toString(Math.max(1, wait.plusMillis(999).toSeconds())));
        refuse(why, field, message);
    }

    void refuse(Outcome why, String field, String message) {
        if (why == Outcome.WRONG_METHOD) {
            response.putHeader("Allow", "POST");
        }
        write(why, Map.of("field", field, "message", message));
    }

    void fail(RoutingContext call) {
        if (call.statusCode() == TOO_LARGE) {
            refuse(Outcome.TOO_LARGE, "purge", "is longer than 64 KiB: expected fewer terms, or all");
            return;
        }
        log.error("A purge by HTTP failed", call.failure());
        refuse(Outcome.BROKEN, "operator", "failed: its log says why");
    }

    private void write(Outcome outcome, Map<String, ?> body) {
        metrics.calledByHttp(outcome.label());
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(outcome.status())
                .putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "no-store")
                .end(PlanJson.write(body));
    }

    private static Map<String, Object> body(PurgeAnswer.Ordered ordered) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("sequence", ordered.sequence());
        body.put("state", ordered.complete() ? "Complete" : "Pending");
        body.put("proxies", ordered.proxies());
        body.put("entries", ordered.entries());
        body.put("failures", ordered.failures());
        return body;
    }
}
