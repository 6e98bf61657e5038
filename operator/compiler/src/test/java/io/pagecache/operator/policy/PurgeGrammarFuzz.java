package io.pagecache.operator.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;

/** F13: any annotation is either a purge within bounds, or is refused with the place of the mistake. */
class PurgeGrammarFuzz {

    @FuzzTest
    @DictionaryEntries({
        "all",
        "url:/",
        "prefix:/",
        "regex:/a{2}",
        "tag:x",
        "older-than:1h30m",
        "soft",
        "hard",
        "@",
        " ",
        "(a{9}){9}"
    })
    void shouldReadOrRefuse(@NotNull String annotation) {
        switch (PurgeGrammar.parse(annotation)) {
            case PurgeGrammar.Parsed(var scopes, var mode) ->
                assertThat(scopes).isNotEmpty().hasSizeLessThanOrEqualTo(PurgeGrammar.MOST_SCOPES);
            case PurgeGrammar.Rejected(var column, var message) -> {
                assertThat(column).isBetween(1, annotation.length() + 1);
                assertThat(message).isNotBlank();
            }
        }
    }
}
