package io.pagecache.operator.desired;

import io.fabric8.kubernetes.api.model.Quantity;
import io.pagecache.api.v1alpha1.ProxySpec;
import io.pagecache.operator.policy.ProxyMemory;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * The part of a policy and of the operator's configuration that a running pod cannot take up: when it changes, the pods are
 * rolled. Everything else is a hot swap that keeps the cache.
 */
record PodShape(
        ProxyRuntime runtime,
        ProxySpec.ProxyForm form,
        ProxyMemory memory,
        ProxySpec.Resources resources,
        ProxySpec.PodTemplate template,
        ReferencedObjects references,
        PodFiles files) {
    /** On the pod template; equal hashes mean that no pod has to be replaced. */
    static final String HASH_ANNOTATION = "pagecache.io/pod-shape";

    private static final int HASH_LENGTH = 16;

    static PodShape of(PolicyContext context) {
        ProxySpec proxy = context.proxy();
        return new PodShape(
                context.runtime(),
                context.form(),
                ProxyMemory.forCache(context.plan().cacheBytes()),
                proxy.resources(),
                proxy.podTemplate(),
                context.references(),
                context.files());
    }

    /** Stable between JVMs: maps are put in order first. */
    String hash() {
        String canonical = String.join(
                "\n",
                runtime.toString(),
                form.toString(),
                memory.toString(),
                inOrder(resources.requests()),
                inOrder(resources.limits()),
                new TreeMap<>(template.labels()).toString(),
                new TreeMap<>(template.annotations()).toString(),
                new TreeMap<>(template.nodeSelector()).toString(),
                template.tolerations().toString());
        canonical = references.areNone() ? canonical : canonical + "\n" + references.folders();
        canonical = files.volumes().isEmpty() ? canonical : canonical + "\n" + files;
        return HexFormat.of()
                .formatHex(sha256().digest(canonical.getBytes(StandardCharsets.UTF_8)))
                .substring(0, HASH_LENGTH);
    }

    private static String inOrder(Map<String, Quantity> quantities) {
        Map<String, String> texts = new TreeMap<>();
        quantities.forEach((name, quantity) -> texts.put(name, quantity.toString()));
        return texts.toString();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
