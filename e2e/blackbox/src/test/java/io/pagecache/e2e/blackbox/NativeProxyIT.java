package io.pagecache.e2e.blackbox;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The native executable. Runs where the build has made one; then a missing one is a failure. */
@EnabledIfSystemProperty(
        named = "pagecache.native.built",
        matches = "true",
        disabledReason = "no GraalVM to build the native executable with; ./pagecache test native says what to install")
@Tag("seed:W33")
class NativeProxyIT extends ProxyBlackBox {
    @Override
    ProxyForm form() {
        return ProxyForm.nativeExecutable(Stage.ROOT);
    }
}
