package io.pagecache.e2e.pod;

import java.time.Instant;

/** What a container is doing. */
sealed interface ContainerPhase {

    record Waiting(String reason, String message) implements ContainerPhase {}

    record Running(Instant startedAt) implements ContainerPhase {}

    record Terminated(int exitCode, Instant startedAt, Instant finishedAt) implements ContainerPhase {
        boolean succeeded() {
            return exitCode == 0;
        }

        String reason() {
            return succeeded() ? "Completed" : "Error";
        }
    }
}
