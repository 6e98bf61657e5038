package io.pagecache.storing;

import io.pagecache.freshness.Age;
import io.pagecache.freshness.FreshnessCalculator;
import io.pagecache.freshness.FreshnessLifetime;
import io.pagecache.freshness.FreshnessLifetime.Basis;
import io.pagecache.freshness.StaleWindows;
import io.pagecache.http.ContentRange;
import io.pagecache.http.Cookies;
import io.pagecache.http.EntityTag;
import io.pagecache.http.FieldList;
import io.pagecache.http.Headers;
import io.pagecache.http.HttpDates;
import io.pagecache.http.PageRequest;
import io.pagecache.http.PageResponse;
import io.pagecache.http.ResponseDirectives;
import io.pagecache.plan.Behaviour;
import io.pagecache.plan.CachePlan;
import io.pagecache.plan.Rule;
import io.pagecache.status.Reason;
import io.pagecache.storing.StoreDecision.Discard;
import io.pagecache.storing.StoreDecision.MarkUncacheable;
import io.pagecache.storing.StoreDecision.Store;
import io.pagecache.variants.Dependencies;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Decides what becomes of an answer to an admitted request (RFC 9111 section 3): the first check that objects is the reason. One
 * per plan.
 */
public final class StoreDecider {
    private static final int LEAST_ERROR = 400;

    /** How long a page with a validator is kept after its last use to anybody but the origin. */
    static final Duration KEEP_FOR_VALIDATION = Duration.ofHours(1);

    /** Final statuses whose meaning for caches is known (RFC 9110 section 15, RFC 6585, RFC 7725). */
    private static final Set<Integer> UNDERSTOOD = Set.of(
            200, 201, 202, 203, 204, 205, 206, 300, 301, 302, 303, 307, 308, 400, 401, 402, 403, 404, 405, 406, 407,
            408, 409, 410, 411, 412, 413, 414, 415, 416, 417, 421, 422, 426, 428, 429, 431, 451, 500, 501, 502, 503,
            504, 505, 511);

    /** Objects with a reason, or has nothing to say. */
    @FunctionalInterface
    private interface Check {
        @Nullable
        Reason objection(PageRequest request, Rule rule, PageResponse response, ResponseDirectives directives);
    }

    private static final List<Check> CHECKS = List.of(
            StoreDecider::noStore,
            StoreDecider::privateAnswer,
            StoreDecider::setCookie,
            StoreDecider::authorized,
            StoreDecider::varyStar,
            StoreDecider::dependsOnTheUnspeakable,
            StoreDecider::notUnderstood);

    private final FreshnessCalculator freshness = new FreshnessCalculator();
    private final Tags tags;
    private final Dependencies dependencies;
    private final Duration longestError;

    public StoreDecider(CachePlan plan) {
        this.tags = new Tags(plan.purging().tagHeaders());
        this.dependencies = new Dependencies(plan.variants());
        this.longestError = plan.errorPages().maxTtl();
    }

    /**
     * @param request as the client sent it
     * @param response the origin's answer, or a stored page's head freshened by a 304
     */
    public StoreDecision decide(PageRequest request, Rule rule, PageResponse response) {
        Reason unfit = unfit(request, response);
        if (unfit != null) {
            return new Discard(unfit);
        }
        ResponseDirectives directives = ResponseDirectives.of(response.headers());
        for (int i = 0; i < CHECKS.size(); i++) {
            Reason objection = CHECKS.get(i).objection(request, rule, response, directives);
            if (objection != null) {
                return mark(objection, response);
            }
        }
        FreshnessLifetime lifetime =
                bounded(freshness.lifetime(response, directives, rule.behaviour()), response.status());
        if (response.status() == 206
                && (lifetime.basis() != Basis.ORIGIN || lifetime.value().isZero())) {
            return new Discard(Reason.PARTIAL_CONTENT); // a part is kept on the origin's explicit word only
        }
        if (needsExplicitWord(request, rule, response) && lifetime.basis() != Basis.ORIGIN && !directives.isPublic()) {
            return mark(Reason.COOKIE_WITHOUT_EXPLICIT_FRESHNESS, response);
        }
        return store(request, rule.behaviour(), response, directives, lifetime);
    }

    /** Errors pass: only what the policy says of a status holds longer. */
    private FreshnessLifetime bounded(FreshnessLifetime lifetime, int status) {
        boolean tooLong = status >= LEAST_ERROR
                && lifetime.basis() != Basis.POLICY
                && lifetime.value().compareTo(longestError) > 0;
        return tooLong ? new FreshnessLifetime(longestError, lifetime.source()) : lifetime;
    }

    private StoreDecision store(
            PageRequest request,
            Behaviour behaviour,
            PageResponse response,
            ResponseDirectives directives,
            FreshnessLifetime lifetime) {
        boolean isPart = response.status() == 206;
        Duration keep = hasValidator(response) && !isPart ? KEEP_FOR_VALIDATION : Duration.ZERO;
        if (lifetime.basis() == Basis.NONE && !mayBeKeptUnsaid(response, directives)) {
            Reason reason = isOrdinary(response.status()) ? Reason.NO_LIFETIME : Reason.STATUS_NOT_CACHEABLE;
            return mark(reason, response);
        }
        StaleWindows windows = lifetime.basis() == Basis.NONE || isPart
                ? new StaleWindows(Duration.ZERO, Duration.ZERO, keep)
                : StaleWindows.of(directives, behaviour, keep);
        if (lifetime.value().isZero() && windows.longest().isZero()) {
            return mark(Reason.NO_LIFETIME, response);
        }
        List<String> found = tags.of(request, response.headers(), behaviour.tags());
        if (found == null) {
            return mark(Reason.TAG_LIMIT, response);
        }
        Duration age = Age.initial(response);
        return new Store(lifetime.value(), age, windows, directives, found, vary(response.headers(), behaviour));
    }

