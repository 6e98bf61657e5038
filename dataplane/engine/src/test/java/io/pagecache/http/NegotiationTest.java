package io.pagecache.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("RFC 9110 section 12.5: negotiation")
@Tag("seed:T11")
class NegotiationTest {

    @ParameterizedTest(name = "{0} → {1}")
    @DisplayName("12.5.3: gzip goes only to who takes it, and not to who prefers identity")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        -                              | IDENTITY
        ''                             | IDENTITY
        gzip                           | GZIP
        GZIP                           | GZIP
        x-gzip                         | GZIP
        gzip, deflate, br              | GZIP
        br                             | IDENTITY
        *                              | GZIP
        *;q=0                          | IDENTITY
        *;q=0, gzip                    | GZIP
        gzip;q=0                       | IDENTITY
        gzip;q=0.000                   | IDENTITY
        gzip;q=0.001                   | GZIP
        gzip;q=0.5, identity           | IDENTITY
        gzip;q=0.5, identity;q=0.4     | GZIP
        gzip;q=0.5, identity;q=0.5     | GZIP
        identity;q=0, gzip             | GZIP
        identity;q=0                   | IDENTITY
        identity;q=0, *                | GZIP
        gzip ; q=1.0                   | GZIP
        gzip;q=2                       | IDENTITY
        gzip;q=-1                      | IDENTITY
        gzip;q=                        | IDENTITY
        gzip;q=0.1234                  | IDENTITY
        gzip;q=0, gzip                 | IDENTITY
        gzipped                        | IDENTITY
        ,,gzip,,                       | GZIP
        gzip;foo=bar;q=0               | IDENTITY
        """)
    void shouldChooseCoding(String field, ContentCoding coding) {
        Headers headers = field == null ? Headers.EMPTY : Headers.of("Accept-Encoding", field);

        assertThat(AcceptEncoding.of(headers).choose(true)).isEqualTo(coding);
    }

    @Test
    @DisplayName("12.1: where there is only identity, everybody gets it")
    void shouldSendIdentityWhenThereIsNothingElse() {
        assertThat(AcceptEncoding.of(Headers.of("Accept-Encoding", "gzip, identity;q=0"))
                        .choose(false))
                .isEqualTo(ContentCoding.IDENTITY);
    }

    @ParameterizedTest(name = "{0} → {1}")
    @DisplayName("RFC 4647 section 3.4: look-up by shortening; the first language is the fallback (seed T9, T11)")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        -                           | en
        ''                          | en
        *                           | en
        de                          | de
        DE                          | de
        de-CH                       | de
        de-CH-1996                  | de
        de-x-private                | de
        fr-CA, fr;q=0.8, de;q=0.9   | fr-CA
        fr-BE                       | en
        fr-CA-u-co-phonebk          | fr-CA
        it, de;q=0.1                | de
        it, de;q=0                  | en
        de;q=0.5, fr-CA             | fr-CA
        de;q=0.5, fr-CA;q=0.5       | de
        d                           | en
        -                           | en
        zh-Hant-TW                  | zh-Hant
        de;q=nonsense, fr-CA;q=0.1  | fr-CA
        """)
    void shouldLookLanguageUp(String field, String language) {
        Headers headers = field == null ? Headers.EMPTY : Headers.of("Accept-Language", field);

        assertThat(AcceptLanguage.lookup(headers, List.of("en", "de", "fr-CA", "zh-Hant")))
                .isEqualTo(language);
    }
}
