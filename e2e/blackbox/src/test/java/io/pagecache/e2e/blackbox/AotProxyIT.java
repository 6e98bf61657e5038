package io.pagecache.e2e.blackbox;

/** The jar with the AOT cache that a run under load has left; it is trained where there is none of this jar yet. */
class AotProxyIT extends ProxyBlackBox {
    @Override
    ProxyForm form() {
        AotTraining.refresh(Stage.ROOT);
        return ProxyForm.aot(Stage.ROOT);
    }
}
