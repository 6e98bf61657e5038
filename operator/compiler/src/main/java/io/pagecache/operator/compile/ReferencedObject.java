package io.pagecache.operator.compile;

import io.pagecache.api.v1alpha1.OriginSpec;
import io.pagecache.api.v1alpha1.PageCachePolicySpec;
import io.pagecache.api.v1alpha1.PagesSpec;
import io.pagecache.api.v1alpha1.StoreSpec;
import io.pagecache.api.v1alpha1.ValueSources.KeyRef;
import io.pagecache.api.v1alpha1.ValueSources.MessagesSource;
import io.pagecache.api.v1alpha1.ValueSources.ObjectRef;
import io.pagecache.api.v1alpha1.ValueSources.VolumeFile;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Secret, ConfigMap or volume that a policy names and its proxies have mounted.
 *
 * @param field of the policy that names it
 * @param files that are read there: keys, or paths within a volume
 */
public record ReferencedObject(String field, Kind kind, String name, List<String> files) {

    /** What it is; {@link #toString} gives the name of the resource. */
    public enum Kind {
        SECRET("Secret", "secret"),
        CONFIG_MAP("ConfigMap", "configmap"),
        VOLUME_CLAIM("PersistentVolumeClaim", "claim");

        private final String text;
        private final String folder;

        Kind(String text, String folder) {
            this.text = text;
            this.folder = folder;
        }

        /** Under the proxy's directory of references. */
        public String folder() {
            return folder;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    public ReferencedObject {
        files = List.copyOf(files);
    }

    /** What the values of pages and their stores refer to, in the order of the policy. */
    public static List<ReferencedObject> ofPages(PageCachePolicySpec spec) {
        List<ReferencedObject> objects = new ArrayList<>();
        List<PagesSpec.Value> values = spec.pages().values();
        for (int i = 0; i < values.size(); i++) {
            ReferencedObject object = of(values.get(i), "spec.pages.values[" + i + "]", spec);
            if (object != null) {
                objects.add(object);
            }
        }
        List<StoreSpec> stores = spec.pages().stores();
        for (int i = 0; i < stores.size(); i++) {
            StoreSpec.Redis redis = stores.get(i).redis();
            ObjectRef secret = redis == null ? null : redis.credentialsSecretRef();
            if (secret != null) {
                objects.add(new ReferencedObject(
                        "spec.pages.stores[" + i + "].redis.credentialsSecretRef",
                        Kind.SECRET,
                        secret.name(),
                        List.of("password")));
            }
        }
        return objects;
    }

    /** All of them but certificates, of which the proxies tell. */
    public static List<ReferencedObject> of(PageCachePolicySpec spec) {
        List<ReferencedObject> objects = new ArrayList<>();
        OriginSpec.Tls tls = spec.origin().tls();
        String authorities = tls == null ? null : tls.caConfigMapName();
        if (authorities != null) {
            objects.add(new ReferencedObject(
                    "spec.origin.tls.caConfigMapName", Kind.CONFIG_MAP, authorities, List.of("ca.crt")));
        }
        objects.addAll(ofPages(spec));
        return objects;
    }

    private static @Nullable ReferencedObject of(PagesSpec.Value value, String at, PageCachePolicySpec spec) {
        KeyRef secret = value.cookie() == null ? null : value.cookie().secretRef();
        if (secret != null) {
            return new ReferencedObject(at + ".cookie.secretRef", Kind.SECRET, secret.name(), List.of(secret.key()));
        }
        VolumeFile database = value.geo() == null ? null : value.geo().database();
        if (database != null) {
            return new ReferencedObject(
                    at + ".geo.database", Kind.VOLUME_CLAIM, database.claimName(), List.of(database.path()));
        }
        MessagesSource messages = value.messages();
        if (messages != null) {
            return new ReferencedObject(
                    at + ".messages.configMapRef",
                    Kind.CONFIG_MAP,
                    messages.configMapRef().name(),
                    messages.languages().isEmpty() ? PlanCompiler.languages(spec) : messages.languages());
        }
        return null;
    }
}
