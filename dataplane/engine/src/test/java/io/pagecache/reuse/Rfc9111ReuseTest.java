package io.pagecache.reuse;

import static io.pagecache.samples.SampleAnswer.NOW;
import static io.pagecache.samples.SampleAnswer.answer;
import static io.pagecache.samples.SampleRequest.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.http.PageRequest;
import io.pagecache.reuse.Serving.Fetch;
import io.pagecache.reuse.Serving.Fresh;
import io.pagecache.reuse.Serving.Revalidate;
import io.pagecache.reuse.Serving.Stale;
import io.pagecache.reuse.Serving.Unsatisfiable;
import io.pagecache.samples.SampleRequest;
import io.pagecache.status.ForwardReason;
import io.pagecache.status.Reason;
import io.pagecache.store.Lookup;
import io.pagecache.store.StoredPage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 9111 section 4: constructing answers from the store")
class Rfc9111ReuseTest {
    private static final PageRequest REQUEST = get("/");

    private final ReuseDecider decider = new ReuseDecider();
    private final StoredPage page =
            answer("Cache-Control", "max-age=60", "ETag", "\"a\"").stored();

    @Test
    @DisplayName("4, 4.2: a fresh page is served")
    void shouldServeFreshPage() {
        assertThat(decider.decide(REQUEST, found(page), NOW.plusSeconds(59))).isEqualTo(new Fresh(page));
    }

    @Test
    @DisplayName("4.2.4, 4.3: a stale page is validated first")
    void shouldRevalidateStalePage() {
        assertThat(decider.decide(REQUEST, found(page), NOW.plusSeconds(60)))
                .isEqualTo(new Revalidate(page, Reason.EXPIRED, false, true));
    }

    @ParameterizedTest
    @DisplayName("5.2.2.2, 5.2.2.4, 5.2.2.8, 5.2.2.10: validated whatever the client would take")
    @ValueSource(strings = {"no-cache", "must-revalidate, max-age=1", "proxy-revalidate, max-age=1", "s-maxage=1"})
    void shouldRevalidateWhereStaleIsForbidden(String field) {
        StoredPage strict = answer("Cache-Control", field).stored();

        Serving serving = decider.decide(get("/", "Cache-Control", "max-stale"), found(strict), NOW.plusSeconds(5));

        assertThat(serving)
                .isInstanceOfSatisfying(
                        Revalidate.class,
                        revalidate -> assertThat(revalidate.reason()).isEqualTo(Reason.MUST_REVALIDATE));
    }

    @Test
    @DisplayName("5.2.2.4: validations of a page that is never fresh are not shared")
    void shouldNotShareValidationsOfWhatIsNeverFresh() {
        StoredPage never = answer("Cache-Control", "no-cache", "ETag", "\"a\"").stored();

        assertThat(decider.decide(REQUEST, found(never), NOW))
                .isEqualTo(new Revalidate(never, Reason.MUST_REVALIDATE, false, false));
    }

    @ParameterizedTest
    @DisplayName("5.2.1, seed N15: clients cannot make the origin work for what is stored")
    @ValueSource(strings = {"no-cache", "no-store", "max-age=0", "min-fresh=3600"})
    void shouldNotLetClientsFlush(String field) {
        PageRequest request = get("/", "Cache-Control", field, "Pragma", "no-cache");

        assertThat(decider.decide(request, found(page), NOW)).isEqualTo(new Fresh(page));
    }

    @Test
    @DisplayName("5.2.1.2: max-stale takes a page that is not too stale")
    void shouldHonourMaxStale() {
        assertThat(decider.decide(get("/", "Cache-Control", "max-stale=30"), found(page), NOW.plusSeconds(90)))
                .isEqualTo(new Stale(page, Reason.STALE_ALLOWED_BY_CLIENT, true));
        assertThat(decider.decide(get("/", "Cache-Control", "max-stale=30"), found(page), NOW.plusSeconds(91)))
                .isInstanceOf(Revalidate.class);
        assertThat(decider.decide(get("/", "Cache-Control", "max-stale"), found(page), NOW.plusSeconds(9999)))
                .isInstanceOf(Stale.class);
    }

    @Test
    @DisplayName("5.2.1.7: only-if-cached gets a page or 504")
    void shouldHonourOnlyIfCached() {
        PageRequest request = get("/", "Cache-Control", "only-if-cached");

        assertThat(decider.decide(request, found(page), NOW)).isEqualTo(new Fresh(page));
        assertThat(decider.decide(request, found(page), NOW.plusSeconds(60))).isInstanceOf(Unsatisfiable.class);
        assertThat(decider.decide(request, new Lookup.UriMiss(), NOW)).isInstanceOf(Unsatisfiable.class);
    }

    @Test
    @DisplayName("RFC 9211 section 2.2: misses say which kind they are")
    void shouldFetchWhatIsNotStored() {
        assertThat(decider.decide(REQUEST, new Lookup.UriMiss(), NOW))
                .isEqualTo(new Fetch(ForwardReason.URI_MISS, Reason.ABSENT, true));
        assertThat(decider.decide(REQUEST, new Lookup.VariantMiss(), NOW))
                .isEqualTo(new Fetch(ForwardReason.VARY_MISS, Reason.OTHER_VARIANT_STORED, true));
    }

    @Test
    @DisplayName("HARDENING F2, seed W46, W74: nobody waits for what cannot be stored")
    void shouldNotQueueForWhatIsKnownUncacheable() {
        assertThat(decider.decide(REQUEST, new Lookup.KnownUncacheable(Reason.SET_COOKIE), NOW))
                .isEqualTo(new Fetch(ForwardReason.URI_MISS, Reason.KNOWN_UNCACHEABLE, false));
    }

    @Test
    @DisplayName("RFC 9110 section 14.2: a part of what is not stored is fetched for its reader alone")
    void shouldFetchPartsAlone() {
        PageRequest part = get("/", "Range", "bytes=0-1");

        assertThat(decider.decide(part, new Lookup.UriMiss(), NOW))
                .isEqualTo(new Fetch(ForwardReason.URI_MISS, Reason.RANGE_ABSENT, false));
        assertThat(decider.decide(part, found(page), NOW)).isEqualTo(new Fresh(page));
        assertThat(decider.decide(
                        SampleRequest.request("/")
                                .method("HEAD")
                                .headers("Range", "bytes=0-1")
                                .build(),
                        new Lookup.UriMiss(),
                        NOW))
                .isEqualTo(new Fetch(ForwardReason.URI_MISS, Reason.ABSENT, true));
    }

    private static Lookup found(StoredPage page) {
        return new Lookup.Found(page, null);
    }
}
