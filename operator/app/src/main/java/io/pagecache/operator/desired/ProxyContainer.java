package io.pagecache.operator.desired;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.pagecache.api.v1alpha1.ProxySpec;
import io.pagecache.operator.policy.ProxyMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The one container of a proxy pod. */
final class ProxyContainer {
    static final String HTTP_PORT_NAME = "http";
    static final String PLAN_VOLUME = "plan";
    static final String MANAGEMENT_VOLUME = "management";
    static final String TMP_VOLUME = "tmp";
    static final String TLS_VOLUME = "tls";
    static final String ORIGIN_VOLUME = "origin";
    static final String HTTPS_PORT_NAME = "https";

    /** Time for every node to take a leaving pod out of its Service before the process hears of it. */
    static final long PRE_STOP_SECONDS = 5;

    private static final int HTTP_PORT = 8080;
    private static final int HTTPS_PORT = 8443;
    private static final int MANAGEMENT_PORT = 9000;
    private static final String MANAGEMENT_PORT_NAME = "management";
    private static final String PLAN_DIR = "/etc/pagecache/plan";
    private static final String TLS_DIR = "/etc/pagecache/tls";
    private static final String ORIGIN_DIR = "/etc/pagecache/origin";
    private static final String MANAGEMENT_DIR = "/etc/pagecache/management";

    private ProxyContainer() {}

    static Container desired(PolicyContext context) {
        return new ContainerBuilder()
                .withName("proxy")
                .withImage(context.image())
                .withImagePullPolicy(context.runtime().pullPolicy())
                .withArgs(arguments(context))
                .withEnv(environment(context))
                .withPorts(ports(context))
                .withResources(resources(context))
                .withStartupProbe(probe("started", 1, 120))
                .withReadinessProbe(probe("ready", 2, 2))
                .withLivenessProbe(probe("live", 10, 3))
                .withNewLifecycle()
                .withNewPreStop()
                .withNewSleep(PRE_STOP_SECONDS)
                .endPreStop()
                .endLifecycle()
                .withNewSecurityContext()
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .endSecurityContext()
                .withVolumeMounts(mounts(context))
                .build();
    }

    /** A native executable knows no JAVA_TOOL_OPTIONS. */
    private static List<String> arguments(PolicyContext context) {
        return switch (context.form()) {
            case JVM -> List.of();
            case NATIVE -> List.of(context.shape().memory().heapOption());
        };
    }

    private static List<EnvVar> environment(PolicyContext context) {
        List<EnvVar> variables = new ArrayList<>(List.of(
                fromPod("PAGECACHE_POD_NAME", "metadata.name"),
                value("PAGECACHE_HTTP_PORT", String.valueOf(HTTP_PORT)),
                value("PAGECACHE_MANAGEMENT_PORT", String.valueOf(MANAGEMENT_PORT)),
                value("PAGECACHE_PLAN_DIR", PLAN_DIR),
                value("PAGECACHE_MANAGEMENT_TOKEN_FILE", MANAGEMENT_DIR + "/" + PolicyChildren.TOKEN_KEY),
                value("PAGECACHE_DRAIN_LIMIT", context.runtime().drain().toSeconds() + "s")));
        if (context.form() == ProxySpec.ProxyForm.JVM) {
            variables.add(value("JAVA_TOOL_OPTIONS", javaOptions(context)));
        }
        if (!context.references().areNone()) {
            variables.add(value("PAGECACHE_REFERENCES_DIR", ReferencedObjects.DIRECTORY));
        }
        PodFiles files = context.files();
        if (files.hasCertificates()) {
            variables.add(value("PAGECACHE_TLS_DIR", TLS_DIR));
            variables.add(value("PAGECACHE_TLS_PORT", String.valueOf(HTTPS_PORT)));
        }
        if (files.originAuthorities() != null) {
            variables.add(value("PAGECACHE_ORIGIN_CA_FILE", ORIGIN_DIR + "/" + PodFiles.AUTHORITIES_KEY));
        }
        return variables;
    }

