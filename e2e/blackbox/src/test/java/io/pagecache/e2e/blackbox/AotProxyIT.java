package io.pagecache.e2e.blackbox;

import org.junit.jupiter.api.BeforeAll;

/** The jar with the AOT cache that a run under load has left. */
class AotProxyIT extends ProxyBlackBox {
    @BeforeAll
    static void train() {
        AotTraining.refresh(ROOT);
    }

    @Override
    ProxyForm form() {
        return ProxyForm.aot(ROOT);
    }
}
