package io.pagecache.api.v1alpha1;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;
import java.io.Serial;

/** One purge, for pipelines: {@code kubectl wait --for=condition=Complete}. */
@Group(PageCachePolicy.GROUP)
@Version(PageCachePolicy.VERSION)
@Kind("PageCachePurge")
@Singular("pagecachepurge")
@Plural("pagecachepurges")
@ShortNames("pcpurge")
@Categories("pagecache")
@AdditionalPrinterColumn(name = "Policy", jsonPath = ".spec.policyRef.name")
@AdditionalPrinterColumn(name = "Complete", jsonPath = ".status.conditions[?(@.type=='Complete')].status")
@AdditionalPrinterColumn(name = "Failed", jsonPath = ".status.conditions[?(@.type=='Failed')].status", priority = 1)
@AdditionalPrinterColumn(name = "Entries", jsonPath = ".status.entries", type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
public class PageCachePurge extends CustomResource<PageCachePurgeSpec, PageCachePurgeStatus> implements Namespaced {
    @Serial
    private static final long serialVersionUID = 1L;
}