    private static String javaOptions(PolicyContext context) {
        ProxyMemory memory = context.shape().memory();
        long limit = Quantity.getAmountInBytes(resources(context).getLimits().get("memory"))
                .longValue();
        String derived = memory.heapOption() + " " + memory.buffersOption(limit);
        String configured = context.runtime().javaOptions();
        return configured.isBlank() ? derived : derived + " " + configured.strip();
    }

    private static ResourceRequirements resources(PolicyContext context) {
        Quantity memory = new Quantity(context.shape().memory().containerQuantity());
        Map<String, Quantity> requests = new TreeMap<>(Map.of("cpu", new Quantity("100m"), "memory", memory));
        Map<String, Quantity> limits = new TreeMap<>(Map.of("memory", memory));
        // A request above its limit is refused; Kubernetes takes the limit where a request is left out.
        requests.keySet().removeAll(context.proxy().resources().limits().keySet());
        requests.putAll(context.proxy().resources().requests());
        limits.merge("memory", requests.getOrDefault("memory", memory), ProxyContainer::greater);
        limits.putAll(context.proxy().resources().limits());
        return new ResourceRequirementsBuilder()
                .withRequests(requests)
                .withLimits(limits)
                .build();
    }

    private static Quantity greater(Quantity one, Quantity other) {
        return Quantity.getAmountInBytes(one).compareTo(Quantity.getAmountInBytes(other)) >= 0 ? one : other;
    }

    private static Probe probe(String name, int periodSeconds, int failureThreshold) {
        return new ProbeBuilder()
                .withNewHttpGet()
                .withPath("/q/health/" + name)
                .withPort(new IntOrString(MANAGEMENT_PORT_NAME))
                .withScheme("HTTP")
                .endHttpGet()
                .withPeriodSeconds(periodSeconds)
                .withFailureThreshold(failureThreshold)
                .withTimeoutSeconds(2)
                .build();
    }

    private static List<ContainerPort> ports(PolicyContext context) {
        List<ContainerPort> ports =
                new ArrayList<>(List.of(port(HTTP_PORT_NAME, HTTP_PORT), port(MANAGEMENT_PORT_NAME, MANAGEMENT_PORT)));
        if (context.files().hasCertificates()) {
            ports.add(port(HTTPS_PORT_NAME, HTTPS_PORT));
        }
        return ports;
    }

    private static List<VolumeMount> mounts(PolicyContext context) {
        List<VolumeMount> mounts = new ArrayList<>(List.of(
                readOnly(PLAN_VOLUME, PLAN_DIR),
                readOnly(MANAGEMENT_VOLUME, MANAGEMENT_DIR),
                new VolumeMountBuilder()
                        .withName(TMP_VOLUME)
                        .withMountPath("/tmp")
                        .build()));
        mounts.addAll(context.references().mounts());
        if (context.files().hasCertificates()) {
            mounts.add(readOnly(TLS_VOLUME, TLS_DIR));
        }
        if (context.files().originAuthorities() != null) {
            mounts.add(readOnly(ORIGIN_VOLUME, ORIGIN_DIR));
        }
        return mounts;
    }

    private static VolumeMount readOnly(String name, String path) {
        return new VolumeMountBuilder()
                .withName(name)
                .withMountPath(path)
                .withReadOnly(true)
                .build();
    }

    private static ContainerPort port(String name, int number) {
        return new ContainerPortBuilder()
                .withName(name)
                .withContainerPort(number)
                .withProtocol("TCP")
                .build();
    }

    private static EnvVar value(String name, String value) {
        return new EnvVarBuilder().withName(name).withValue(value).build();
    }

    private static EnvVar fromPod(String name, String fieldPath) {
        return new EnvVarBuilder()
                .withName(name)
                .withNewValueFrom()
                .withNewFieldRef()
                .withApiVersion("v1")
                .withFieldPath(fieldPath)
                .endFieldRef()
                .endValueFrom()
                .build();
    }
}
