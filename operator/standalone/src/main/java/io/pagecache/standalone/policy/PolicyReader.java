package io.pagecache.standalone.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pagecache.api.v1alpha1.Crds;
import io.pagecache.api.v1alpha1.PageCachePolicy;
import io.pagecache.operator.policy.PolicyChecks;
import io.pagecache.operator.policy.PurgeGrammar;
import io.pagecache.operator.policy.Verdict;
import io.pagecache.standalone.file.Position;
import io.pagecache.standalone.file.Problem;
import io.pagecache.standalone.file.YamlDocument;
import io.pagecache.standalone.file.YamlFile;
import io.pagecache.standalone.policy.ReadPolicy.Invalid;
import io.pagecache.standalone.policy.ReadPolicy.PurgeRequest;
import io.pagecache.standalone.policy.ReadPolicy.Valid;
import io.pagecache.standalone.schema.ResourceSchema;
import io.pagecache.standalone.schema.Violation;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a policy file as an API server and the operator would take it: YAML, schema, CEL rules, checks. */
public final class PolicyReader {
    private static final String KIND = "PageCachePolicy";
    private static final String API_VERSION = PageCachePolicy.GROUP + "/" + PageCachePolicy.VERSION;

    private final ResourceSchema schema = ResourceSchema.of(Crds.policy());
    private final PolicyChecks checks = PolicyChecks.standard();
    private final ObjectMapper json = new ObjectMapper();

    /** @param text of the file; documents of other kinds are passed over */
    public ReadPolicy read(String text) {
        return switch (YamlFile.of(text)) {
            case YamlFile.Unreadable(Problem problem) -> new Invalid(List.of(problem));
            case YamlFile.Readable(List<YamlDocument> documents) -> readOnlyPolicy(documents);
        };
    }

    private ReadPolicy readOnlyPolicy(List<YamlDocument> documents) {
        List<YamlDocument> policies = documents.stream()
                .filter(document -> document.text("kind").equals(KIND))
                .toList();
        if (policies.isEmpty()) {
            Position where =
                    documents.isEmpty() ? Position.START : documents.getFirst().positionOf("kind");
            return invalid(where, "kind", "there is no %s here: expected one document with kind: %1$s".formatted(KIND));
        }
        if (policies.size() > 1) {
            Position where = policies.get(1).positionOf("kind");
            return invalid(where, "kind", "this is the second %s: expected one in a file".formatted(KIND));
        }
        YamlDocument document = policies.getFirst();
        if (!document.text("apiVersion").equals(API_VERSION)) {
            return invalid(
                    document.positionOf("apiVersion"),
                    "apiVersion",
                    "'%s': expected %s".formatted(document.text("apiVersion"), API_VERSION));
        }
        return readDocument(document);
    }

    private static Invalid invalid(Position where, String path, String message) {
        return new Invalid(List.of(new Problem(where, path, message)));
    }

    private ReadPolicy readDocument(YamlDocument document) {
        ObjectNode resource = document.root().deepCopy();
        resource.remove("status");
        List<Violation> violations = schema.admit(resource);
        if (!violations.isEmpty()) {
            return new Invalid(violations.stream()
                    .map(found -> new Problem(document.positionOf(found.path()), found.path(), found.message()))
                    .sorted(Comparator.comparing(Problem::where))
                    .toList());
        }
        PageCachePolicy policy = toPolicy(resource);
        return switch (checks.check(policy.getSpec())) {
            case Verdict.Rejected(var reason, String path, String problem) ->
                invalid(document.positionOf(path), path, problem);
            case Verdict.Accepted() -> new Valid(policy, purgeOf(policy, document), document);
        };
    }

    private PageCachePolicy toPolicy(ObjectNode resource) {
        try {
            PageCachePolicy policy = json.treeToValue(resource, PageCachePolicy.class);
            if (policy.getMetadata().getNamespace() == null) {
                policy.getMetadata().setNamespace("default");
            }
            return policy;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the schema allows what the records refuse", e);
        }
    }

    private static Optional<PurgeRequest> purgeOf(PageCachePolicy policy, YamlDocument document) {
        Map<String, String> annotations = policy.getMetadata().getAnnotations();
        String value = annotations == null ? null : annotations.get(PageCachePolicy.PURGE_ANNOTATION);
        return Optional.ofNullable(value)
                .map(token ->
                        new PurgeRequest(token, PurgeGrammar.parse(token), document.positionOf(PurgeRequest.PATH)));
    }
}
