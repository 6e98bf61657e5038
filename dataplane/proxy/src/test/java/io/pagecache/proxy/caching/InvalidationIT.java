package io.pagecache.proxy.caching;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 9111 section 4.4 and RFC 9875 on the wire: invalidation")
class InvalidationIT extends BareStage {
    @ParameterizedTest(name = "{0} {1}")
    @DisplayName("4.4: an unsafe request that succeeds, of whatever method, invalidates its URL")
    @CsvSource({"POST, 200", "PUT, 204", "DELETE, 200", "PATCH, 200", "M-SEARCH, 200", "FOO, 201", "POST, 303"})
    void shouldInvalidateTheTarget(String method, int status) {
        CachedPage page = new CachedPage(stage).says("Cache-Control: max-age=3600");
        page.get();
        page.says(status, "Cache-Control: no-store").sends(method);
        page.says("Cache-Control: max-age=3600");

        assertThat(page.isReused()).isFalse();
    }

    @ParameterizedTest(name = "{0} {1}")
    @DisplayName("4.4: a safe method or an error invalidates nothing")
    @CsvSource({"POST, 400", "POST, 500", "OPTIONS, 200"})
    void shouldNotInvalidateOtherwise(String method, int status) {
        CachedPage page = new CachedPage(stage).says("Cache-Control: max-age=3600");
        page.get();
        page.says(status, "Cache-Control: no-store").sends(method);

        assertThat(page.isReused()).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("4.4: Location and Content-Location of the same origin are invalidated too")
    @ValueSource(strings = {"Location", "Content-Location"})
    void shouldInvalidateWhatIsNamed(String field) {
        CachedPage named = new CachedPage(stage).says("Cache-Control: max-age=3600");
        CachedPage posted = new CachedPage(stage);
        named.get();

        posted.says(201, field + ": http://other.example" + named.path).sends("POST");
        assertThat(named.isReused()).isTrue();
        posted.says(201, field + ": " + named.path).sends("POST");
        assertThat(named.isReused()).isFalse();
    }

    @Test
    @DisplayName(
            "RFC 9875: an answer to an unsafe request invalidates its groups, on this origin only; both fields go on")
    void shouldInvalidateGroups() {
        CachedPage member =
                new CachedPage(stage).says("Cache-Control: max-age=3600 || Cache-Groups: \"news\", \"all\"");
        CachedPage stranger = new CachedPage(stage).says("Cache-Control: max-age=3600 || Cache-Groups: \"sports\"");
        CachedPage edited = new CachedPage(stage).says("Cache-Group-Invalidation: \"news\", \"x\"");
        assertThat(member.get().header("Cache-Groups")).isEqualTo("\"news\", \"all\"");
        member.get("Host", "other.example");
        stranger.get();

        edited.get();
        assertThat(member.isReused()).isTrue();
        assertThat(edited.sends("POST").header("Cache-Group-Invalidation")).isEqualTo("\"news\", \"x\"");

        assertThat(member.isReused("Host", "other.example")).isTrue();
        assertThat(stranger.isReused()).isTrue();
        assertThat(member.isReused()).isFalse();
    }

    @Test
    @DisplayName("RFC 9875 section 2: what is no list of strings invalidates nothing")
    void shouldIgnoreMalformedGroups() {
        CachedPage member = new CachedPage(stage).says("Cache-Control: max-age=3600 || Cache-Groups: \"news\"");
        member.get();
        new CachedPage(stage).says("Cache-Group-Invalidation: news").sends("POST");

        assertThat(member.isReused()).isTrue();
    }
}
