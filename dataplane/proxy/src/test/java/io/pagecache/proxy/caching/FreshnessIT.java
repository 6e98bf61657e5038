package io.pagecache.proxy.caching;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.proxy.actors.SamplePlan;
import io.pagecache.proxy.actors.Stage;
import io.pagecache.proxy.actors.Visitor.Received;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("RFC 9111 section 4.2 on the wire: freshness, Age and dates")
class FreshnessIT extends BareStage {
    @ParameterizedTest(name = "{0} after {1} s: {2}")
    @DisplayName("4.2.1, 5.2.2: a page lives as long as its directives say, and not a second longer")
    @CsvSource(delimiter = '^', textBlock = """
            Cache-Control: max-age=3600                                        ^ 1    ^ true
            Cache-Control: max-age=3600                                        ^ 3599 ^ true
            Cache-Control: max-age=3600                                        ^ 3600 ^ false
            Cache-Control: max-age=0                                           ^ 0    ^ false
            Cache-Control: max-age=2147483647                                  ^ 3600 ^ true
            Cache-Control: max-age=2147483648                                  ^ 3600 ^ true
            Cache-Control: max-age=99999999999                                 ^ 3600 ^ true
            Cache-Control: max-age=3600, foobar=baz, Quux                      ^ 1    ^ true
            Cache-Control: MaX-aGe=3600                                        ^ 1    ^ true
            Cache-Control: max-age=003600                                      ^ 1    ^ true
            Cache-Control: max-age=-3600                                       ^ 0    ^ false
            Cache-Control: max-age=3600a                                       ^ 0    ^ false
            Cache-Control: max-age=a3600                                       ^ 0    ^ false
            Cache-Control: max-age=1.5                                         ^ 0    ^ false
            Cache-Control: max-age='3600'                                      ^ 0    ^ false
            Cache-Control: max-age="3600"                                      ^ 1    ^ true
            Cache-Control: foo="max-age=3600"                                  ^ 0    ^ false
            Cache-Control: foo=bar, max-age=3600                               ^ 1    ^ true
            Cache-Control: max-age=3600 || Age: 3601                           ^ 0    ^ false
            Cache-Control: max-age=3600 || Age: 3590                           ^ 9    ^ true
            Cache-Control: max-age=3600 || Age: 3590                           ^ 10   ^ false
            Cache-Control: max-age=3600 || Date: {-3601}                       ^ 0    ^ false
            Cache-Control: max-age=3600 || Expires: {-60}                      ^ 1    ^ true
            Cache-Control: max-age=0 || Expires: {+3600}                       ^ 0    ^ false
            Cache-Control: max-age=1, s-maxage=3600                            ^ 60   ^ true
            Cache-Control: s-maxage=3600, max-age=1                            ^ 60   ^ true
            Cache-Control: max-age=1 || Cache-Control: s-maxage=3600           ^ 60   ^ true
            Cache-Control: max-age=3600, s-maxage=1                            ^ 2    ^ false
            Cache-Control: s-maxage=1 || Expires: {+3600}                      ^ 2    ^ false
            Cache-Control: max-age=1800, max-age=1                             ^ 2    ^ false
            Cache-Control: max-age=1, max-age=1800                             ^ 2    ^ false
            Expires: {+3600}                                                   ^ 60   ^ true
            Expires: {+3600}                                                   ^ 3601 ^ false
            Expires: {-60}                                                     ^ 0    ^ false
            Expires: {+0}                                                      ^ 0    ^ false
            Expires: {+3600} || Date: {+7200}                                  ^ 0    ^ false
            Expires: {+3600} || Age: 3601                                      ^ 0    ^ false
            Expires: 0                                                         ^ 0    ^ false
            Expires: -1                                                        ^ 0    ^ false
            Expires: Thu, 18 Aug 2050 02:01:18 GMT                             ^ 60   ^ true
            Expires: thu, 18 aug 2050 02:01:18 gmt                             ^ 60   ^ true
            Expires: Thursday, 18-Aug-50 02:01:18 GMT                          ^ 60   ^ true
            Expires: Thu Aug 18 02:01:18 2050                                  ^ 60   ^ true
            Expires: Thu, 18 Aug 2050 2:01:18 GMT                              ^ 0    ^ false
            Expires: Thu, 18 Aug 50 02:01:18 GMT                               ^ 0    ^ false
            Expires: Thu, 18 Aug 2050 02:01:18 AEST                            ^ 0    ^ false
            Expires: Thu, 18 Aug 2050 02:01:18 UTC                             ^ 0    ^ false
            Expires: Thu, 18-Aug-2050 02:01:18 GMT                             ^ 0    ^ false
            Expires: Thu 18 Aug 2050 02:01:18 GMT                              ^ 0    ^ false
            Expires: Thu,  18  Aug  2050  02:01:18  GMT                        ^ 0    ^ false
            Expires: Thu, 18 Aug 2050 02.01.18 GMT                             ^ 0    ^ false
            Expires: {+3600} || Expires: 0                                     ^ 0    ^ false
            """)
    void shouldLiveAsLongAsSaid(String answer, long later, boolean reused) {
        CachedPage page = new CachedPage(stage).says(answer);
        page.get();

        assertThat(page.after(later).isReused()).isEqualTo(reused);
    }

