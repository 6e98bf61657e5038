package io.pagecache.e2e.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.e2e.blackbox.ScriptedOrigin.Answer;
import io.pagecache.e2e.blackbox.ScriptedOrigin.Gate;
import io.pagecache.e2e.blackbox.Visitor.Reply;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What visitors get: hits and misses, one request for a crowd, variants, encodings, ranges. */
interface PageCases extends Staged {
    @Test
    default void shouldAnswerLaterVisitorsFromTheStore() {
        stage().origin.counts("/page");

        Reply first = stage().visitor.get("/page");
        List<Reply> others = List.of(
                stage().visitor.get("/page"),
                stage().visitor.get("/page"),
                stage().visitor.get("/page"));

        assertThat(first.cacheStatus()).contains("fwd=uri-miss");
        assertThat(others).allSatisfy(other -> {
            assertThat(other.isHit()).isTrue();
            assertThat(other.text()).isEqualTo("/page 1");
            assertThat(other.field("Age")).isNotEmpty();
        });
    }

    @Test
    default void shouldTellPagesApartByQueryAndLanguage() {
        stage().origin.on("/query", (turn, request) -> Answer.text(turn + request.getFirst("Accept-Language")));

        Reply english = stage().visitor.get("/query?a=1&utm_source=mail", "Accept-Language", "en-GB");
        Reply german = stage().visitor.get("/query?a=1", "Accept-Language", "de-AT, en;q=0.5");
        Reply englishAgain = stage().visitor.get("/query?utm_source=news&a=1", "Accept-Language", "en");

        assertThat(english.text()).isEqualTo("1en");
        assertThat(german.text()).isEqualTo("2de");
        assertThat(englishAgain.text()).isEqualTo("1en");
    }

    @Test
    default void shouldSendOneRequestForACrowd() throws Exception {
        Gate gate = stage().origin.holds("/crowd");

        CompletableFuture<Reply> leader = stage().visitor.asks("/crowd");
        gate.awaitRequest();
        CompletableFuture<List<Reply>> others =
                CompletableFuture.supplyAsync(() -> stage().visitor.crowd(50, "/crowd"));
        gate.letGo();

        assertThat(leader.get().text()).isEqualTo("/crowd 1");
        assertThat(others.get())
                .hasSize(50)
                .allSatisfy(reply -> assertThat(reply.text()).isEqualTo("/crowd 1"));
        assertThat(stage().origin.requestsFor("/crowd")).isEqualTo(1);
    }

    @Test
    default void shouldServeGzipAndIdentityOfOnePage() throws IOException {
        String text = "All work and no play. ".repeat(500);
        stage().origin.on("/long", (turn, request) -> Answer.text(text, "Content-Type", Stage.HTML));

        Reply identity = stage().visitor.get("/long");
        Reply gzip = stage().visitor.get("/long", "Accept-Encoding", "gzip");

        assertThat(identity.text()).isEqualTo(text);
        assertThat(gzip.field("Content-Encoding")).isEqualTo("gzip");
        assertThat(gzip.isHit()).isTrue();
        assertThat(gzip.bytes().length).isLessThan(text.length() / 10);
        assertThat(new GZIPInputStream(new ByteArrayInputStream(gzip.bytes())).readAllBytes())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo(text);
    }

    @Test
    default void shouldNotSendAgainWhatAVisitorHas() {
        stage().origin.counts("/validated", "Content-Type", Stage.HTML);
        String etag = stage().visitor.get("/validated").field("ETag");

        Reply again = stage().visitor.get("/validated", "If-None-Match", etag);
        Reply part = stage().visitor.get("/validated", "Range", "bytes=1-4");

        assertThat(etag).startsWith("\"");
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.bytes()).isEmpty();
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.text()).isEqualTo("vali");
    }

    @Test
    default void shouldNotConsultTheCacheWhereThePlanSaysSo() {
        stage().origin.counts("/account/me").counts("/preview");

        Reply account = stage().visitor.get("/account/me");
        Reply stored = stage().visitor.get("/preview");
        Reply preview = stage().visitor.get("/preview", "X-Preview", "yes");
        Reply staff = stage().visitor.get("/preview", "Cookie", "staff=1");

        assertThat(account.cacheStatus()).contains("detail=rule-never");
        assertThat(stage().visitor.get("/account/me").text()).isEqualTo("/account/me 2");
        assertThat(stored.text()).isEqualTo("/preview 1");
        assertThat(preview.cacheStatus()).contains("fwd=bypass").contains("detail=bypass-header");
        assertThat(staff.cacheStatus()).contains("detail=bypass-cookie");
        assertThat(stage().visitor.get("/preview").text()).isEqualTo("/preview 1");
    }

    @Test
    default void shouldMatchRulesByExpression() {
        stage().origin.counts("/stage().site.css", "Cache-Control", "max-age=0");
        stage().visitor.get("/stage().site.css");

        assertThat(stage().visitor.get("/stage().site.css").isHit()).isTrue();
    }

    @Test
    default void shouldPassOnWhatIsTooLargeToKeepWhole() {
        byte[] large = new byte[6 << 20];
        new Random(7).nextBytes(large);
        stage().origin.on("/account/download", (turn, request) -> new Answer(200, large));

        assertThat(stage().visitor.get("/account/download").bytes()).isEqualTo(large);
    }

    @Test
    default void shouldForwardWhatIsPosted() {
        stage().origin.counts("/account/form");

        Reply reply = stage().visitor.send("POST", "/account/form", "name=Ann");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.cacheStatus()).contains("fwd=");
    }

    @Test
    default void shouldAnswerForAnOriginThatIsDown(@TempDir Path directory) {
        WireFolder deserted = new WireFolder(directory);
        deserted.write(new SitePlan(1).plan("r1"));
        try (ProxyProcess alone = ProxyProcess.start(stage().form(), deserted, Duration.ZERO)
                        .awaitReady();
                Visitor hopeful = new Visitor(alone.url())) {
            Reply reply = hopeful.get("/page");

            assertThat(reply.status()).isEqualTo(502);
            assertThat(reply.cacheStatus()).contains("detail=origin-unreachable");
            assertThat(alone.management().state().originFailingSince()).isNotNull();
        }
    }
}
