package io.pagecache.e2e.pod;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceFieldSelector;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.InetAddress;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The downward API: what a container may learn about its own pod. */
record PodFields(Pod pod, InetAddress podIp, InetAddress hostIp) {
    private static final Pattern SUBSCRIPT = Pattern.compile("metadata\\.(labels|annotations)\\['([^']+)']");
    /** What a container without a limit is told: the memory and processors of a node of middling size. */
    private static final Map<String, Quantity> NODE = Map.of("memory", new Quantity("4Gi"), "cpu", new Quantity("4"));

    String field(String path) throws StartBlocked {
        Matcher subscript = SUBSCRIPT.matcher(path);
        if (subscript.matches()) {
            return mapOf(subscript.group(1)).getOrDefault(subscript.group(2), "");
        }
        return switch (path) {
            case "metadata.name" -> pod.getMetadata().getName();
            case "metadata.namespace" -> pod.getMetadata().getNamespace();
            case "metadata.uid" -> pod.getMetadata().getUid();
            case "metadata.labels" -> lines(mapOf("labels"));
            case "metadata.annotations" -> lines(mapOf("annotations"));
            case "spec.nodeName" -> pod.getSpec().getNodeName();
            case "spec.serviceAccountName" -> pod.getSpec().getServiceAccountName();
            case "status.podIP", "status.podIPs" -> podIp.getHostAddress();
            case "status.hostIP", "status.hostIPs" -> hostIp.getHostAddress();
            default -> throw new StartBlocked("CreateContainerConfigError", "unknown fieldPath " + path);
        };
    }

    /** A resource of a container in units of the divisor, rounded up. */
    String resource(Container container, ResourceFieldSelector selector) throws StartBlocked {
        String[] path = selector.getResource().split("\\.", 2);
        if (path.length != 2) {
            throw new StartBlocked("CreateContainerConfigError", "unknown resource " + selector.getResource());
        }
        Map<String, Quantity> declared = container.getResources() == null
                ? Map.of()
                : path[0].equals("limits")
                        ? container.getResources().getLimits()
                        : container.getResources().getRequests();
        Quantity quantity = declared == null ? null : declared.get(path[1]);
        if (quantity == null) {
            quantity = path[0].equals("limits") ? NODE.getOrDefault(path[1], new Quantity("0")) : new Quantity("0");
        }
        BigDecimal divisor =
                selector.getDivisor() == null ? BigDecimal.ZERO : Quantity.getAmountInBytes(selector.getDivisor());
        return Quantity.getAmountInBytes(quantity)
                .divide(divisor.signum() == 0 ? BigDecimal.ONE : divisor, 0, RoundingMode.CEILING)
                .toPlainString();
    }

    private Map<String, String> mapOf(String name) {
        Map<String, String> found = name.equals("labels")
                ? pod.getMetadata().getLabels()
                : pod.getMetadata().getAnnotations();
        return found == null ? Map.of() : found;
    }

    private static String lines(Map<String, String> map) {
        return new TreeMap<>(map)
                .entrySet().stream()
                        .map(entry -> entry.getKey() + "=\"" + escape(entry.getValue()) + "\"")
                        .collect(Collectors.joining("\n"));
    }

    private static String escape(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
