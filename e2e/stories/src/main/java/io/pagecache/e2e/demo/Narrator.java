package io.pagecache.e2e.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Tells a story step by step: what is being shown, then what was seen and how long it took. Once it is interrupted,
 * no failure is told any more: what fails then, fails because everything is being ended.
 */
final class Narrator {
    /** Ctrl-C reaches kubectl and Helm too, which may fail before this process hears of it. */
    private static final long AFTERTHOUGHT_MILLIS = 300;

    private final PrintStream out;
    private final CountDownLatch interrupted = new CountDownLatch(1);
    private int steps;
    private volatile boolean finished;

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
            String time = "(%d.%d s)".formatted(took.toSeconds(), took.toMillisPart() / 100);
            // Of several lines, the first one carries the time: the others may be a table.
            String line = seen.replaceFirst("(\n|$)", " " + time + "$1");
            out.println("    ok   " + line.strip());
        } catch (Exception | AssertionError e) {
            if (!isInterrupted()) {
                out.printf("    FAIL %s%n", e.getMessage());
            }
            throw e;
        }
    }

    /** Somebody ends the story; nothing happens when it is finished. */
    void interrupted(String lastWords) {
        if (!finished) {
            interrupted.countDown();
            out.println(lastWords);
        }
    }

    /** The story has come to its own end. */
    void finish() {
        finished = true;
    }

    /** Whether somebody ends the story, now or in a moment. */
    boolean isInterrupted() {
        try {
            return interrupted.await(AFTERTHOUGHT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    void say(String line) {
        out.println(line);
    }

    int steps() {
        return steps;
    }

    /** Does one thing and says in a few words what was seen; a table may follow on lines of its own. */
    @FunctionalInterface
    interface Step {
        String run() throws Exception;
    }
}
