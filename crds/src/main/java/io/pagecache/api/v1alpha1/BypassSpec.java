package io.pagecache.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

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

    public record ClientIp(
            @JsonPropertyDescription(
                    "Address block such as 10.1.0.0/16 or 2001:db8::/32; a bare address is a block of one.")
            @Required
            @Pattern(Patterns.CIDR)
            @Size(max = 49)
            String cidr) {}

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
