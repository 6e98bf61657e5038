package io.pagecache.standalone.serve;

import java.nio.file.Path;
import java.util.List;

/**
 * @param file the policy
 * @param listen where the proxy takes requests
 * @param management where the proxy is asked for its state
 * @param backends where the policy's Services are
 * @param proxyCommand starts the proxy; it reads its settings from the environment
 */
public record ServeOptions(
        Path file, Address listen, Address management, LocalBackends backends, List<String> proxyCommand) {
    public ServeOptions {
        proxyCommand = List.copyOf(proxyCommand);
    }
}
