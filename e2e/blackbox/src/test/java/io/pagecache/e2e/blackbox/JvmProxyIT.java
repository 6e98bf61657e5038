package io.pagecache.e2e.blackbox;

import org.junit.jupiter.api.Tag;

/** The jar, as it runs in the JVM image. */
@Tag("seed:W33")
class JvmProxyIT extends ProxyBlackBox {
    @Override
    ProxyForm form() {
        return ProxyForm.jvm(Stage.ROOT);
    }
}
