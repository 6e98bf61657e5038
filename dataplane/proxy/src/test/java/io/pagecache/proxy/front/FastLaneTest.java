package io.pagecache.proxy.front;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FastLaneTest {
    private static final String GET =
            "GET /a HTTP/1.1\r\nHost: example.com\r\nAccept-Encoding: gzip\r\nUser-Agent: x\r\n\r\n";

    private final GuardedChannel guarded = new GuardedChannel();
    private final AtomicBoolean standing = new AtomicBoolean(true);
    private final AtomicLong repeatedBytes = new AtomicLong();
    private final List<String> visitors = new ArrayList<>();
    private boolean wantsLog;

    FastLaneTest() {
        guarded.fastPlan = plan("plan", Set.of(), false, 0);
        guarded.ticket = ticket("plan", 1_000);
    }

    @AfterEach
    void close() {
        guarded.close();
    }

    private static FastPlan plan(String identity, Set<String> significant, boolean cookies, int peerClass) {
        return FastPlan.of(identity, significant, cookies, false, peer -> peerClass);
    }

    private FastTicket ticket(String plan, long untilMillis) {
        return new FastTicket(plan, untilMillis, standing::get, new FastTicket.Hits() {
            @Override
            public void repeated(long bodyBytes) {
                repeatedBytes.addAndGet(bodyBytes);
            }

            @Override
            public void visitor(String peer, String forwardedFor) {
                visitors.add(String.valueOf(forwardedFor));
            }

            @Override
            public boolean wantsLog() {
                return wantsLog;
            }
        });
    }

    /** Asked twice, the answer is taken down. */
    private void warmUp(String request) {
        guarded.send(request).send(request);
        guarded.served.clear();
        guarded.forgetAnswers();
    }

    @Test
    void shouldRepeatTheVeryOctetsOfTheFullChain() {
        guarded.send(GET).send(GET);
        String fromTheChain = guarded.forgetAnswers();
        guarded.served.clear();

        guarded.send(GET).send(GET);

        assertThat(guarded.answers()).isEqualTo(fromTheChain).contains("/a");
        assertThat(guarded.served).isEmpty();
        assertThat(guarded.counters.fastAnswers()).isEqualTo(2);
        assertThat(repeatedBytes).hasValue(4);
    }

    @Test
    @Tag("seed:T44")
    @DisplayName("T44: visitors behind a trusted proxy count on the fast path too, and only its word does")
    void shouldTellTheVisitors() {
        warmUp(GET);
        guarded.send(GET).send(GET.replace("User-Agent: x", "X-Forwarded-For: 192.0.2.1"));
        assertThat(visitors).containsExactly("null");

        visitors.clear();
        guarded.fastPlan = plan("plan", Set.of(), false, 1);
        warmUp(GET);
        for (String client : List.of("192.0.2.1", "192.0.2.1", "192.0.2.2")) {
            guarded.send(GET.replace("User-Agent: x", "X-forwarded-FOR: " + client));
        }
        assertThat(visitors).containsExactly("192.0.2.1", "192.0.2.2");
    }

    @Test
    void shouldRepeatWhateverTheClientSaysOfItself() {
        warmUp(GET);

        guarded.send(GET.replace("User-Agent: x", "user-agent: other\r\nReferer: /b\r\nCookie: a=b"));

        assertThat(guarded.served).isEmpty();
        assertThat(guarded.counters.fastAnswers()).isOne();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /a? HTTP/1.1\r\nHost: example.com\r\nAccept-Encoding: gzip\r\n\r\n",
                "GET /A HTTP/1.1\r\nHost: example.com\r\nAccept-Encoding: gzip\r\n\r\n",
                "HEAD /a HTTP/1.1\r\nHost: example.com\r\nAccept-Encoding: gzip\r\n\r\n",
                "POST /a HTTP/1.1\r\nHost: example.com\r\nAccept-Encoding: gzip\r\n\r\n",
                "GET /a HTTP/1.1\r\nHost: example.org\r\nAccept-Encoding: gzip\r\n\r\n",
                "GET /a HTTP/1.1\r\nHost: example.com\r\n\r\n",
                "GET /a HTTP/1.1\r\nHost: example.com\r\nAccept-Encoding: br\r\n\r\n",
                "GET /a HTTP/1.1\r\nHost: example.com\r\nAccept-Encoding: gzip\r\nX-Preview: 1\r\n\r\n",
                "GET /a HTTP/1.1\r\nHost: example.com\r\nAccept-Encoding: gzip\r\nRange: bytes=0-0\r\n\r\n",
                "GET /a HTTP/1.1\r\nHost: example.com\r\nAccept-Encoding: gzip\r\nAuthorization: x\r\n\r\n",
                "GET /a HTTP/1.1\r\nHost: example.com\r\nAccept-Encoding: gzip\r\nIf-None-Match: \"x\"\r\n\r\n",
                "GET /a HTTP/1.1\r\nHost: example.com\r\nAccept-Encoding: gzip\r\nCache-Control: only-if-cached\r\n\r\n",
                "GET /a HTTP/1.1\r\nHost: example.com\r\nAccept-Encoding: gzip\r\nContent-Length: 1\r\n\r\nx",
                "GET /a HTTP/1.1\r\nHost: example.com\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n",
                "GET /a HTTP/1.0\r\nHost: example.com\r\nAccept-Encoding: gzip\r\n\r\n",
                "GET http://example.com/a HTTP/1.1\r\nHost: example.com\r\nAccept-Encoding: gzip\r\n\r\n",
                "GET /a HTTP/1.1\r\nHost: example.com\r\nAccept-Encoding: gzip\r\nX_Y: 1\r\n\r\n",
                "GET /a HTTP/1.1\r\nHost: example.com\r\nAccept-Encoding: gzip\r\nAccept-Encoding: br\r\n\r\n"
            })
    void shouldLeaveAnyOtherFormToTheFullChain(String other) {
        warmUp(GET);

        guarded.send(other);

        assertThat(guarded.served).hasSize(1);
        assertThat(guarded.counters.fastAnswers()).isZero();
    }

    @Test
    void shouldTreatHostsWithoutCase() {
        warmUp(GET);

        guarded.send(GET.replace("example.com", "EXAMPLE.com"));

        assertThat(guarded.served).isEmpty();
    }

    @Test
    void shouldNotOutliveItsSecond() {
        warmUp(GET);

        guarded.millis = 1_000;
        guarded.send(GET);

        assertThat(guarded.served).containsExactly("/a");
    }

    @Test
    void shouldNotOutliveItsPage() {
        warmUp(GET);

        standing.set(false);
        guarded.send(GET);

        assertThat(guarded.served).containsExactly("/a");
    }

    @Test
    void shouldNotOutliveItsPlan() {
        warmUp(GET);

        guarded.fastPlan = plan("next", Set.of(), false, 0);
        guarded.send(GET);

        assertThat(guarded.served).containsExactly("/a");
    }

    @Test
    void shouldNotMixAnswersOfAnEarlierPlanIntoTheNext() {
        guarded.ticket = ticket("earlier", 1_000);
        warmUp(GET);

        guarded.send(GET);

        assertThat(guarded.served).containsExactly("/a");
    }

    @Test
    void shouldTellFormsApartByWhatThePlanLooksAt() {
        guarded.fastPlan = plan("plan", Set.of("user-agent"), false, 0);
        warmUp(GET);

        guarded.send(GET.replace("User-Agent: x", "User-Agent: y"));

        assertThat(guarded.served).containsExactly("/a");
    }

    @Test
    void shouldLeaveRequestsWithCookiesToTheChainWhereCookiesMatter() {
        guarded.fastPlan = plan("plan", Set.of(), true, 0);
        String withCookie = GET.replace("User-Agent: x", "Cookie: a=b");
        warmUp(withCookie);

        guarded.send(withCookie);

        assertThat(guarded.served).containsExactly("/a");
    }

    @Test
    void shouldLeavePeersThatBypassTheCacheToTheChain() {
        guarded.fastPlan = plan("plan", Set.of(), false, -1);
        warmUp(GET);

        guarded.send(GET);

        assertThat(guarded.served).containsExactly("/a");
    }

    @Test
    void shouldSendRequestsThatAreLoggedThroughTheChain() {
        warmUp(GET);
        wantsLog = true;

        guarded.send(GET);

        assertThat(guarded.served).containsExactly("/a");
    }

    @Test
    void shouldNotOvertakeARequestThatIsStillInTheChain() {
        warmUp(GET);
        guarded.answering = false;

        guarded.send(GET.replace("/a", "/slow") + GET);
        assertThat(guarded.answers()).isEmpty();
        guarded.answer(io.netty.handler.codec.http.HttpResponseStatus.OK, "slow");

        assertThat(guarded.answers()).matches("(?s).*slow.*/a.*");
        assertThat(guarded.counters.fastAnswers()).isOne();
    }

    @Test
    void shouldLetTheChainDrain() {
        warmUp(GET);
        guarded.draining = true;

        guarded.send(GET);

        assertThat(guarded.served).containsExactly("/a");
        assertThat(guarded.answers()).containsIgnoringCase("connection: close");
    }

    @Test
    void shouldAnswerManyPipelinedRequestsInOneGo() {
        warmUp(GET);

        guarded.send(GET.repeat(50));

        assertThat(guarded.statuses()).hasSize(50);
        assertThat(guarded.served).isEmpty();
    }
}
