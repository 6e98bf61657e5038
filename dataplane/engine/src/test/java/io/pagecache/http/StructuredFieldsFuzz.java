package io.pagecache.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.util.List;
import java.util.Map;

/** F13: a dictionary stays one with another member, and what is none does not become one. */
class StructuredFieldsFuzz {

    @FuzzTest
    @DictionaryEntries({
        "a=1",
        "a=?1",
        "a=(1 2);b",
        "a=\\x22x\\x5C\\x22\\x22",
        "a=:YQ==:",
        "a=@1",
        "a=%\\x22%c3\\x22",
        ", ",
        ";p=",
        "*t"
    })
    void shouldTakeOneMoreMember(@NotNull String text) {
        Map<String, Object> alone = StructuredDictionary.parse(List.of(text));
        Map<String, Object> more = StructuredDictionary.parse(List.of(text, "zz=7"));

        if (text.isBlank()) {
            return;
        }
        assertThat(more == null).isEqualTo(alone == null);
        if (alone != null && more != null) {
            assertThat(more).containsEntry("zz", 7L).containsKeys(alone.keySet().toArray(new String[0]));
        }
    }
}
