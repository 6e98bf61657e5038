package io.pagecache.operator.desired;

import io.pagecache.operator.config.OperatorConfig;
import java.time.Duration;
import java.util.List;

/**
 * What the operator's configuration says about proxy pods.
 *
 * @param javaOptions appended to the options that follow from the policy; may be empty
 * @param drain time for open requests after SIGTERM
 */
public record ProxyRuntime(
        String image, String pullPolicy, List<String> imagePullSecrets, String javaOptions, Duration drain) {
    public ProxyRuntime {
        imagePullSecrets = List.copyOf(imagePullSecrets);
    }

    public static ProxyRuntime of(OperatorConfig.Proxy config) {
        return new ProxyRuntime(
                config.image(),
                config.pullPolicy().toString(),
                config.imagePullSecrets().orElse(List.of()),
                config.javaOptions().orElse(""),
                config.drain());
    }
}
