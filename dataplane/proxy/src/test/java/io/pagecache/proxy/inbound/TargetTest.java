package io.pagecache.proxy.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {

    @Test
    void shouldSplitPathAndQueryAtTheFirstQuestionMark() {
        assertThat(Target.parse("/a/..%2f//b?x=1?2&y", "GET")).isEqualTo(new Target(null, "/a/..%2f//b", "x=1?2&y"));
        assertThat(Target.parse("/a?", "GET")).isEqualTo(new Target(null, "/a", ""));
    }

    @Test
    void shouldTakeTheAuthorityOfAnAbsoluteForm() {
        assertThat(Target.parse("HTTP://Example.com:80/x?y", "GET")).isEqualTo(new Target("Example.com:80", "/x", "y"));
        assertThat(Target.parse("https://example.com", "GET")).isEqualTo(new Target("example.com", "/", null));
        assertThat(Target.parse("http://example.com?q", "GET")).isEqualTo(new Target("example.com", "/", "q"));
    }

    @Test
    void shouldTakeAnAsteriskWithOptionsOnly() {
        assertThat(Target.parse("*", "OPTIONS")).isEqualTo(new Target(null, "*", null));
        assertThat(Target.parse("*", "GET")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "/a b", "/a#b", "/a\u0000", "/\u00e4", "ftp://example.com/", "example.com:443"})
    void shouldRefuseAnythingElse(String uri) {
        assertThat(Target.parse(uri, "GET")).isNull();
    }
}