    /** Answers that say nothing about the page as a whole. */
    private static @Nullable Reason unfit(PageRequest request, PageResponse response) {
        if (!request.method().equals("GET")) {
            return Reason.METHOD_NOT_CACHEABLE;
        }
        return switch (response.status()) {
            case 206 -> mayBeKeptAsPart(response.headers()) ? null : Reason.PARTIAL_CONTENT;
            case 304 -> Reason.INVALID_RESPONSE;
            case 412, 416 -> Reason.STATUS_NOT_CACHEABLE;
            default -> null;
        };
    }

    /** One part of known place and coding: those of several, or of a coded page, are of no use to others. */
    private static boolean mayBeKeptAsPart(Headers headers) {
        String coding = headers.combined("Content-Encoding");
        return ContentRange.of(headers) != null && (coding == null || coding.equalsIgnoreCase("identity"));
    }

    /** {@code must-understand} takes {@code no-store} back where the status is understood (RFC 9111 section 5.2.2.3). */
    private static @Nullable Reason noStore(
            PageRequest request, Rule rule, PageResponse response, ResponseDirectives directives) {
        return directives.noStore() && !directives.mustUnderstand() ? Reason.NO_STORE : null;
    }

    private static @Nullable Reason privateAnswer(
            PageRequest request, Rule rule, PageResponse response, ResponseDirectives directives) {
        return directives.isPrivate() ? Reason.PRIVATE : null;
    }

    private static @Nullable Reason setCookie(
            PageRequest request, Rule rule, PageResponse response, ResponseDirectives directives) {
        return response.headers().contains("Set-Cookie") ? Reason.SET_COOKIE : null;
    }

    /** RFC 9111 section 3.5. A rule that has the field in its key keeps each user's pages apart. */
    private static @Nullable Reason authorized(
            PageRequest request, Rule rule, PageResponse response, ResponseDirectives directives) {
        boolean mayBeOneUsers = request.headers().contains("Authorization")
                && !rule.behaviour().key().headers().contains("authorization");
        return mayBeOneUsers && !directives.allowsAuthorized() ? Reason.AUTHORIZATION : null;
    }

    private static @Nullable Reason varyStar(
            PageRequest request, Rule rule, PageResponse response, ResponseDirectives directives) {
        return FieldList.members(response.headers(), "Vary").contains("*") ? Reason.VARY_STAR : null;
    }

    private static @Nullable Reason dependsOnTheUnspeakable(
            PageRequest request, Rule rule, PageResponse response, ResponseDirectives directives) {
        return Dependencies.areUnderstood(response.headers()) ? null : Reason.INVALID_RESPONSE;
    }

    private static @Nullable Reason notUnderstood(
            PageRequest request, Rule rule, PageResponse response, ResponseDirectives directives) {
        return directives.mustUnderstand() && !UNDERSTOOD.contains(response.status())
                ? Reason.STATUS_NOT_CACHEABLE
                : null;
    }

    /**
     * Whether cookies that tell no pages apart reached the origin. Such an answer may be one person's: only the origin's own word
     * makes it everybody's, or a rule that says {@code ALWAYS}.
     */
    private boolean needsExplicitWord(PageRequest request, Rule rule, PageResponse response) {
        Behaviour behaviour = rule.behaviour();
        List<String> shared = dependencies.sharedCookies(response.headers(), behaviour.key());
        return behaviour.cache() != Behaviour.Cache.ALWAYS
                && behaviour.requestCookies().mode() != Behaviour.RequestCookies.Mode.STRIP
                && !Cookies.areAllNamed(request.headers(), behaviour.requestCookies(), shared);
    }

    /** Kept without anybody's word on its lifetime, to be validated before each use. */
    private static boolean mayBeKeptUnsaid(PageResponse response, ResponseDirectives directives) {
        return hasValidator(response) && (isOrdinary(response.status()) || directives.isPublic());
    }

    private static boolean isOrdinary(int status) {
        return FreshnessCalculator.livesWithoutExplicitWord(status);
    }

    private static boolean hasValidator(PageResponse response) {
        return EntityTag.of(response.headers()) != null
                || HttpDates.of(response.headers(), "Last-Modified", response.receivedAt()) != null;
    }

    private List<String> vary(Headers headers, Behaviour behaviour) {
        Set<String> names = new TreeSet<>();
        for (String name : FieldList.members(headers, "Vary")) {
            names.add(name.toLowerCase(Locale.ROOT));
        }
        names.addAll(dependencies.fields(headers, behaviour.key()));
        return List.copyOf(names);
    }

    /** An answer to one user's {@code Authorization}, a failure, or a part says nothing about what the next visitor gets. */
    private static StoreDecision mark(Reason reason, PageResponse response) {
        return reason == Reason.AUTHORIZATION || response.status() >= 500 || response.status() == 206
                ? new Discard(reason)
                : new MarkUncacheable(reason, memory(reason));
    }

    /**
     * How long to remember. What depends on one client may be otherwise for the next; all else is how the page is made.
     */
    private static Duration memory(Reason reason) {
        return switch (reason) {
            case COOKIE_WITHOUT_EXPLICIT_FRESHNESS, STATUS_NOT_CACHEABLE -> Duration.ofSeconds(30);
            case NO_LIFETIME -> Duration.ofSeconds(60);
            default -> Duration.ofSeconds(120);
        };
    }
}
