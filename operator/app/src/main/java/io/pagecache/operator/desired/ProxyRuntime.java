package io.pagecache.operator.desired;

import io.pagecache.api.v1alpha1.ProxySpec;
import io.pagecache.operator.config.OperatorConfig;
import java.time.Duration;
import java.util.List;

/**
 * What the operator's configuration says about proxy pods.
 *
 * @param form unless a policy says otherwise
 * @param image of the form on a JVM
 * @param javaOptions appended to the options that follow from the policy; may be empty
 * @param drain time for open requests after SIGTERM
 */
public record ProxyRuntime(
        ProxySpec.ProxyForm form,
        String image,
        String nativeImage,
        String pullPolicy,
        List<String> imagePullSecrets,
        String javaOptions,
        Duration drain) {
    public ProxyRuntime {
        imagePullSecrets = List.copyOf(imagePullSecrets);
    }

    public static ProxyRuntime of(OperatorConfig.Proxy config) {
        return new ProxyRuntime(
                switch (config.form()) {
                    case JVM -> ProxySpec.ProxyForm.JVM;
                    case NATIVE -> ProxySpec.ProxyForm.NATIVE;
                },
                config.image(),
                config.nativeImage(),
                config.pullPolicy().toString(),
                config.imagePullSecrets().orElse(List.of()),
                config.javaOptions().orElse(""),
                config.drain());
    }
}
