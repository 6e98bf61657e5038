package io.pagecache.api.v1alpha1;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.ValidationRule;
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

/** A page cache in front of one web application. */
@Group(PageCachePolicy.GROUP)
@Version(PageCachePolicy.VERSION)
@Kind("PageCachePolicy")
@Singular("pagecachepolicy")
@Plural("pagecachepolicies")
@ShortNames("pcp")
@Categories("pagecache")
@AdditionalPrinterColumn(name = "Ready", jsonPath = ".status.conditions[?(@.type=='Ready')].status")
@AdditionalPrinterColumn(name = "Proxies", jsonPath = ".status.proxies.summary")
@AdditionalPrinterColumn(name = "Hit Ratio", jsonPath = ".status.stats.hitRatio")
@AdditionalPrinterColumn(name = "Offload", jsonPath = ".status.stats.originOffload")
@AdditionalPrinterColumn(
        name = "Objects",
        jsonPath = ".status.stats.objects",
        type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(name = "Revision", jsonPath = ".status.revision", priority = 1)
@AdditionalPrinterColumn(name = "Last Purge", jsonPath = ".status.purge.state", priority = 1)
@AdditionalPrinterColumn(name = "Reason", jsonPath = ".status.conditions[?(@.type=='Ready')].reason", priority = 1)
@ValidationRule(
        value = "self.metadata.name.matches('^[a-z]([-a-z0-9]{0,51}[a-z0-9])?$')",
        message = "metadata.name must be a DNS label of at most 53 characters, because the Service of its proxies is"
                + " called <metadata.name>-pagecache")
public class PageCachePolicy extends CustomResource<PageCachePolicySpec, PageCachePolicyStatus> implements Namespaced {
    @Serial
    private static final long serialVersionUID = 1L;

    public static final String GROUP = "pagecache.io";
    public static final String VERSION = "v1alpha1";

    /** Annotation whose new value cuts over or forgets an author: {@code cut-over}, {@code forget:ID}, {@code @anything}. */
    public static final String AUTHORS_ANNOTATION = "pagecache.io/authors";

    /** Annotation whose every new value is a purge; its grammar is {@code PurgeGrammar}'s. */
    public static final String PURGE_ANNOTATION = "pagecache.io/purge";

    /** Annotation whose every new value begins a warm-up; a value that begins with {@code cancel} ends the one under way. */
    public static final String WARM_UP_ANNOTATION = "pagecache.io/warm-up";
}
