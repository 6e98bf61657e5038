package io.pagecache.wiki.web;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;

/** Reads submitted forms, up to the server's form limits. */
final class Forms {
    private Forms() {}

    /** Calls {@code then} with the complete form; answers 400 itself when the body is no form or too large. */
    static void read(HttpServerRequest request, Consumer<MultiMap> then) {
        request.setExpectMultipart(true);
        request.exceptionHandler(broken -> {
            if (!request.response().ended()) {
                request.response()
                        .setStatusCode(400)
                        .putHeader("Content-Type", "text/plain; charset=utf-8")
                        .putHeader("Cache-Control", "no-store")
                        .end("The form could not be read: it is malformed or too large.\n");
            }
        });
        request.endHandler(end -> {
            if (!request.response().ended()) {
                then.accept(request.formAttributes());
            }
        });
    }
}
