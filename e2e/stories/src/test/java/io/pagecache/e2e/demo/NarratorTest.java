package io.pagecache.e2e.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class NarratorTest {
    private final ByteArrayOutputStream told = new ByteArrayOutputStream();
    private final Narrator narrator = new Narrator(new PrintStream(told, true, StandardCharsets.UTF_8));

    @Test
    void shouldTellWhatWasSeen() throws Exception {
        narrator.step("a step", () -> "something");

        assertThat(told.toString(StandardCharsets.UTF_8))
                .contains(" 1. a step")
                .contains("ok   something")
                .doesNotContain("FAIL");
    }

    @Test
    void shouldPutTheTimeBeforeATable() throws Exception {
        narrator.step("a step", () -> "a table\nNAME $1");

        assertThat(told.toString(StandardCharsets.UTF_8)).containsPattern("ok   a table \\(\\d+\\.\\d s\\)\nNAME \\$1");
    }

    @Test
    void shouldTellAFailureAndPassItOn() {
        assertThatThrownBy(() -> narrator.step("a step", () -> fail("broken"))).hasMessage("broken");

        assertThat(told.toString(StandardCharsets.UTF_8)).contains("FAIL broken");
    }

    @Test
    void shouldNotTellWhatFailsBecauseOfTheInterrupt() {
        narrator.interrupted("Ending.");

        assertThatThrownBy(() -> narrator.step("a step", () -> fail("kubectl was ended")))
                .hasMessage("kubectl was ended");

        assertThat(told.toString(StandardCharsets.UTF_8)).contains("Ending.").doesNotContain("FAIL");
    }

    @Test
    void shouldHaveNoLastWordsAfterItsEnd() {
        narrator.finish();

        narrator.interrupted("Ending.");

        assertThat(told.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    private static String fail(String message) {
        throw new AssertionError(message);
    }
}
