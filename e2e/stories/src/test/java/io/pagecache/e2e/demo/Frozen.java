package io.pagecache.e2e.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A proxy's process that stands still (SIGSTOP) until this is closed: its connections stay, and nobody answers on them. */
final class Frozen implements AutoCloseable {
    private final List<Long> processes;

    private Frozen(List<Long> processes) {
        this.processes = processes;
    }

    /** @param pod whose container runs on this machine */
    static Frozen freeze(String pod) throws IOException, InterruptedException {
        List<Long> processes = ProcessHandle.allProcesses()
                .map(ProcessHandle::pid)
                .filter(pid -> isOf(pod, pid))
                .toList();
        assertThat(processes).as("processes of " + pod).isNotEmpty();
        for (long pid : processes) {
            signal("STOP", pid);
        }
        return new Frozen(processes);
    }

    private static boolean isOf(String pod, long pid) {
        try {
            String environment =
                    Files.readString(Path.of("/proc", Long.toString(pid), "environ"), StandardCharsets.ISO_8859_1);
            return environment.contains("PAGECACHE_POD_NAME=" + pod + '\0');
        } catch (IOException endedOrOfAnother) {
            return false;
        }
    }

    private static void signal(String signal, long pid) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start().waitFor();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        for (long pid : processes) {
            if (ProcessHandle.of(pid).isPresent()) {
                signal("CONT", pid);
            }
        }
    }
}