    @ParameterizedTest(name = "Age: {0} -> reused {1}")
    @DisplayName("5.1: of a list the first member counts; what is no number is ignored; 2^31 and more is very old")
    @CsvSource(delimiter = '^', textBlock = """
            abc                    ^ true
            -7200                  ^ true
            7200.0                 ^ true
            7200;foo=bar           ^ true
            7200, 0                ^ false
            7200,7200              ^ false
            0, 7200                ^ true
            0,0                    ^ true
            2147483647             ^ false
            2147483648             ^ false
            99999999999999999999   ^ false
            """)
    void shouldReadAge(String age, boolean reused) {
        CachedPage page = new CachedPage(stage).says("Cache-Control: max-age=3600 || Age: " + age);
        page.get();

        assertThat(page.isReused()).isEqualTo(reused);
    }

    @Test
    @DisplayName("5.1: of two lines the first counts")
    void shouldReadTheFirstLineOfAge() {
        CachedPage old = new CachedPage(stage).says("Cache-Control: max-age=3600 || Age: 7200 || Age: 0");
        CachedPage young = new CachedPage(stage).says("Cache-Control: max-age=3600 || Age: 0 || Age: 7200");
        old.get();
        young.get();

        assertThat(old.isReused()).isFalse();
        assertThat(young.isReused()).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName(
            "4.2.2: a tenth of the time since Last-Modified, only where the status allows it; of an error five minutes at most")
    @CsvSource({
        "200, true", "201, false", "202, false", "203, true", "204, true", "299, false", "301, true", "302, false",
                "307, false",
        "308, true", "400, false", "403, false", "404, true", "405, true", "410, true", "414, true", "499, false",
                "500, false",
        "501, true", "502, false", "503, false", "504, false", "599, false"
    })
    void shouldGuessLifetimes(int status, boolean reused) {
        CachedPage page = new CachedPage(stage).says(status, "Last-Modified: {-100000}");
        page.get();

        assertThat(page.after(status < 400 ? 9_000 : 290).isReused()).isEqualTo(reused);
        assertThat(page.after(2_000).isReused()).isFalse();
    }

    @Test
    @DisplayName("4.2.2: public allows a guess for any status")
    void shouldGuessForAnyStatusThatIsPublic() {
        CachedPage page = new CachedPage(stage).says(599, "Last-Modified: {-100000} || Cache-Control: public");
        page.get();

        assertThat(page.after(290).isReused()).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("3: a final status of whatever meaning is kept for as long as it says, and no longer")
    @CsvSource({
        "200", "203", "204", "299", "301", "302", "303", "307", "308", "400", "404", "410", "499", "500", "502", "503",
        "504", "599"
    })
    void shouldKeepAnyStatusForAsLongAsItSays(int status) {
        CachedPage page = new CachedPage(stage).says(status, "Cache-Control: max-age=3600 || Location: /elsewhere");
        page.get();

        assertThat(page.get().status()).isEqualTo(status);
        assertThat(page.asked()).isEqualTo(1);
        assertThat(page.after(3601).isReused()).isFalse();
    }

    @Test
    @DisplayName("4.2.4: a stored failure does not stand in for the next one")
    void shouldNotServeAStaleFailure() {
        CachedPage page = new CachedPage(stage).says(503, "Cache-Control: max-age=2");
        page.get();

        Received second = page.after(3).get();

        assertThat(second.text()).isEqualTo("#2");
    }

    @Test
    @DisplayName("4.2.3, 5.1: Age is what others reported plus the time here, Date is the origin's")
    void shouldTellAgeAndKeepDate() {
        CachedPage page = new CachedPage(stage).says("Cache-Control: max-age=3600 || Age: 30");
        String date = page.get().header("Date");

        Received later = page.after(12).get();

        assertThat(later.header("Age")).isEqualTo("42");
        assertThat(later.header("Date")).isEqualTo(date);
        assertThat(later.headers().getAll("Age")).hasSize(1);
    }

    @Test
    @DisplayName("4.2.3: what the origin dates back counts as age")
    void shouldCountTheAgeThatDateShows() {
        CachedPage page = new CachedPage(stage).says("Cache-Control: max-age=3600 || Date: {-100}");
        page.get();

        assertThat(page.after(5).get().header("Age")).isEqualTo("105");
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("5.2.2: what forbids keeping or reusing, in any case and spelling")
    @CsvSource(delimiter = '^', textBlock = """
            Cache-Control: no-store
            Cache-Control: No-StOrE, max-age=3600
            Cache-Control: max-age=3600 || Cache-Control: no-store
            Cache-Control: private, max-age=3600
            Cache-Control: PRIVATE, max-age=3600
            Cache-Control: private="Set-Cookie", max-age=3600
            Cache-Control: no-cache, max-age=3600
            Cache-Control: NO-CACHE, max-age=3600
            Cache-Control: no-cache || Expires: {+3600}
            Cache-Control: no-cache="X-A", max-age=3600
            Cache-Control: max-age=3600, must-understand
            Vary: *||Cache-Control: max-age=3600
            Vary: Foo, *||Cache-Control: max-age=3600
            Vary: , *||Cache-Control: max-age=3600
            Vary: *, Foo||Cache-Control: max-age=3600
            Vary: Foo||Vary: *||Cache-Control: max-age=3600
            Set-Cookie: a=b||Cache-Control: max-age=3600
            """)
    void shouldNotReuseWhatIsForbidden(String answer) {
        CachedPage page = new CachedPage(stage).says(answer.contains("must-understand") ? 599 : 200, answer);
        page.get();

        assertThat(page.isReused()).isFalse();
    }

    @Test
    @DisplayName("5.2.2.3: must-understand takes no-store back where the status is understood")
    void shouldKeepWhatItUnderstands() {
        CachedPage page = new CachedPage(stage).says("Cache-Control: max-age=3600, no-store, must-understand");
        page.get();

        assertThat(page.isReused()).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("5.2.2: fresh pages that forbid stale use, or are attachments, are reused while they are fresh")
    @CsvSource(delimiter = '^', textBlock = """
            Cache-Control: max-age=3600, must-revalidate
            Cache-Control: max-age=3600, proxy-revalidate
            Cache-Control: max-age=3600, immutable
            Cache-Control: max-age=3600 || Content-Disposition: attachment; filename=a.txt
            Last-Modified: {-1000000} || Content-Disposition: attachment; filename=a.txt
            Cache-Control: max-age=3600 || Pragma: foo
            """)
    void shouldReuse(String answer) {
        CachedPage page = new CachedPage(stage).says(answer);
        page.get();

        assertThat(page.isReused()).isTrue();
        assertThat(page.after(200_000).isReused()).isFalse();
    }

    @Test
    @DisplayName("4: query strings are part of the key, cookies are not")
    void shouldKeyByQueryAndNotByCookie() {
        CachedPage page = new CachedPage(stage).says("Cache-Control: max-age=3600");
        page.get("Cookie", "a=1");

        assertThat(page.isReused("Cookie", "a=2")).isTrue();
        stage.visitor.get(page.path + "?a=1");
        assertThat(page.asked()).isEqualTo(2);
        stage.visitor.get(page.path + "?a=1");
        assertThat(page.asked()).isEqualTo(2);
    }

    @ParameterizedTest(name = "{0} s")
    @DisplayName(
            "HARDENING E24: a wall clock that is set by an hour makes no page old, none immortal, and no Age negative")
    @CsvSource({"3600", "-3600"})
    void shouldAgeByTheSteadyClock(long step) throws Exception {
        try (Stage own = new Stage(Files.createTempDirectory("pagecache"), SamplePlan.bare())) {
            CachedPage before = new CachedPage(own).says("Cache-Control: max-age=600");
            before.get();
            own.proxy.wallOffset = Duration.ofSeconds(step);

            assertThat(before.after(10).get().header("Age")).isEqualTo("10");
            assertThat(before.after(589).isReused()).isTrue();
            assertThat(before.after(1).isReused()).isFalse();
        }
    }

    @ParameterizedTest(name = "Date: {0}")
    @DisplayName("HARDENING E24: an origin's Date from another world makes no page immortal and no Age negative")
    @CsvSource(
            delimiter = '^',
            value = {"{+86400}", "garbage", "Thu, 01 Jan 1970 00:00:00 GMT", "Fri, 31 Dec 9999 23:59:59 GMT"})
    void shouldNotBelieveEveryDate(String date) {
        CachedPage page = new CachedPage(stage).says("Cache-Control: max-age=60 || Date: " + date);
        page.get();

        String age = page.get().header("Age"); // none on what is not reused
        assertThat(age == null ? 0 : Long.parseLong(age)).isNotNegative();
        assertThat(page.after(60).isReused()).isFalse();
    }
}
