package io.pagecache.operator.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.api.v1alpha1.PageCachePolicy;
import io.pagecache.operator.Policies;
import io.pagecache.operator.compile.ReferencedObject;
import io.pagecache.operator.compile.ResolvedPolicy;
import io.pagecache.operator.resolve.UnresolvedRef.Missing;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReferenceResolverTest {
    private static final PageCachePolicy SHOP = Policies.shop("""
            pages:
              values:
                - { name: account, cookie: { name: token, encoding: JWT, secretRef: { name: jwt, key: secret } } }
                - { name: msg, messages: { configMapRef: { name: texts }, languages: [en, de] } }
                - { name: place, geo: { database: { claimName: geo, path: country.mmdb } } }
                - { name: flash, entry: { store: sessions, key: "flash" } }
              stores:
                - { name: sessions, redis: { url: "redis://valkey:6379", credentialsSecretRef: { name: valkey } } }
            """);

    @Test
    void shouldNameEachObjectThatDoesNotExist() {
        List<UnresolvedRef> missing = unresolved(Map.of());

        assertThat(missing)
                .containsExactly(
                        new UnresolvedRef(Missing.ORIGIN, "Service web/shop does not exist."),
                        new UnresolvedRef(
                                Missing.SECRET,
                                "spec.pages.values[0].cookie.secretRef: Secret web/jwt does not exist."),
                        new UnresolvedRef(
                                Missing.CONFIG_MAP,
                                "spec.pages.values[1].messages.configMapRef: ConfigMap web/texts does not exist."),
                        new UnresolvedRef(
                                Missing.VOLUME_CLAIM,
                                "spec.pages.values[2].geo.database: PersistentVolumeClaim web/geo does not exist."),
                        new UnresolvedRef(
                                Missing.SECRET,
                                "spec.pages.stores[0].redis.credentialsSecretRef: Secret web/valkey does not exist."));
    }

    @Test
    void shouldNameEachKeyThatIsMissing() {
        List<UnresolvedRef> missing = unresolved(Map.of(
                "jwt", new FoundObject.Present(Set.of("Secret")),
                "texts", new FoundObject.Present(Set.of("en")),
                "geo", new FoundObject.Closed(),
                "valkey", new FoundObject.Forbidden()));

        assertThat(missing.stream().skip(1))
                .containsExactly(
                        new UnresolvedRef(
                                Missing.KEY,
                                "spec.pages.values[0].cookie.secretRef: Secret web/jwt has no key secret."),
                        new UnresolvedRef(
                                Missing.KEY,
                                "spec.pages.values[1].messages.configMapRef: ConfigMap web/texts has no key de."),
                        new UnresolvedRef(
                                Missing.PERMISSION,
                                "spec.pages.stores[0].redis.credentialsSecretRef: the operator may not get Secret web/valkey."));
    }

    private static List<UnresolvedRef> unresolved(Map<String, FoundObject> objects) {
        ResolvedPolicy resolved = ReferenceResolver.resolve(SHOP, name -> Optional.empty());
        return ReferenceResolver.unresolved(resolved, object -> found(objects, object));
    }

    private static FoundObject found(Map<String, FoundObject> objects, ReferencedObject object) {
        return objects.getOrDefault(object.name(), new FoundObject.Absent());
    }
}
