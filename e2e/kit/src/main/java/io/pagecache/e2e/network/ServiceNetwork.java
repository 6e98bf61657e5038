package io.pagecache.e2e.network;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** All Services of the cluster: a {@link ServiceBalancer} each, and what their names mean. */
public final class ServiceNetwork implements AutoCloseable, NameTable {
    private static final String CLUSTER_DOMAIN = ".svc.cluster.local";

    private final AddressPool addresses;
    private final Map<String, ServiceBalancer> balancers = new ConcurrentHashMap<>();
    private final InetSocketAddress apiServer;
    private final SharedIndexInformer<Pod> pods;
    private final SharedIndexInformer<Service> services;
    private final Consumer<NameTable> namesChanged;

    /** Starts at once; the listener hears of everything that may have changed a name's meaning. */
    public ServiceNetwork(KubernetesClient client, AddressPool addresses, Consumer<NameTable> namesChanged) {
        this.addresses = addresses;
        this.namesChanged = namesChanged;
        URI server = URI.create(client.getConfiguration().getMasterUrl());
        this.apiServer = new InetSocketAddress(server.getHost(), server.getPort());
        this.pods = client.pods().inAnyNamespace().inform(new Changes<>(_ -> changed(), _ -> changed()));
        this.services = client.services().inAnyNamespace().inform(new Changes<>(this::apply, this::remove));
    }

    private void changed() {
        namesChanged.accept(this);
    }

    private void apply(Service service) {
        if ("ExternalName".equals(service.getSpec().getType())) {
            return;
        }
        String namespace = service.getMetadata().getNamespace();
        balancers.compute(Cache.metaNamespaceKeyFunc(service), (_, known) -> {
            if (known != null) {
                known.update(service);
                return known;
            }
            return new ServiceBalancer(
                    service,
                    addresses.lease(),
                    () -> pods.getIndexer().byIndex(Cache.NAMESPACE_INDEX, namespace),
                    isApiServer(service) ? Optional.of(apiServer) : Optional.empty());
        });
        changed();
    }

    private static boolean isApiServer(Service service) {
        return Cache.metaNamespaceKeyFunc(service).equals("default/kubernetes");
    }

    private void remove(Service service) {
        ServiceBalancer gone = balancers.remove(Cache.metaNamespaceKeyFunc(service));
        if (gone != null) {
            gone.retire();
            addresses.release(gone.address());
            changed();
        }
    }

    /** Where a Service's port is answered, once its balancer listens. */
    public Optional<InetSocketAddress> listener(String namespace, String service, int port) {
        return Optional.ofNullable(balancers.get(namespace + "/" + service)).flatMap(found -> found.listener(port));
    }

    @Override
    public Optional<List<InetAddress>> addressesOf(String fullName) {
        if (!fullName.endsWith(CLUSTER_DOMAIN)) {
            return Optional.empty();
        }
        String[] labels = fullName.substring(0, fullName.length() - CLUSTER_DOMAIN.length())
                .split("\\.", -1);
        return switch (labels.length) {
            case 2 -> Optional.of(serviceAddresses(labels[1], labels[0]));
            case 3 -> Optional.of(podAddresses(labels[2], labels[1], labels[0]));
            default -> Optional.of(List.of());
        };
    }

    private List<InetAddress> serviceAddresses(String namespace, String service) {
        ServiceBalancer balancer = balancers.get(namespace + "/" + service);
        if (balancer == null) {
            return List.of();
        }
        return balancer.isHeadless()
                ? balancer.endpoints().stream().map(ServiceNetwork::addressOf).toList()
                : List.of(balancer.address());
    }

    private List<InetAddress> podAddresses(String namespace, String service, String hostname) {
        ServiceBalancer balancer = balancers.get(namespace + "/" + service);
        if (balancer == null) {
            return List.of();
        }
        return balancer.endpoints().stream()
                .filter(pod -> hostname.equals(pod.getSpec().getHostname()))
                .map(ServiceNetwork::addressOf)
                .toList();
    }

    private static InetAddress addressOf(Pod pod) {
        return InetAddress.ofLiteral(pod.getStatus().getPodIP());
    }

    @Override
    public Map<String, List<InetAddress>> all() {
        Map<String, List<InetAddress>> names = new TreeMap<>();
        for (String key : balancers.keySet()) {
            String[] parts = key.split("/", -1);
            names.put(parts[1] + "." + parts[0], serviceAddresses(parts[0], parts[1]));
        }
        return names;
    }

    @Override
    public void close() {
        services.close();
        pods.close();
        balancers.values().forEach(ServiceBalancer::close);
    }

    /** An informer's three events as two. */
    private record Changes<T>(Consumer<T> present, Consumer<T> gone) implements ResourceEventHandler<T> {
        @Override
        public void onAdd(T added) {
            present.accept(added);
        }

        @Override
        public void onUpdate(T before, T after) {
            present.accept(after);
        }

        @Override
        public void onDelete(T deleted, boolean finalStateUnknown) {
            gone.accept(deleted);
        }
    }
}
