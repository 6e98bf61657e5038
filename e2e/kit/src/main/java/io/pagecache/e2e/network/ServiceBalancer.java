package io.pagecache.e2e.network;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One Service's address: what kube-proxy does, in turn over the ready pods, or to the one backend outside of them. */
final class ServiceBalancer implements AutoCloseable {
    private final InetAddress address;
    private final Supplier<List<Pod>> podsOfNamespace;
    private final Optional<InetSocketAddress> outside;
    private final Map<Integer, TcpForwarder> forwarders = new HashMap<>();
    private final AtomicInteger turn = new AtomicInteger();
    private volatile Service service;

    ServiceBalancer(
            Service service,
            InetAddress address,
            Supplier<List<Pod>> podsOfNamespace,
            Optional<InetSocketAddress> outside) {
        this.service = service;
        this.address = address;
        this.podsOfNamespace = podsOfNamespace;
        this.outside = outside;
        update(service);
    }

    InetAddress address() {
        return address;
    }

    /** Opens and closes ports as the Service now says. */
    synchronized void update(Service current) {
        service = current;
        List<Integer> wanted = current.getSpec().getPorts().stream()
                .filter(port -> port.getProtocol() == null || port.getProtocol().equals("TCP"))
                .map(ServicePort::getPort)
                .toList();
        forwarders.entrySet().removeIf(entry -> {
            boolean gone = !wanted.contains(entry.getKey());
            if (gone) {
                entry.getValue().stopListening();
            }
            return gone;
        });
        for (int port : wanted) {
            forwarders.computeIfAbsent(
                    port, _ -> TcpForwarder.listen(address, port, () -> outside.or(() -> backendOf(port))));
        }
    }

    synchronized Optional<InetSocketAddress> listener(int port) {
        return Optional.ofNullable(forwarders.get(port)).map(TcpForwarder::address);
    }

    boolean isHeadless() {
        return "None".equals(service.getSpec().getClusterIP());
    }

    /** The pods that the Service sends traffic to, oldest name first. */
    List<Pod> endpoints() {
        Map<String, String> selector = service.getSpec().getSelector();
        if (selector == null || selector.isEmpty()) {
            return List.of();
        }
        boolean unready = Boolean.TRUE.equals(service.getSpec().getPublishNotReadyAddresses());
        return podsOfNamespace.get().stream()
                .filter(pod -> carries(pod, selector) && pod.getStatus().getPodIP() != null)
                .filter(pod -> unready || isReady(pod))
                .sorted(Comparator.comparing(pod -> pod.getMetadata().getName()))
                .toList();
    }

    private static boolean carries(Pod pod, Map<String, String> selector) {
        Map<String, String> labels = pod.getMetadata().getLabels();
        return labels != null && labels.entrySet().containsAll(selector.entrySet());
    }

    private static boolean isReady(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() == null
                && pod.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Ready")
                                && condition.getStatus().equals("True"));
    }

    private Optional<InetSocketAddress> backendOf(int port) {
        IntOrString target = service.getSpec().getPorts().stream()
                .filter(candidate -> candidate.getPort() == port)
                .map(candidate -> candidate.getTargetPort() == null ? new IntOrString(port) : candidate.getTargetPort())
                .findFirst()
                .orElseGet(() -> new IntOrString(port));
        List<InetSocketAddress> candidates = endpoints().stream()
                .flatMap(pod -> socketOf(pod, target).stream())
                .toList();
        return candidates.isEmpty()
                ? Optional.empty()
                : Optional.of(candidates.get(Math.floorMod(turn.getAndIncrement(), candidates.size())));
    }

    private static Optional<InetSocketAddress> socketOf(Pod pod, IntOrString target) {
        Integer number = target.getIntVal() != null ? target.getIntVal() : namedPort(pod, target.getStrVal());
        return Optional.ofNullable(number)
                .map(port -> new InetSocketAddress(pod.getStatus().getPodIP(), port));
    }

    private static @Nullable Integer namedPort(Pod pod, String name) {
        return pod.getSpec().getContainers().stream()
                .flatMap(container -> container.getPorts() == null ? Stream.empty() : container.getPorts().stream())
                .filter(port -> name.equals(port.getName()))
                .map(port -> port.getContainerPort())
                .findFirst()
                .orElse(null);
    }

    /** The Service is gone: new connections are refused, established ones run on. */
    synchronized void retire() {
        forwarders.values().forEach(TcpForwarder::stopListening);
    }

    @Override
    public synchronized void close() {
        forwarders.values().forEach(TcpForwarder::close);
        forwarders.clear();
    }
}
