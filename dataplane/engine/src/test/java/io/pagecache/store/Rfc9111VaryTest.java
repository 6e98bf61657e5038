package io.pagecache.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.http.Headers;
import io.pagecache.key.CacheKey;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("RFC 9111 section 4.1: calculating cache keys with the Vary header field")
@Tag("seed:T9")
@Tag("seed:T24")
class Rfc9111VaryTest {
    private final ManualTime time = new ManualTime();
    private final PageStore store =
            new PageStore(new StoreBudget(1 << 20), new BoundedCaches(Runnable::run, time), time);

    @ParameterizedTest(name = "{0}: \"{1}\" selects what \"{2}\" stored: {3}")
    @CsvSource(textBlock = """
            accept-language, 'de',            'de',              true
            accept-language, 'de',            'DE',              true
            accept-language, 'de, en;q=0.5',  'de,en; q=0.5',    true
            accept-language, 'de , en',       '  de,en ',        true
            accept-language, 'de, en',        'en, de',          false
            accept-language, 'de;q=0.5, en',  'en, de; q=0.50',  true
            accept-language, 'de;q=1.0, en',  'de, en',          true
            accept-language, ', de,, en,',    'de, en',          true
            accept-language, 'de, en;q=0',    'en;q=0, de',      true
            accept-language, 'de, en;q=0.2',  'de, en;q=0.3',    false
            accept-language, 'de, en;q=0',    'de',              false
            accept-language, 'de, en;q=x',    'de, en;q=0',      false
            accept-language, 'de',            'en',              false
            accept-language, '',              'de',              false
            accept-language, '',              ,                  false
            accept-language, ,                ,                  true
            accept-language, 'de',            ,                  false
            accept,          'text/html',     'TEXT/html',       true
            accept,          'a/b;c=1;q=.4, d/e', 'd/e, a/b;c=1;q=.4', true
            accept,          'a/b;c=1;q=0.4, d/e', 'd/e, A/b; c=1;q=0.400', true
            accept,          'a/b;c=1, d/e',  'a/b;c=2, d/e',    false
            accept,          'a/b;x="Y Z"',   'a/b;x="y z"',     false
            x-theme,         'Dark',          ' Dark ',          true
            x-theme,         'Dark',          'dark',            false
            x-theme,         'a, b',          'a,b',             false
            cookie,          'a=1; b=2',      'a=1; b=2',        true
            cookie,          'a=1; b=2',      'a=1',             false
            """)
    void shouldSelectByMeaning(String field, String asked, String stored, boolean selected) {
        store.put(
                SamplePage.at("/a").vary(List.of(field), headers(field, stored)).build(), store.beginFetch());

        Lookup lookup = store.lookup(SamplePage.keyOf("/a"), () -> Headers.of(headers(field, asked)));

        assertThat(lookup).isInstanceOf(selected ? Lookup.Found.class : Lookup.VariantMiss.class);
    }

    private static String[] headers(String name, String value) {
        return value == null ? new String[0] : new String[] {name, value};
    }

    @Test
    @DisplayName("several lines of a field are one list (RFC 9110 section 5.3)")
    void shouldJoinLines() {
        put("/a", "Accept-Language", "de", "Accept-Language", "en");

        assertThat(lookup("/a", "Accept-Language", "de, en")).isInstanceOf(Lookup.Found.class);
        assertThat(lookup("/a", "Accept-Language", "de")).isEqualTo(new Lookup.VariantMiss());
    }

    @Test
    void shouldKeepVariantsSideBySide() {
        StoredPage german = put("/a", "Accept-Language", "de");
        StoredPage english = put("/a", "Accept-Language", "en");

        assertThat(lookup("/a", "Accept-Language", "de")).isEqualTo(new Lookup.Found(german, null));
        assertThat(lookup("/a", "Accept-Language", "en")).isEqualTo(new Lookup.Found(english, null));
        assertThat(store.stats().objects()).isEqualTo(2);
    }

    @Test
    @DisplayName("values of two fields cannot run into each other")
    void shouldKeepFieldsApart() {
        List<String> fields = List.of("x-a", "x-b");
        store.put(SamplePage.at("/a").vary(fields, "X-A", "1", "X-B", "2").build(), store.beginFetch());

        assertThat(lookup("/a", "X-A", "1", "X-B", "2")).isInstanceOf(Lookup.Found.class);
        assertThat(lookup("/a", "X-A", "1=2")).isEqualTo(new Lookup.VariantMiss());
        assertThat(lookup("/a", "X-A", "2", "X-B", "1")).isEqualTo(new Lookup.VariantMiss());
    }

