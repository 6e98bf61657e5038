package io.pagecache.operator.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** All settings of the operator; each is also an environment variable ({@code PAGECACHE_OPERATOR_NAMESPACES} …). */
@ConfigMapping(prefix = "pagecache.operator")
public interface OperatorConfig {

    /** Namespaces whose policies are served; empty means all, which needs the rights of a ClusterRole. */
    Optional<Set<String>> namespaces();

    Proxy proxy();

    LeaderElection leaderElection();

    Passes passes();

    Management management();

    Purges purges();

    Hooks hooks();

    Statistics statistics();

    /** What every proxy pod is made of. */
    interface Proxy {
        /** What pods run unless their policy says otherwise. */
        @WithDefault("jvm")
        Form form();

        /** Image of the proxy container on a JVM. */
        @WithDefault("pagecache-proxy:latest")
        String image();

        /** Image of the proxy container as a native executable. */
        @WithDefault("pagecache-proxy-native:latest")
        String nativeImage();

        @WithDefault("IfNotPresent")
        PullPolicy pullPolicy();

        /** Secrets in the policy's namespace with the registry's credentials. */
        Optional<List<String>> imagePullSecrets();

        /** Added after the operator's own options in {@code JAVA_TOOL_OPTIONS}; native executables get none of them. */
        Optional<String> javaOptions();

        /** Time for open requests after SIGTERM; the pod's grace period is this plus the {@code preStop} pause. */
        @WithDefault("30s")
        Duration drain();
    }

    /** Forms of the proxy. */
    enum Form {
        JVM,
        NATIVE
    }

    /** As Kubernetes spells it. */
    enum PullPolicy {
        ALWAYS("Always"),
        IF_NOT_PRESENT("IfNotPresent"),
        NEVER("Never");

        private final String text;

        PullPolicy(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** Only the leader writes; the others hold warm caches. */
    interface LeaderElection {
        @WithDefault("true")
        boolean enabled();

        @WithDefault("pagecache-operator")
        String leaseName();

        /** Namespace of the Lease; by default the one the operator runs in. */
        Optional<String> namespace();

        /** Name of this replica in the Lease and in Events; by default the host's. */
        Optional<String> identity();
    }

    /** How often a policy is looked at without an event. */
    interface Passes {
        /** The level-triggered pass over everything. */
        @WithDefault("30s")
        Duration resync();

        /** The next look while something is on its way: a rollout, an unacknowledged purge. */
        @WithDefault("1s")
        Duration quick();
    }

    /** Calls to the proxies' management port. */
    interface Management {
        @WithDefault("1s")
        Duration connectTimeout();

        /** For one whole exchange. */
        @WithDefault("3s")
        Duration requestTimeout();
    }

    /** When a purge counts as failed. */
    interface Purges {
        /** From the order to the last acknowledgement; the order itself stays in force beyond it. */
        @WithDefault("5m")
        Duration deadline();

        /** Purges by HTTP that one replica takes; twice as many may come at once. */
        @WithDefault("50")
        int httpPerSecond();
    }

    /** Calls of policies' hooks. */
    interface Hooks {
        /**
         * Hosts that hooks may lead to; one that begins with a dot stands for all names below it. By default every host by https, and
         * the Services of a policy's own namespace.
         */
        Optional<Set<String>> hosts();

        /** Tries before a call is given up. */
        @WithDefault("8")
        int attempts();

        /** Before the second try; twice as long before each further one, but no more than a minute. */
        @WithDefault("1s")
        Duration firstRetry();
    }

    /** The loop that sums the proxies' counters into {@code status.stats}. */
    interface Statistics {
        @WithDefault("15s")
        Duration interval();
    }
}
