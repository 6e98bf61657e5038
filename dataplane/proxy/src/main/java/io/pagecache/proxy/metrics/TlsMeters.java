package io.pagecache.proxy.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.pagecache.proxy.tls.CertificateFolder;
import io.pagecache.proxy.tls.TlsCounters;
import io.pagecache.proxy.tls.TlsCounters.Handshake;
import io.pagecache.proxy.tls.TlsDoor;

/** Handshakes and certificates, as Prometheus series. */
public final class TlsMeters {
    private TlsMeters() {}

    public static void register(MeterRegistry registry, TlsDoor door) {
        TlsCounters counters = door.counters();
        for (Handshake how : Handshake.values()) {
            FunctionCounter.builder("pagecache.tls.handshakes", counters, all -> all.handshakes(how))
                    .description("TLS handshakes by how they ended")
                    .tag("outcome", how.token())
                    .register(registry);
        }
        CertificateFolder folder = door.folder();
        FunctionCounter.builder("pagecache.certificate.changes", folder, CertificateFolder::loaded)
                .description("Certificates that changed, by what became of it")
                .tag("outcome", "served")
                .register(registry);
        FunctionCounter.builder("pagecache.certificate.changes", folder, CertificateFolder::refused)
                .description("Certificates that changed, by what became of it")
                .tag("outcome", "refused")
                .register(registry);
        Gauge.builder("pagecache.certificate.expiry.seconds", folder, CertificateFolder::firstExpirySeconds)
                .description("When the first of the certificates that are served ends, in seconds since the epoch")
                .register(registry);
    }
}
