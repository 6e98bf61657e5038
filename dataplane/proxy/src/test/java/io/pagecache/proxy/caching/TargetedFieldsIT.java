package io.pagecache.proxy.caching;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.proxy.actors.Visitor.Received;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("RFC 9213 on the wire: CDN-Cache-Control")
class TargetedFieldsIT extends BareStage {
    @ParameterizedTest(name = "{0} after {1} s: {2}")
    @DisplayName("2.2: the targeted field counts alone; one that is malformed does not count")
    @CsvSource(delimiter = '^', textBlock = """
            CDN-Cache-Control: max-age=3600                                                   ^ 60   ^ true
            CDN-Cache-Control: max-age=3600                                                   ^ 3601 ^ false
            CDN-Cache-Control: max-age=0 || Cache-Control: max-age=3600                       ^ 0    ^ false
            CDN-Cache-Control: max-age=1 || Cache-Control: max-age=3600                       ^ 2    ^ false
            CDN-Cache-Control: max-age=3600 || Cache-Control: max-age=1                       ^ 60   ^ true
            CDN-Cache-Control: max-age=3600 || Cache-Control: no-store                        ^ 60   ^ true
            CDN-Cache-Control: max-age=3600 || Cache-Control: no-cache                        ^ 60   ^ true
            CDN-Cache-Control: max-age=3600 || Cache-Control: private                         ^ 60   ^ true
            CDN-Cache-Control: no-store || Cache-Control: max-age=3600                        ^ 0    ^ false
            CDN-Cache-Control: no-cache || Cache-Control: max-age=3600                        ^ 0    ^ false
            CDN-Cache-Control: private || Cache-Control: max-age=3600                         ^ 0    ^ false
            CDN-Cache-Control: max-age=3600 || Expires: {-60}                                 ^ 60   ^ true
            CDN-Cache-Control: max-age=3600 || Expires: 0                                     ^ 60   ^ true
            CDN-Cache-Control: max-age=3600 || Age: 3601                                      ^ 0    ^ false
            CDN-Cache-Control: max-age=3600, foobar                                           ^ 60   ^ true
            CDN-Cache-Control: max-age=3600;x=y, foobar=?0                                    ^ 60   ^ true
            CDN-Cache-Control: foobar=1 || CDN-Cache-Control: max-age=3600                    ^ 60   ^ true
            CDN-Cache-Control: MAX-AGE=3600 || Cache-Control: max-age=1                       ^ 2    ^ false
            CDN-Cache-Control: max-age="3600" || Cache-Control: max-age=1                     ^ 2    ^ false
            CDN-Cache-Control: max-age=3600,, || Cache-Control: max-age=1                     ^ 2    ^ false
            CDN-Cache-Control: max-age=3600, no-store=?0 || Cache-Control: max-age=1          ^ 60   ^ true
            CDN-Cache-Control: &&& || Cache-Control: max-age=1                                ^ 2    ^ false
            CDN-Cache-Control: &&& || Cache-Control: max-age=3600                             ^ 60   ^ true
            """)
    void shouldFollowTheTargetedField(String answer, long later, boolean reused) {
        CachedPage page = new CachedPage(stage).says(answer);
        page.get();

        assertThat(page.after(later).isReused()).isEqualTo(reused);
    }

    @Test
    @DisplayName("3.1: the field ends here, Cache-Control goes on to browsers")
    void shouldNotShowTheTargetedField() {
        CachedPage page = new CachedPage(stage).says("CDN-Cache-Control: max-age=3600 || Cache-Control: no-cache");
        page.get();

        Received stored = page.get();

        assertThat(stored.headers().contains("CDN-Cache-Control")).isFalse();
        assertThat(stored.header("Cache-Control")).isEqualTo("no-cache");
    }
}
