package io.pagecache.e2e.blackbox;

/** The jar, as it runs in the JVM image. */
class JvmProxyIT extends ProxyBlackBox {
    @Override
    ProxyForm form() {
        return ProxyForm.jvm(ROOT);
    }
}
