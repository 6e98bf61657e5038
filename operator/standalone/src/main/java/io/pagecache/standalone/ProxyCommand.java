package io.pagecache.standalone;

import java.nio.file.Path;
import java.util.List;

/** How the proxy is started: PAGECACHE_PROXY_COMMAND, or this Java with the jar of {@code -Dpagecache.proxy.jar}. */
final class ProxyCommand {
    private ProxyCommand() {}

    static List<String> fromEnvironment() {
        String command = System.getenv("PAGECACHE_PROXY_COMMAND");
        if (command != null && !command.isBlank()) {
            return List.of(command.strip().split("\\s+"));
        }
        String jar = System.getProperty("pagecache.proxy.jar", "dataplane/proxy/target/quarkus-app/quarkus-run.jar");
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+UseSerialGC",
                "-jar",
                jar);
    }
}
