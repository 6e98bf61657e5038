package io.pagecache.operator.desired;

import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import io.fabric8.kubernetes.api.model.VolumeProjectionBuilder;
import io.pagecache.api.v1alpha1.OriginSpec;
import io.pagecache.api.v1alpha1.ProxySpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Objects of the user's that a pod has as files, so that neither the operator nor the plan ever sees a key. None of them has to
 * exist when the pod starts: their files are taken up when they appear, and again when they change.
 *
 * @param certificates names of Secrets, the one for clients that name no site first
 * @param originAuthorities name of a ConfigMap, or null
 */
record PodFiles(List<String> certificates, @Nullable String originAuthorities) {
    static final String AUTHORITIES_KEY = "ca.crt";

    private static final int OWNER_AND_GROUP_READ = 0440;

    PodFiles {
        certificates = List.copyOf(certificates);
    }

    static PodFiles of(ProxySpec proxy, OriginSpec origin) {
        return new PodFiles(
                proxy.tls() == null ? List.of() : proxy.tls().allSecretNames(),
                origin.tls() == null ? null : origin.tls().caConfigMapName());
    }

    boolean hasCertificates() {
        return !certificates.isEmpty();
    }

    List<Volume> volumes() {
        List<Volume> volumes = new ArrayList<>();
        if (hasCertificates()) {
            volumes.add(new VolumeBuilder()
                    .withName(ProxyContainer.TLS_VOLUME)
                    .withNewProjected()
                    .withDefaultMode(OWNER_AND_GROUP_READ)
                    .withSources(certificateFolders())
                    .endProjected()
                    .build());
        }
        if (originAuthorities != null) {
            volumes.add(new VolumeBuilder()
                    .withName(ProxyContainer.ORIGIN_VOLUME)
                    .withNewConfigMap()
                    .withName(originAuthorities)
                    .withOptional(true)
                    .endConfigMap()
                    .build());
        }
        return volumes;
    }

    /** The proxy takes them in the order of their folders' names. */
    private List<VolumeProjection> certificateFolders() {
        List<VolumeProjection> folders = new ArrayList<>();
        for (int i = 0; i < certificates.size(); i++) {
            String folder = "%02d-%s".formatted(i, certificates.get(i));
            folders.add(new VolumeProjectionBuilder()
                    .withNewSecret()
                    .withName(certificates.get(i))
                    .withOptional(true)
                    .addNewItem()
                    .withKey("tls.crt")
                    .withPath(folder + "/tls.crt")
                    .endItem()
                    .addNewItem()
                    .withKey("tls.key")
                    .withPath(folder + "/tls.key")
                    .endItem()
                    .endSecret()
                    .build());
        }
        return folders;
    }
}
