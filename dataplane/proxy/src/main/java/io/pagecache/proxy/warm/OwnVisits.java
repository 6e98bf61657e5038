package io.pagecache.proxy.warm;

import io.pagecache.http.Body;
import io.pagecache.http.ClientAddress;
import io.pagecache.http.Headers;
import io.pagecache.http.PageRequest;
import io.pagecache.plan.WarmUpOrder;
import io.pagecache.proxy.serve.ActivePlan;
import io.pagecache.proxy.serve.Content;
import io.pagecache.proxy.serve.NoBody;
import io.pagecache.proxy.serve.PageServer;
import io.pagecache.proxy.serve.PageWarmer;
import io.pagecache.proxy.serve.PlanHolder;
import io.pagecache.proxy.serve.Reply;
import io.pagecache.proxy.serve.Visit;
import io.pagecache.proxy.serve.Warmed;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;

/** Visits that the proxy pays to the site itself: through the same rules, keys and fetches as a reader's. */
final class OwnVisits {
    private static final ClientAddress SELF = new ClientAddress("127.0.0.1");
    private static final String AGENT = "Mozilla/5.0 (compatible; " + Robots.PRODUCT + " warm-up)";
    private static final int LARGEST_FILE = 16 << 20;

    private final Site site;
    private final PlanHolder plans;
    private final PageServer server;
    private final PageWarmer warmer;

    OwnVisits(Site site, PlanHolder plans, PageServer server, PageWarmer warmer) {
        this.site = site;
        this.plans = plans;
        this.server = server;
        this.warmer = warmer;
    }

    /** A whole answer, kept or not. */
    record Answer(int status, byte[] body) {}

    Future<Warmed> warm(String target, WarmUpOrder.Variant variant) {
        return warmer.warm(visit(target, variant));
    }

    /** Reads what is meant for crawlers, not for readers: {@code robots.txt} and sitemaps. Fails when it breaks off or is too long. */
    Future<Answer> read(String target) {
        return server.serve(visit(target, WarmUpOrder.Variant.PLAIN)).compose(OwnVisits::whole);
    }

    private Visit visit(String target, WarmUpOrder.Variant variant) {
        ActivePlan plan = plans.current();
        if (plan == null) {
            throw new IllegalStateException("a warm-up before the first plan");
        }
        return new Visit(plan, request(target, variant), NoBody.INSTANCE, 0);
    }

    private PageRequest request(String target, WarmUpOrder.Variant variant) {
        Headers.Builder headers = Headers.builder()
                .add("Host", site.host())
                .add("User-Agent", AGENT)
                .add("Accept", "*/*")
                .add("Accept-Encoding", "gzip");
        variant.headers().forEach(field -> headers.set(field.name(), field.value()));
        int question = target.indexOf('?');
        return new PageRequest(
                "GET",
                site.scheme(),
                site.host(),
                question < 0 ? target : target.substring(0, question),
                question < 0 ? null : target.substring(question + 1),
                headers.build(),
                SELF,
                false);
    }

    private static Future<Answer> whole(Reply reply) {
        return switch (reply.content()) {
            case Content.Absent none -> Future.succeededFuture(new Answer(reply.status(), new byte[0]));
            case Content.Whole(var pieces, var length) -> {
                Buffer body = Buffer.buffer((int) length);
                for (Body piece : pieces) {
                    body.appendBytes(piece.toArray());
                }
                yield Future.succeededFuture(new Answer(reply.status(), body.getBytes()));
            }
            case Content.Streamed streamed -> collected(reply.status(), streamed);
            case Content.Switched switched -> {
                switched.origin().close();
                yield Future.failedFuture(new IOException("another protocol"));
            }
        };
    }

    private static Future<Answer> collected(int status, Content.Streamed streamed) {
        Promise<Answer> whole = Promise.promise();
        Buffer body = Buffer.buffer();
        streamed.bytes().exceptionHandler(whole::tryFail);
        streamed.bytes().endHandler(end -> whole.tryComplete(new Answer(status, body.getBytes())));
        streamed.bytes().handler(chunk -> {
            body.appendBuffer(chunk);
            if (body.length() > LARGEST_FILE
                    && whole.tryFail(new IOException("more than " + LARGEST_FILE + " bytes"))) {
                streamed.abandon().run();
            }
        });
        streamed.bytes().resume();
        return whole.future();
    }
}