    @Test
    @DisplayName("once a Vary is known, fetches of different variants are not shared")
    void shouldShareFetchesOfOneVariantOnly() {
        CacheKey key = SamplePage.keyOf("/a");
        CacheKey before = store.sharingKey(key, () -> Headers.of("X-Theme", "dark"));
        put("/a", "X-Theme", "dark");

        CacheKey dark = store.sharingKey(key, () -> Headers.of("X-Theme", "dark"));
        CacheKey light = store.sharingKey(key, () -> Headers.of("X-Theme", "light"));

        assertThat(before).isEqualTo(key);
        assertThat(dark).isNotEqualTo(light).isEqualTo(store.sharingKey(key, () -> Headers.of("X-Theme", " dark")));
    }

    @Test
    void shouldReplaceVariantsWhenVaryChanges() {
        put("/a", "Accept-Language", "de");
        StoredPage plain = SamplePage.at("/a").tags("t").build();

        store.put(plain, store.beginFetch());

        assertThat(lookup("/a", "Accept-Language", "de")).isEqualTo(new Lookup.Found(plain, null));
        assertThat(store.stats().objects()).isEqualTo(1);
        store.invalidate(SamplePage.keyOf("/a").base());
        assertThat(store.hasEmptyIndexes()).isTrue();
    }

    @Test
    @DisplayName("Accept-Encoding selects nothing: both codings are stored together")
    void shouldServeAnyCodingFromOnePage() {
        List<String> fields = List.of("accept-encoding", "accept-language");
        StoredPage page = SamplePage.at("/a")
                .vary(fields, "Accept-Encoding", "gzip", "Accept-Language", "de")
                .build();
        store.put(page, store.beginFetch());

        assertThat(lookup("/a", "Accept-Language", "de")).isEqualTo(new Lookup.Found(page, null));
        assertThat(lookup("/a", "Accept-Encoding", "br", "Accept-Language", "de"))
                .isInstanceOf(Lookup.Found.class);
        assertThat(lookup("/a", "Accept-Encoding", "gzip")).isEqualTo(new Lookup.VariantMiss());
    }

    @Test
    @DisplayName("a coding this cache cannot undo is only for those who asked alike")
    void shouldSelectForeignCodingByAcceptEncoding() {
        store.put(
                SamplePage.at("/a")
                        .headers("Content-Encoding", "br")
                        .vary(List.of("accept-encoding"), "Accept-Encoding", "br, gzip")
                        .build(),
                store.beginFetch());

        assertThat(lookup("/a", "Accept-Encoding", "BR,gzip")).isInstanceOf(Lookup.Found.class);
        assertThat(lookup("/a", "Accept-Encoding", "gzip")).isEqualTo(new Lookup.VariantMiss());
    }

    @Test
    @DisplayName("HARDENING D10: a URL at its cap gives up the variant that was asked for longest ago")
    void shouldGiveUpTheVariantUsedLongestAgo() {
        for (int i = 0; i < VariantIndex.MAX_VARIANTS; i++) {
            put("/a", "X", "v" + i);
        }
        time.advance(Duration.ofSeconds(1));
        for (int i = 0; i < VariantIndex.MAX_VARIANTS; i++) {
            if (i != 7) {
                lookup("/a", "X", "v" + i);
            }
        }

        put("/a", "X", "one more");

        assertThat(store.stats().objects()).isEqualTo(VariantIndex.MAX_VARIANTS);
        assertThat(lookup("/a", "X", "one more")).isInstanceOf(Lookup.Found.class);
        assertThat(lookup("/a", "X", "v7")).isEqualTo(new Lookup.VariantMiss());
        assertThat(lookup("/a", "X", "v8")).isInstanceOf(Lookup.Found.class);
    }

    @Test
    @DisplayName("HARDENING D10: ten thousand variants leave as many as the cap")
    void shouldStayAtTheCap() {
        for (int i = 0; i < 10_000; i++) {
            put("/a", "X", "v" + i);
        }

        assertThat(store.stats().objects()).isEqualTo(VariantIndex.MAX_VARIANTS);
        assertThat(lookup("/a", "X", "v9999")).isInstanceOf(Lookup.Found.class);
    }

    private StoredPage put(String path, String... request) {
        StoredPage page = page(path, request);
        assertThat(store.put(page, store.beginFetch()).isStored()).isTrue();
        return page;
    }

    private static StoredPage page(String path, String... request) {
        return SamplePage.at(path)
                .vary(List.of(request[0].toLowerCase(java.util.Locale.ROOT)), request)
                .build();
    }

    private Lookup lookup(String path, String... request) {
        return store.lookup(SamplePage.keyOf(path), () -> Headers.of(request));
    }
}
