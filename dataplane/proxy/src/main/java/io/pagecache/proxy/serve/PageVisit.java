package io.pagecache.proxy.serve;

import io.pagecache.http.Headers;
import io.pagecache.http.PageRequest;
import io.pagecache.key.CacheKey;
import io.pagecache.plan.Behaviour;
import io.pagecache.plan.Rule;

/** A visit that the cache may answer. */
record PageVisit(Visit visit, Rule rule, CacheKey key) {

    ActivePlan plan() {
        return visit.plan();
    }

    PageRequest request() {
        return visit.request();
    }

    Behaviour behaviour() {
        return rule.behaviour();
    }

    /** The fields of a fetch for everybody. Answers vary by these, whatever else the client sent. */
    Headers asking() {
        return plan().outbound().fetching(plan().forwarded().fetching(request(), rule), request(), rule);
    }

    /** Whether what the origin answers may be for this user alone (RFC 9111 section 3.5). */
    boolean isForOneUser() {
        return request().headers().contains("Authorization")
                && !behaviour().key().headers().contains("authorization");
    }

    /** What the request is for the store: HEAD asks for the head of what GET brings. */
    PageRequest asGet() {
        PageRequest request = request();
        return request.method().equals("GET")
                ? request
                : new PageRequest(
                        "GET",
                        request.scheme(),
                        request.host(),
                        request.path(),
                        request.query(),
                        request.headers(),
                        request.client(),
                        false);
    }

    boolean isHead() {
        return request().method().equals("HEAD");
    }

    /** Whether the reply depends on the page as a whole: nothing of it can be sent before all of it is there. */
    boolean needsWhole() {
        return isHead()
                || visit.inclusion() != null
                || request().headers().contains("If-None-Match")
                || request().headers().contains("If-Modified-Since")
                || request().headers().contains("If-Match")
                || request().headers().contains("If-Unmodified-Since");
    }
}
