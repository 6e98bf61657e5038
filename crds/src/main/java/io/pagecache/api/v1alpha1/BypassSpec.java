package io.pagecache.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Requests that skip the cache. */
public record BypassSpec(
        @JsonPropertyDescription(
                "Clients by address; spec.proxy.trustedProxies decides whose word on the client's address is believed.")
        @Size(max = 256)
        List<ClientIp> clientIPs,

        @JsonPropertyDescription("Requests by a header field.") @Size(max = 32)
        List<HeaderMatch> headers,

        @JsonPropertyDescription("Requests by the presence of a cookie.") @Size(max = 32)
        List<CookieMatch> cookies) {
    public BypassSpec {
        clientIPs = Absent.asEmpty(clientIPs);
        headers = Absent.asEmpty(headers);
        cookies = Absent.asEmpty(cookies);
    }

    @ValidationRule(
            value = "!has(self.purgeOnExpiry) || !self.purgeOnExpiry || has(self.expiresAt)",
            message = "purgeOnExpiry needs expiresAt")
    public record ClientIp(
            @JsonPropertyDescription(
                    "Address block such as 10.1.0.0/16 or 2001:db8::/32; a bare address is a block of one.")
            @Required
            @Pattern(Patterns.CIDR)
            @Size(max = 49)
            String cidr,

            @JsonPropertyDescription(
                    "When the entry ends, RFC 3339 in UTC such as 2026-12-01T00:00:00Z. Unset: when it is taken away.")
            @Pattern(Patterns.INSTANT)
            @Size(max = 32)
            @Nullable
            String expiresAt,

            @JsonPropertyDescription(
                    "Whether the whole cache is purged when the entry ends, so that everybody sees what was tried out.")
            @Nullable
            Boolean purgeOnExpiry) {}

    public record HeaderMatch(
            @JsonPropertyDescription("Name of the header field.") @Required @Pattern(Patterns.TOKEN) @Size(max = 128)
            String name,

            @JsonPropertyDescription(
                    "RE2 expression that must match the whole value. The default is any value that is not empty.")
            @Default(".+")
            @Size(min = 1, max = 1024)
            String pattern) {}

    public record CookieMatch(
            @JsonPropertyDescription("Name of the cookie.") @Required @Pattern(Patterns.TOKEN) @Size(max = 128)
            String name) {}
}
