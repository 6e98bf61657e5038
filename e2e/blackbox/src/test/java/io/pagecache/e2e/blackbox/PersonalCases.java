package io.pagecache.e2e.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.e2e.blackbox.ScriptedOrigin.Answer;
import io.pagecache.e2e.blackbox.Visitor.Reply;
import io.pagecache.plan.FileRef;
import io.pagecache.plan.Pages;
import io.pagecache.plan.PurgeScope;
import io.pagecache.plan.ValueSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages that are filled in for each reader: templates, values, ESI. */
interface PersonalCases extends Staged {
    String TOKEN_KEY = "a key of thirty-two bytes or more";

    /** In MaxMind's format: 127.0.0.0/8 has the country CH, all else is unknown. */
    String LOOPBACK_IS_SWISS =
            "AAABAAAIAAAIAAACAAAIAAADAAAIAAAEAAAIAAAFAAAIAAAGAAAIAAAHAAAIAAAYAAAAAAAAAAAAAAAAAAAAAOFHY291"
                    + "bnRyeeFIaXNvX2NvZGVCQ0irze9NYXhNaW5kLmNvbelKbm9kZV9jb3VudMQAAAAIS3JlY29yZF9zaXplxAAAABhKaXBfdmVyc2lvbsQAAAAE"
                    + "TWRhdGFiYXNlX3R5cGVEVGVzdElsYW5ndWFnZXMBBEJlbltiaW5hcnlfZm9ybWF0X21ham9yX3ZlcnNpb27EAAAAAltiaW5hcnlfZm9ybWF0"
                    + "X21pbm9yX3ZlcnNpb27EAAAAAEtidWlsZF9lcG9jaAgCAAAAAGVT8QBLZGVzY3JpcHRpb27hQmVuSU9uZSBibG9jaw==";

    @Test
    default void shouldFillAStoredPageForEachReader() {
        stage().origin
                .on(
                        "/personal",
                        (turn, request) -> Answer.text(
                                "<p><!--pc:get user \"guest\"-->, <!--pc:element greeting-->, <!--pc:get theme \"plain\"--></p>",
                                "Content-Type",
                                Stage.HTML));
        stage().origin
                .on(
                        "/session",
                        (turn, request) -> Answer.text(
                                "{\"name\":\"" + request.getFirst("Cookie").replace("sid=", "No. ") + "\"}",
                                "Content-Type",
                                "application/json"));
        stage().visitor.get("/personal?theme=dark");

        Reply ann = stage().visitor.get("/personal?theme=dark", "Cookie", "user=Ann & <Co>; sid=7");
        Reply nobody = stage().visitor.get("/personal?theme=dark");

        assertThat(ann.isHit()).isTrue();
        assertThat(ann.text()).isEqualTo("<p>Ann &amp; &lt;Co&gt;, Hello No. 7, dark</p>");
        assertThat(nobody.text()).isEqualTo("<p>guest, Hello nobody, dark</p>");
        assertThat(ann.field("Cache-Control")).contains("private");
        assertThat(stage().origin.requestsFor("/personal")).isEqualTo(1);
    }

    @Test
    default void shouldJoinFragmentsThatLiveForThemselves() {
        stage().origin
                .on(
                        "/esi/page",
                        (turn, request) -> Answer.text(
                                turn
                                        + "<esi:include src=\"box\"/><esi:try><esi:attempt><esi:include src=\"/esi/gone\"/></esi:attempt>"
                                        + "<esi:except>!</esi:except></esi:try>",
                                "Content-Type",
                                Stage.HTML,
                                "Surrogate-Control",
                                "content=\"ESI/1.0\""));
        stage().origin.counts("/esi/box", "Surrogate-Key", "box");

        Reply first = stage().visitor.get("/esi/page");
        Reply second = stage().visitor.get("/esi/page");
        stage().proxy.management().push(stage().purge(new PurgeScope.Tag("box")));
        Reply purged = stage().visitor.get("/esi/page");

        assertThat(first.text()).isEqualTo("1/esi/box 1!");
        assertThat(second.text()).isEqualTo("1/esi/box 1!");
        assertThat(second.isHit()).isTrue();
        assertThat(purged.text()).isEqualTo("1/esi/box 2!");
        assertThat(purged.isHit()).isTrue();
    }

