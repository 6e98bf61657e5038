package io.pagecache.operator.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.plan.PurgeMode;
import io.pagecache.plan.PurgeScope;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PurgeCallTest {

    @Test
    void shouldReadTheWordsOfTheAnnotation() {
        PurgeCall.Reading reading = PurgeCall.read(
                "web", "shop", new PurgeCall.Words("tag:article-42 soft\n", "release-7", "30s", "/news"));

        assertThat(reading).isInstanceOfSatisfying(PurgeCall.Understood.class, understood -> {
            assertThat(understood.call().what().scopes()).containsExactly(new PurgeScope.Tag("article-42"));
            assertThat(understood.call().what().mode()).isEqualTo(PurgeMode.SOFT);
            assertThat(understood.call().patience()).isEqualTo(Duration.ofSeconds(30));
            assertThat(understood.call().returnTo()).isEqualTo("/news");
        });
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, -, -, purge",
                "'', -, -, purge",
                "tag:a colour:red, -, -, purge",
                "all, -, soon, wait",
                "all, -, 61s, wait",
                "all, 'a b', -, Idempotency-Key",
                "all, '', -, Idempotency-Key"
            })
    void shouldSayWhatItDoesNotUnderstand(
            @Nullable String purge, @Nullable String key, @Nullable String wait, String field) {
        PurgeCall.Reading reading = PurgeCall.read("web", "shop", new PurgeCall.Words(purge, key, wait, null));

        assertThat(reading).isInstanceOfSatisfying(PurgeCall.Misunderstood.class, misunderstood -> {
            assertThat(misunderstood.answer().field()).isEqualTo(field);
            assertThat(misunderstood.answer().why()).isEqualTo(Outcome.INVALID);
        });
    }
}
