package io.pagecache.e2e.pod;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A container's variables, and what {@code $(NAME)} means in its command line. Nothing leaks in from this JVM. */
final class ContainerEnvironment {
    private static final String POD_ADDRESS = "$(POD_IP)";
    private static final Pattern REFERENCE = Pattern.compile("\\$\\$|\\$\\(([A-Za-z_][A-Za-z0-9_.-]*)\\)");

    private final PodFields fields;
    private final ClusterObjects objects;
    private final Container container;
    private final Map<String, String> values = new LinkedHashMap<>();

    private ContainerEnvironment(PodFields fields, ClusterObjects objects, Container container) {
        this.fields = fields;
        this.objects = objects;
        this.container = container;
    }

    static ContainerEnvironment of(
            Container container, Map<String, String> image, PodFields fields, ClusterObjects objects)
            throws StartBlocked {
        ContainerEnvironment environment = new ContainerEnvironment(fields, objects, container);
        for (Map.Entry<String, String> variable : image.entrySet()) {
            String value = variable.getValue().replace(POD_ADDRESS, fields.field("status.podIP"));
            environment.values.put(variable.getKey(), value);
        }
        if (container.getEnvFrom() != null) {
            for (EnvFromSource source : container.getEnvFrom()) {
                environment.addAll(source);
            }
        }
        if (container.getEnv() != null) {
            for (EnvVar variable : container.getEnv()) {
                environment.add(variable);
            }
        }
        return environment;
    }

    Map<String, String> values() {
        return values;
    }

    List<String> expand(List<String> words) {
        return words.stream().map(this::expand).toList();
    }

    private String expand(String text) {
        return REFERENCE.matcher(text).replaceAll(found -> Matcher.quoteReplacement(meaningOf(found)));
    }

    private String meaningOf(MatchResult found) {
        String name = found.group(1);
        return name == null ? "$" : values.getOrDefault(name, found.group());
    }

    private void add(EnvVar variable) throws StartBlocked {
        if (variable.getValueFrom() == null) {
            values.put(variable.getName(), expand(variable.getValue() == null ? "" : variable.getValue()));
        } else {
            valueOf(variable.getValueFrom()).ifPresent(value -> values.put(variable.getName(), value));
        }
    }

    private Optional<String> valueOf(EnvVarSource source) throws StartBlocked {
        if (source.getFieldRef() != null) {
            return Optional.of(fields.field(source.getFieldRef().getFieldPath()));
        }
        if (source.getResourceFieldRef() != null) {
            return Optional.of(fields.resource(container, source.getResourceFieldRef()));
        }
        if (source.getConfigMapKeyRef() != null) {
            var reference = source.getConfigMapKeyRef();
            return required(
                    Optional.ofNullable(configMap(reference.getName()).get(reference.getKey())),
                    reference.getOptional(),
                    "ConfigMap " + reference.getName() + " has no key " + reference.getKey());
        }
        if (source.getSecretKeyRef() != null) {
            var reference = source.getSecretKeyRef();
            return required(
                    Optional.ofNullable(secret(reference.getName()).get(reference.getKey())),
                    reference.getOptional(),
                    "Secret " + reference.getName() + " has no key " + reference.getKey());
        }
        throw new StartBlocked("CreateContainerConfigError", "unsupported valueFrom: " + source);
    }

    private void addAll(EnvFromSource source) throws StartBlocked {
        String prefix = source.getPrefix() == null ? "" : source.getPrefix();
        if (source.getConfigMapRef() != null) {
            configMap(source.getConfigMapRef().getName()).forEach((key, value) -> values.put(prefix + key, value));
        }
        if (source.getSecretRef() != null) {
            secret(source.getSecretRef().getName()).forEach((key, value) -> values.put(prefix + key, value));
        }
    }

    private Map<String, String> configMap(String name) {
        return objects.configMap(fields.pod().getMetadata().getNamespace(), name, true)
                .map(found -> found.getData() == null ? Map.<String, String>of() : found.getData())
                .orElse(Map.of());
    }

    private Map<String, String> secret(String name) {
        Map<String, String> decoded = new LinkedHashMap<>();
        objects.secret(fields.pod().getMetadata().getNamespace(), name, true)
                .map(found -> found.getData() == null ? Map.<String, String>of() : found.getData())
                .orElse(Map.of())
                .forEach((key, value) ->
                        decoded.put(key, new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8)));
        return decoded;
    }

    private static Optional<String> required(Optional<String> value, Boolean optional, String missing)
            throws StartBlocked {
        if (value.isEmpty() && !Boolean.TRUE.equals(optional)) {
            throw new StartBlocked("CreateContainerConfigError", missing);
        }
        return value;
    }
}
