package io.pagecache.operator.http;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.pagecache.operator.config.OperatorConfig;
import io.pagecache.operator.metrics.OperatorMetrics;
import io.vertx.core.Context;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /v1/namespaces/{namespace}/policies/{policy}/purges} on the operator's own port. The body says what to purge, in the words
 * of the purge annotation; a form's field {@code purge} does the same. Nothing is ever purged by a safe method.
 */
@Singleton
public class PurgeRoutes {
    private static final Logger log = Logger.getLogger(PurgeRoutes.class);
    private static final String PATH = "/v1/namespaces/:namespace/policies/:policy/purges";
    private static final long MOST_BYTES = 64 * 1024;
    private static final int UNDER_WAY = 64;

    private final ClusterPermissions permissions;
    private final PurgeDesk desk;
    private final OperatorMetrics metrics;
    private final CallRate rate;
    private final int perSecond;
    private final Semaphore underWay = new Semaphore(UNDER_WAY);
    private final ExecutorService oneThreadEach = Executors.newVirtualThreadPerTaskExecutor();

    public PurgeRoutes(
            ClusterPermissions permissions,
            PurgeDesk desk,
            OperatorMetrics metrics,
            OperatorConfig config,
            Clock clock) {
        this.permissions = permissions;
        this.desk = desk;
        this.metrics = metrics;
        this.perSecond = config.purges().httpPerSecond();
        this.rate = new CallRate(2 * perSecond, perSecond, clock);
    }

    public void addTo(@Observes Router router) {
        router.post(PATH).handler(this::admit);
        router.post(PATH)
                .handler(BodyHandler.create(false).setBodyLimit(MOST_BYTES))
                .handler(this::purge);
        router.route(PATH)
                .handler(call ->
                        answer(call).refuse(Outcome.WRONG_METHOD, "method", "a purge is never done by any but POST"))
                .failureHandler(call -> answer(call).fail(call));
    }

    @PreDestroy
    void close() {
        oneThreadEach.shutdownNow();
    }

    private PurgeReply answer(RoutingContext call) {
        return new PurgeReply(call.response(), metrics);
    }

    /** Before a byte of the body is read or the API server is asked. */
    private void admit(RoutingContext call) {
        Duration wait = rate.take();
        if (wait.isZero()) {
            call.next();
        } else {
            answer(call)
                    .refuseUntil(
                            wait,
                            Outcome.TOO_MANY,
                            "rate",
                            "too many purges: at most %d a second".formatted(perSecond));
        }
    }

    private void purge(RoutingContext call) {
        if (!underWay.tryAcquire()) {
            answer(call)
                    .refuseUntil(
                            Duration.ofSeconds(1),
                            Outcome.TOO_MANY,
                            "rate",
                            "%d purges are under way already".formatted(UNDER_WAY));
            return;
        }
        Context context = call.vertx().getOrCreateContext();
        PurgeCall.Words words = words(call);
        String authorization = call.request().getHeader("Authorization");
        oneThreadEach.execute(() -> {
            try {
                Runnable reply = reply(call, words, authorization);
                context.runOnContext(ready -> reply.run());
            } finally {
                underWay.release();
            }
        });
    }

    /** Blocks; what it returns writes the answer. */
    private Runnable reply(RoutingContext call, PurgeCall.Words words, @Nullable String authorization) {
        String namespace = String.valueOf(call.pathParam("namespace"));
        String policy = String.valueOf(call.pathParam("policy"));
        PurgeReply answer = answer(call);
        if (!PurgeCall.isName(namespace) || !PurgeCall.isName(policy)) {
            return () -> answer.refuse(Outcome.NOT_FOUND, "policy", "the path names no policy");
        }
        try {
            return switch (permissions.toPurge(authorization, namespace, policy)) {
                case Permission.Unknown(String problem) -> () -> answer.challenge(problem);
                case Permission.Denied(String problem) ->
                    () -> answer.refuse(Outcome.FORBIDDEN, "Authorization", problem);
                case Permission.Granted(String user) ->
                    switch (PurgeCall.read(namespace, policy, words)) {
                        case PurgeCall.Misunderstood(PurgeAnswer.Refused refused) -> () -> answer.write(refused);
                        case PurgeCall.Understood(PurgeCall purge) -> {
                            PurgeAnswer done = desk.take(purge, user);
                            yield () -> answer.write(purge, done);
                        }
                    };
            };
        } catch (KubernetesClientException | IllegalStateException e) {
            log.warnf("A purge of %s/%s by HTTP was not carried out: %s", namespace, policy, e.getMessage());
            return answer::unavailable;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return answer::unavailable;
        } catch (RuntimeException bug) {
            return () -> call.fail(bug);
        }
    }

    private static PurgeCall.Words words(RoutingContext call) {
        String ofForm = call.request().getFormAttribute("purge");
        return new PurgeCall.Words(
                ofForm != null ? ofForm : call.body().asString(),
                call.request().getHeader("Idempotency-Key"),
                parameter(call, "wait"),
                parameter(call, "return"));
    }

    private static @Nullable String parameter(RoutingContext call, String name) {
        String ofForm = call.request().getFormAttribute(name);
        return ofForm != null ? ofForm : call.request().getParam(name);
    }
}
