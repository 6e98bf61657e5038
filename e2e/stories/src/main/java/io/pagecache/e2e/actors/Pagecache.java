package io.pagecache.e2e.actors;

import io.pagecache.e2e.process.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The command line that people use without a cluster. */
public final class Pagecache {
    public static final Path ROOT =
            Path.of(System.getProperty("pagecache.root", ".")).toAbsolutePath().normalize();

    private Pagecache() {}

    /** Runs what {@code ./pagecache} runs; what it says goes to a file in the folder. */
    public static ChildProcess start(Path folder, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dpagecache.proxy.jar=" + ROOT.resolve("dataplane/proxy/target/quarkus-app/quarkus-run.jar"),
                "-cp",
                ROOT.resolve("operator/standalone/target/standalone") + "/*",
                "io.pagecache.standalone.Main"));
        command.addAll(List.of(arguments));
        return ChildProcess.start(
                "pagecache-" + arguments[0],
                command,
                Map.of("PATH", System.getenv("PATH")),
                folder.resolve(arguments[0] + "-" + freePort() + ".log"));
    }

    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
