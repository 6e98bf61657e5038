package io.pagecache.e2e.demo;

import java.util.List;

/** {@code ./pagecache demo [--check]}. */
public final class Demo {
    private Demo() {}

    public static void main(String[] arguments) {
        List<String> words = List.of(arguments);
        if (!words.isEmpty() && !words.equals(List.of("--check"))) {
            System.err.println("demo takes nothing or --check, not " + words);
            System.exit(2);
        }
        Narrator narrator = new Narrator(System.out);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> narrator.interrupted("\nEnding the demo …"), "demo-interrupted"));
        int exitCode = run(!words.isEmpty(), narrator);
        narrator.finish();
        System.exit(exitCode);
    }

    private static int run(boolean check, Narrator narrator) {
        try (Installation installation = Installation.start()) {
            Story story = new Story(installation, narrator);
            if (check) {
                story.tell();
                narrator.say("All " + narrator.steps() + " steps passed.");
            } else {
                story.setUp();
                narrator.say(installation.invitation());
                Thread.currentThread().join();
            }
            return 0;
        } catch (InterruptedException e) {
            return 130;
        } catch (Exception | AssertionError | LinkageError e) {
            if (!narrator.isInterrupted()) {
                System.err.println("The demo stopped: " + e.getMessage());
            }
            return 1;
        }
    }
}
