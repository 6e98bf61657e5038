package io.pagecache.e2e.demo;

import java.io.PrintStream;
import java.time.Duration;

/** Tells a story step by step: what is being shown, then what was seen and how long it took. */
final class Narrator {
    private final PrintStream out;
    private int steps;

    Narrator(PrintStream out) {
        this.out = out;
    }

    /** Runs one step; its result is what was seen. A failure is told with the step's name and thrown on. */
    void step(String title, Step step) throws Exception {
        steps++;
        out.printf("%2d. %s%n", steps, title);
        long start = System.nanoTime();
        try {
            String seen = step.run();
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            out.printf("    ok   %s (%d.%01d s)%n", seen, took.toSeconds(), took.toMillisPart() / 100);
        } catch (Exception | AssertionError e) {
            out.printf("    FAIL %s%n", e.getMessage());
            throw e;
        }
    }

    void say(String line) {
        out.println(line);
    }

    int steps() {
        return steps;
    }

    /** Does one thing and says in a few words what was seen. */
    @FunctionalInterface
    interface Step {
        String run() throws Exception;
    }
}
