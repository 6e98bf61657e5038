package io.pagecache.key;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import io.pagecache.http.ClientAddress;
import io.pagecache.http.Cookies;
import io.pagecache.http.Headers;
import io.pagecache.http.PageRequest;
import io.pagecache.plan.Rule;
import io.pagecache.samples.SampleRequest;
import io.pagecache.samples.SampleRule;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** E3, F13: requests that differ in anything that is keyed never have the same key. */
class CacheKeyFuzz {
    private static final ClientAddress CLIENT = SampleRequest.get("/").client();
    private static final Rule RULE =
            SampleRule.rule().keyHeaders("x-one", "x-two").keyCookies("a", "b").build();

    /** What is keyed of a request, part by part. */
    record Parts(
            @NotNull String host,
            @NotNull String path,
            @Nullable String query,
            @Nullable String one,
            @Nullable String two,
            @Nullable String cookie) {

        PageRequest request() {
            Headers.Builder headers = Headers.builder();
            add(headers, "X-One", one);
            add(headers, "X-Two", two);
            add(headers, "Cookie", cookie);
            return new PageRequest("GET", "https", host, "/" + path, query, headers.build(), CLIENT, false);
        }

        private static void add(Headers.Builder headers, String name, @Nullable String value) {
            if (value != null) {
                headers.add(name, value);
            }
        }

        List<@Nullable String> keyed() {
            Headers headers = request().headers();
            return Arrays.asList(host, path, query, one, two, Cookies.value(headers, "a"), Cookies.value(headers, "b"));
        }
    }

    @FuzzTest
    @DictionaryEntries({"]", "[header x-two=", "1:", "-]", "[cookie b=-]", "a=", "; b=", "?"})
    void shouldNotCollide(@NotNull Parts some, @NotNull Parts others) {
        KeyBuilder keys = new KeyBuilder();

        boolean same = keys.keyFor(some.request(), RULE).equals(keys.keyFor(others.request(), RULE));

        assertThat(same).isEqualTo(some.keyed().equals(others.keyed()));
        PageRequest moved = new Parts(some.host, some.path, some.query, some.two, some.one, some.cookie).request();
        assertThat(keys.keyFor(some.request(), RULE).equals(keys.keyFor(moved, RULE)))
                .isEqualTo(java.util.Objects.equals(some.one, some.two));
    }
}
