package io.pagecache.e2e.process;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Small programs of the system, used when they are there. */
public final class Tool {
    private static final int SECONDS = 10;

    private Tool() {}

    /** Runs a short command and tells whether it succeeded; a missing program is an ordinary "no". */
    public static boolean works(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            if (process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                return process.exitValue() == 0;
            }
            process.destroyForcibly();
            return false;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
