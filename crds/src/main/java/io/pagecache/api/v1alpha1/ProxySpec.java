package io.pagecache.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The pods that run the cache, and how they are reached. */
@ValidationRule(
        value = "!has(self.proxyProtocol) || self.proxyProtocol != 'FromTrusted'"
                + " || (has(self.trustedProxies) && size(self.trustedProxies) > 0)",
        message = "trustedProxies must be set when proxyProtocol is FromTrusted")
@ValidationRule(
        value = "!has(self.tls) || self.service.port != self.service.httpsPort",
        message = "service.port and service.httpsPort must differ when tls is set")
public record ProxySpec(
        @JsonPropertyDescription("How many proxy pods run.") @Default("2") @Min(1) @Max(100)
        Integer replicas,

        @JsonPropertyDescription(
                "What the pods run: JVM (most requests a second) or Native (an executable: small, ready in a"
                        + " fraction of a second). Unset: what the operator was installed with.")
        @Nullable
        ProxyForm form,

        @JsonPropertyDescription(
                "Memory for stored pages in each proxy, as a Kubernetes quantity; at least 1Mi. The pod's memory"
                        + " request"
                        + " follows from it.")
        @Default("256Mi")
        @Pattern(Patterns.BYTES)
        @Size(max = 20)
        String cacheSize,

        @JsonPropertyDescription(
                "Resources of the proxy container; what is set here replaces what is derived from cacheSize.")
        @Default("{}")
        Resources resources,

        @JsonPropertyDescription(
                "Address blocks of load balancers and gateways in front, whose Forwarded and X-Forwarded-* "
                        + "header fields"
                        + " are believed.")
        @Size(max = 64)
        List<@Pattern(Patterns.CIDR) @Size(max = 49) String> trustedProxies,

        @JsonPropertyDescription(
                "FromTrusted: connections of trustedProxies begin with a PROXY protocol header of version 1 or 2, all"
                        + " others do not.")
        @Default("Never")
        ProxyProtocol proxyProtocol,

        @JsonPropertyDescription(
                "Where HTTP/2 is spoken: Never, OverTls, or Always, which adds clear text for clients that know"
                        + " beforehand.")
        @Default("OverTls")
        Http2 http2,

        @JsonPropertyDescription("Most connections of clients to one proxy. Beyond them, new ones are closed at once.")
        @Default("10000")
        @Min(1)
        @Max(1000000)
        Integer maxConnections,

        @JsonPropertyDescription("Certificates of the sites. Unset: clear text only.") @Nullable
        Tls tls,

        @JsonPropertyDescription("The Service in front of the proxies, called NAME-pagecache.") @Default("{}")
        ServiceTemplate service,

        @JsonPropertyDescription("What is added to the proxy pods.") @Default("{}")
        PodTemplate podTemplate,

        @JsonPropertyDescription("JSON lines on the standard output of the proxies.") @Default("{}")
        AccessLog accessLog) {
    public ProxySpec {
        trustedProxies = Absent.asEmpty(trustedProxies);
    }

    public enum ProxyProtocol {
        @JsonProperty("Never")
        NEVER,
        @JsonProperty("FromTrusted")
        FROM_TRUSTED
    }

    public enum Http2 {
        @JsonProperty("Never")
        NEVER,
        @JsonProperty("OverTls")
        OVER_TLS,
        @JsonProperty("Always")
        ALWAYS
    }

    public record Tls(
            @JsonPropertyDescription(
                    "Secret of type kubernetes.io/tls in the policy's namespace. Clients that name no site get its"
                            + " certificate. A change of the Secret is taken up without new pods.")
            @Required
            @Pattern(Patterns.OBJECT_NAME)
            @Size(max = 253)
            String secretName,

            @JsonPropertyDescription("More Secrets, for other sites: the client's server name chooses.") @Size(max = 15)
            List<@Pattern(Patterns.OBJECT_NAME) @Size(max = 253) String> additionalSecretNames) {
        public Tls {
            additionalSecretNames = Absent.asEmpty(additionalSecretNames);
        }

        /** All of them, the one for clients that name no site first. */
        public List<String> allSecretNames() {
            return Stream.concat(Stream.of(secretName), additionalSecretNames.stream())
                    .toList();
        }
    }

    public record Resources(
            @JsonPropertyDescription("Resources asked for, by name: cpu, memory.")
            Map<String, Quantity> requests,

            @JsonPropertyDescription("Most that may be used, by name: cpu, memory.")
            Map<String, Quantity> limits) {
        public Resources {
            requests = Absent.asEmpty(requests);
            limits = Absent.asEmpty(limits);
        }
    }

    public record ServiceTemplate(
            @JsonPropertyDescription("Type of the Service.") @Default("ClusterIP")
            ServiceType type,

            @JsonPropertyDescription("Port of the Service.") @Default("80") @Min(1) @Max(65535)
            Integer port,

            @JsonPropertyDescription("Port of the Service for TLS, where tls is set.")
            @Default("443")
            @Min(1)
            @Max(65535)
            Integer httpsPort,

            @JsonPropertyDescription("Annotations of the Service, such as those of a cloud's load balancer.")
            Map<String, String> annotations) {
        public ServiceTemplate {
            annotations = Absent.asEmpty(annotations);
        }
    }

    public enum ProxyForm {
        @JsonProperty("JVM")
        JVM,
        @JsonProperty("Native")
        NATIVE
    }

    public enum ServiceType {
        @JsonProperty("ClusterIP")
        CLUSTER_IP,
        @JsonProperty("NodePort")
        NODE_PORT,
        @JsonProperty("LoadBalancer")
        LOAD_BALANCER
    }

    public record PodTemplate(
            @JsonPropertyDescription("Labels added to the pods.")
            Map<String, String> labels,

            @JsonPropertyDescription("Annotations added to the pods.")
            Map<String, String> annotations,

            @JsonPropertyDescription("Labels a node must have to run the pods.")
            Map<String, String> nodeSelector,

            @JsonPropertyDescription("Taints that the pods tolerate.") @Size(max = 32)
            List<Toleration> tolerations) {
        public PodTemplate {
            labels = Absent.asEmpty(labels);
            annotations = Absent.asEmpty(annotations);
            nodeSelector = Absent.asEmpty(nodeSelector);
            tolerations = Absent.asEmpty(tolerations);
        }
    }

    @ValidationRule(
            value = "self.operator != 'Exists' || !has(self.value) || self.value == ''",
            message = "value must be empty when operator is Exists")
    @ValidationRule(
            value = "self.operator == 'Exists' || has(self.key)",
            message = "key must be set when operator is Equal")
    @ValidationRule(
            value = "!has(self.tolerationSeconds) || (has(self.effect) && self.effect == 'NoExecute')",
            message = "tolerationSeconds can only be set when effect is NoExecute")
    public record Toleration(
            @JsonPropertyDescription("Key of the taint. Unset with Exists: every taint.") @Size(max = 316) @Nullable
            String key,

            @JsonPropertyDescription("Equal compares value, Exists does not.") @Default("Equal")
            TolerationOperator operator,

            @JsonPropertyDescription("Value of the taint.") @Size(max = 63) @Nullable
            String value,

            @JsonPropertyDescription("Effect of the taint. Unset: all effects.") @Nullable
            TaintEffect effect,

            @JsonPropertyDescription(
                    "How long a pod stays on a node after a NoExecute taint appeared. Unset: for ever.")
            @Nullable
            Long tolerationSeconds) {}

    public enum TolerationOperator {
        @JsonProperty("Equal")
        EQUAL,
        @JsonProperty("Exists")
        EXISTS
    }

    public enum TaintEffect {
        @JsonProperty("NoSchedule")
        NO_SCHEDULE,
        @JsonProperty("PreferNoSchedule")
        PREFER_NO_SCHEDULE,
        @JsonProperty("NoExecute")
        NO_EXECUTE
    }

    public record AccessLog(
            @JsonPropertyDescription(
                    "Sampled (a share of the requests, see rate), All, or \"Off\" in quotes: bare, YAML readers take"
                            + " it for a boolean.")
            @Default("Sampled")
            AccessLogMode mode,

            @JsonPropertyDescription("Share of the requests logged when mode is Sampled, 0 to 1.")
            @Default("0.01")
            @Min(0)
            @Max(1)
            Double rate) {}

    public enum AccessLogMode {
        @JsonProperty("Off")
        OFF,
        @JsonProperty("Sampled")
        SAMPLED,
        @JsonProperty("All")
        ALL
    }
}