    @Test
    default void shouldChooseAndEscapeWhatEsiTakesFromTheReader() {
        stage().origin
                .on(
                        "/esi/choice",
                        (turn, request) -> Answer.text(
                                "<esi:choose><esi:when test=\"$(QUERY_STRING{n})>9 & $(HTTP_COOKIE{group})=='a'\">many</esi:when>"
                                        + "<esi:otherwise>few</esi:otherwise></esi:choose> <esi:vars>$(HTTP_COOKIE{name}|'nobody')</esi:vars>",
                                "Content-Type",
                                Stage.HTML,
                                "Surrogate-Control",
                                "content=\"ESI/1.0\""));

        Reply many = stage().visitor.get("/esi/choice?n=10", "Cookie", "group=a; name=%3Cesi:include src='/x'/%3E");
        Reply few = stage().visitor.get("/esi/choice?n=9", "Cookie", "group=a");

        assertThat(many.text()).isEqualTo("many &lt;esi:include src=&#39;/x&#39;/&gt;");
        assertThat(few.text()).isEqualTo("few nobody");
        assertThat(few.field("Cache-Control")).isEqualTo("private, no-cache");
    }

    @Test
    default void shouldReadTokensTextsAndPlacesFromFiles(@TempDir Path directory) throws Exception {
        FileRef secret = new FileRef(FileRef.Kind.SECRET, "tokens", "key");
        FileRef places = new FileRef(FileRef.Kind.CLAIM, "geo", "country.mmdb");
        Pages pages = new Pages(
                new Pages.Markers("<!--pc:", "-->"),
                List.of(
                        value("claims", new ValueSource.Cookie("token", ValueSource.Cookie.Form.JWT, secret)),
                        value("text", new ValueSource.Messages("texts", List.of("en", "de"))),
                        value("place", new ValueSource.GeoDatabase(places))),
                List.of());
        WireFolder folder =
                stage().served(directory, PlanWith.pages(stage().site.plan("r1"), pages));
        folder.reference(secret, bytes(TOKEN_KEY));
        folder.reference(new FileRef(FileRef.Kind.CONFIG_MAP, "texts", "de"), bytes("hello=Hallo"));
        folder.reference(places, Base64.getDecoder().decode(LOOPBACK_IS_SWISS));
        stage().origin
                .on(
                        "/from-files",
                        (turn, request) -> Answer.text(
                                "<!--pc:get text.hello-->, <!--pc:get claims.sub \"guest\"--> of <!--pc:get place.country.iso_code \"?\"-->",
                                "Content-Type",
                                Stage.HTML));
        try (ProxyProcess proxy = stage().started(folder);
                Visitor visitor = new Visitor(proxy.url())) {
            String ann = visitor.get("/from-files", "Accept-Language", "de", "Cookie", "token=" + token("ann"))
                    .text();
            String forged = visitor.get("/from-files", "Accept-Language", "de", "Cookie", "token=" + token("ann") + "x")
                    .text();

            assertThat(ann).isEqualTo("Hallo, ann of CH");
            assertThat(forged).isEqualTo("Hallo, guest of CH");
        }
    }

    private static Pages.Value value(String name, ValueSource source) {
        return new Pages.Value(name, source, Duration.ZERO, Duration.ofSeconds(30), null);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A JSON Web Token by HS256 (RFC 7519). */
    private static String token(String subject) throws GeneralSecurityException {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        String content = base64.encodeToString(bytes("{\"alg\":\"HS256\"}")) + "."
                + base64.encodeToString(bytes("{\"sub\":\"" + subject + "\"}"));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(bytes(TOKEN_KEY), "HmacSHA256"));
        return content + "." + base64.encodeToString(mac.doFinal(bytes(content)));
    }
}
