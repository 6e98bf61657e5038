package io.pagecache.operator.run;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Predicate;

/**
 * The end of an operator at a chosen request to the API server: from then on nothing it sends arrives, and it hears nothing. What it sent
 * before has been done, as after a SIGKILL.
 */
final class Death implements Interceptor {
    private static final URI NOWHERE = URI.create("http://127.0.0.1:9/");

    private final Moment moment;
    private volatile boolean armed;
    private volatile boolean dead;

    Death(Moment moment) {
        this.moment = moment;
    }

    /** Which request is the last, and whether it still arrives. */
    enum Moment {
        BEFORE_THE_ORDER_IS_STORED(false, Moment::storesOrder),
        AFTER_THE_ORDER_IS_STORED(true, Moment::storesOrder),
        BEFORE_THE_PROXIES_ARE_LISTED(false, Moment::listsPods),
        BEFORE_THE_STATUS_IS_WRITTEN(false, Moment::writesStatus),
        AFTER_THE_STATUS_IS_WRITTEN(true, Moment::writesStatus);

        private final boolean arrives;
        private final Predicate<HttpRequest> last;

        Moment(boolean arrives, Predicate<HttpRequest> last) {
            this.arrives = arrives;
            this.last = last;
        }

        private static boolean storesOrder(HttpRequest request) {
            return request.method().equals("PATCH")
                    && request.uri().getPath().endsWith("/configmaps/shop-pagecache-plan")
                    && !String.valueOf(request.uri().getQuery()).contains("force");
        }

        private static boolean listsPods(HttpRequest request) {
            return request.method().equals("GET")
                    && request.uri().getPath().endsWith("/pods")
                    && !String.valueOf(request.uri().getQuery()).contains("resourceVersion");
        }

        private static boolean writesStatus(HttpRequest request) {
            return request.method().equals("PATCH") && request.uri().getPath().endsWith("/status");
        }
    }

    KubernetesClient client(Config config) {
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(config)
                        .withRequestRetryBackoffLimit(0)
                        .build())
                .withHttpClientBuilderConsumer(builder -> builder.addOrReplaceInterceptor("death", this))
                .build();
    }

    boolean hasCome() {
        return dead;
    }

    /** From now on the moment counts. */
    void arm() {
        armed = true;
    }

    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
        if (armed && !moment.arrives && moment.last.test(request)) {
            dead = true;
        }
        if (dead) {
            builder.uri(NOWHERE);
        }
    }

    @Override
    public void after(HttpRequest request, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
        if (armed && moment.arrives && moment.last.test(request)) {
            dead = true;
        }
        if (dead) {
            throw new IllegalStateException("dead: nothing is heard any more");
        }
    }
}
