package io.pagecache.operator.desired;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.pagecache.api.v1alpha1.ProxySpec;

/** The readers' way in. It has the data port only: the management port is never behind a Service. */
public final class ProxyService {
    private ProxyService() {}

    public static Service desired(PolicyContext context) {
        PolicyChildren children = context.children();
        ProxySpec.ServiceTemplate template = context.proxy().service();
        ServiceBuilder service = new ServiceBuilder()
                .withMetadata(children.metadata(children.name())
                        .withAnnotations(template.annotations())
                        .build())
                .withNewSpec()
                .withType(typeName(template.type()))
                .withSelector(children.selector())
                .addNewPort()
                .withName("http")
                .withProtocol("TCP")
                .withPort(template.port())
                .withTargetPort(new IntOrString(ProxyContainer.HTTP_PORT_NAME))
                .endPort()
                .endSpec();
        if (context.files().hasCertificates()) {
            addTls(service, template);
        }
        return service.build();
    }

    private static void addTls(ServiceBuilder service, ProxySpec.ServiceTemplate template) {
        service.editSpec()
                .addNewPort()
                .withName("https")
                .withProtocol("TCP")
                .withPort(template.httpsPort())
                .withTargetPort(new IntOrString(ProxyContainer.HTTPS_PORT_NAME))
                .endPort()
                .endSpec();
    }

    private static String typeName(ProxySpec.ServiceType type) {
        return switch (type) {
            case CLUSTER_IP -> "ClusterIP";
            case NODE_PORT -> "NodePort";
            case LOAD_BALANCER -> "LoadBalancer";
        };
    }
}
