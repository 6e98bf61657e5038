package io.pagecache.proxy;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** What a proxy process is told from outside; how it caches comes with the plan. */
@ConfigMapping(prefix = "pagecache")
public interface ProxyConfig {

    Http http();

    Tls tls();

    OriginFiles origin();

    Plan plan();

    Management management();

    References references();

    Drain drain();

    Authors authors();

    SelfWarmUp selfWarmUp();

    /** Name of the pod, for logs and metrics. */
    Optional<String> podName();

    /** The data port. */
    interface Http {
        /** Address to bind. */
        @WithDefault("0.0.0.0")
        String host();

        /** 0 to 65535; 0 takes any free port. */
        @WithDefault("8080")
        int port();

        /** A connection on which nothing moves for this long is closed. */
        @WithDefault("75s")
        Duration idleTimeout();
    }

    /** The data port behind TLS; there is one only where certificates are. */
    interface Tls {
        /** Directory with a folder for each certificate, with {@code tls.crt} and {@code tls.key}; read again when they change. */
        Optional<Path> dir();

        /** 0 to 65535; 0 takes any free port. */
        @WithDefault("8443")
        int port();
    }

    /** Files about the origin. */
    interface OriginFiles {
        /** Certificates of the authorities that an origin with {@code ownAuthorities} is judged by; read again when it changes. */
        Optional<Path> caFile();
    }

    interface Plan {
        /** Directory with {@code plan.json} and {@code purges.json}. */
        @WithDefault("/etc/pagecache/plan")
        Path dir();

        /** How often the directory is looked at. */
        @WithDefault("1s")
        Duration pollInterval();
    }

    /** The management port: health, metrics and {@code /v1}. */
    interface Management {
        @WithDefault("0.0.0.0")
        String host();

        @WithDefault("9000")
        int port();

        /** File with the bearer token that {@code /v1} asks for; read again when it changes. */
        @WithDefault("/etc/pagecache/management/token")
        Path tokenFile();
    }

    /** Secrets, ConfigMaps and volumes that the policy refers to. */
    interface References {
        /** Directory with {@code secret/NAME/KEY}, {@code configmap/NAME/KEY} and {@code claim/NAME/PATH}. */
        @WithDefault("/etc/pagecache/references")
        Path dir();
    }

    interface Authors {
        /** How long after its time a cut-over is left to the operator; then the proxy cuts over by itself. */
        @WithDefault("60s")
        Duration grace();
    }

    /** What a JVM does before it is ready, so that the first visitors find hot code. */
    interface SelfWarmUp {
        /** Longest time it may take; 0 leaves it out. A native executable has no need of it. */
        @WithDefault("1s")
        Duration limit();
    }

    /** How the process leaves. */
    interface Drain {
        /** From not-ready to the first refusal of new work: what the cluster needs to take the pod out of its Services. */
        @WithDefault("5s")
        Duration delay();

        /** Longest wait for requests under way. */
        @WithDefault("30s")
        Duration limit();
    }
}
