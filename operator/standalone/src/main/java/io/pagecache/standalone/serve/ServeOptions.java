package io.pagecache.standalone.serve;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param file the policy
 * @param listen where the proxy takes requests
 * @param management where the proxy is asked for its state
 * @param backends where the policy's Services are
 * @param references where the policy's Secrets, ConfigMaps and volumes are
 * @param tls certificate to serve, or null: clear text only
 * @param proxyCommand starts the proxy; it reads its settings from the environment
 */
public record ServeOptions(
        Path file,
        Address listen,
        Address management,
        LocalBackends backends,
        LocalReferences references,
        @Nullable TlsFiles tls,
        List<String> proxyCommand) {
    public ServeOptions {
        proxyCommand = List.copyOf(proxyCommand);
    }
}
