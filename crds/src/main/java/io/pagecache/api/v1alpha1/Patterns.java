package io.pagecache.api.v1alpha1;

import java.util.Map;

/** Shapes of text fields, shared by the schemas of both kinds. */
public final class Patterns {
    /** GEP-2257: what Gateway API users know as a duration. */
    static final String DURATION = "^([0-9]{1,5}(h|m|s|ms)){1,4}$";

    static final String DURATION_OR_UNTIL_PURGED = "^(UntilPurged|([0-9]{1,5}(h|m|s|ms)){1,4})$";

    /** A positive Kubernetes quantity of bytes. */
    static final String BYTES = "^[1-9][0-9]{0,14}(k|M|G|Ki|Mi|Gi)?$";

    /** A Kubernetes quantity that is not negative. */
    public static final String QUANTITY = "^[0-9]{1,15}(\\.[0-9]{1,9})?(m|k|M|G|T|P|Ki|Mi|Gi|Ti|Pi)?$";

    /** RFC 1123 name in lower case, without a port. */
    static final String HOST = "^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*$";

    /** Scheme and authority of an origin: no path, no credentials. */
    static final String ORIGIN_URL =
            "^https?://([A-Za-z0-9]([-A-Za-z0-9.]{0,251}[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]{2,45}\\])(:[0-9]{1,5})?$";

    /** RFC 9110 section 5.6.2: names of header fields, cookies and methods. */
    static final String TOKEN = "^[-!#$%&'*+.^_`|~0-9A-Za-z]+$";

    /** RFC 1123 subdomain: names of most objects. */
    static final String OBJECT_NAME = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$";

    /** Keys of Secrets and ConfigMaps, but for those that begin with a dot. */
    static final String DATA_KEY = "^[-_A-Za-z0-9][-._A-Za-z0-9]*$";

    /** No step begins with a dot, so none leads upwards. */
    static final String RELATIVE_FILE = "^[-_A-Za-z0-9][-._A-Za-z0-9]*(/[-_A-Za-z0-9][-._A-Za-z0-9]*)*$";

    static final String HOST_AND_PORT =
            "^([A-Za-z0-9]([-A-Za-z0-9.]{0,251}[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]{2,45}\\]):[0-9]{1,5}$";

    static final String AUTHORITY =
            "^([A-Za-z0-9]([-A-Za-z0-9.]{0,251}[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]{2,45}\\])(:[0-9]{1,5})?$";

    static final String REDIS_URL =
            "^rediss?://([A-Za-z0-9]([-A-Za-z0-9.]{0,251}[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]{2,45}\\])(:[0-9]{1,5})?(/[0-9]{1,3})?$";

    static final String METHOD = "^[A-Z]+$";

    static final String LABEL_NAME = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$";

    /** What markers and templates can call by name. */
    static final String VALUE_NAME = "^[A-Za-z][A-Za-z0-9_-]*$";

    /** BCP 47 tags as far as sites use them: {@code en}, {@code pt-BR}, {@code zh-Hant-TW}. */
    static final String LANGUAGE = "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$";

    /** Only the alphabet is checked here; the policy checks parse the block. */
    static final String CIDR = "^[0-9A-Fa-f:.]{2,45}(/[0-9]{1,3})?$";

    static final String REQUEST_COOKIES =
            "^(Forward|Strip|Only\\( *[-!#$%&'*+.^_`|~0-9A-Za-z]+( *, *[-!#$%&'*+.^_`|~0-9A-Za-z]+)* *\\))$";

    static final String PATH = "^/[^\\s#]*$";

    /** A path with query, or an absolute URL. */
    static final String PAGE_URL = "^(https?://[^/?#\\s]+)?/[^\\s#]*$";

    /** RFC 9110 section 5.5, without obs-text: no line can be broken in it. */
    static final String FIELD_VALUE = "^[!-~]([ -~]*[!-~])?$";

    /** An absolute URL without credentials and fragment. */
    static final String HOOK_URL = "^https?://[^/?#@\\s]+(/[^#\\s]*)?$";

    static final String TAG = "^[!-~]+$";

    /** RFC 3339 in UTC, to the second or finer. */
    static final String INSTANT = "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?Z$";

    private static final Map<String, String> MEANINGS = Map.ofEntries(
            Map.entry(DURATION, "a duration such as 30s, 1h30m or 500ms"),
            Map.entry(DURATION_OR_UNTIL_PURGED, "a duration such as 30s, 1h30m or 500ms, or UntilPurged"),
            Map.entry(BYTES, "a number of bytes such as 256Mi or 1Gi"),
            Map.entry(QUANTITY, "a quantity such as 500m or 1Gi"),
            Map.entry(HOST, "a host name in lower case without port, such as www.example.com"),
            Map.entry(ORIGIN_URL, "http://host[:port] or https://host[:port], without a path"),
            Map.entry(TOKEN, "a name without blanks and separators"),
            Map.entry(OBJECT_NAME, "a name of lower-case letters, digits, - and ."),
            Map.entry(DATA_KEY, "letters, digits, -, _ and ., not beginning with ."),
            Map.entry(RELATIVE_FILE, "a path such as folder/file.mmdb, no part of which begins with ."),
            Map.entry(HOST_AND_PORT, "host:port, such as memcached:11211"),
            Map.entry(AUTHORITY, "host or host:port, such as shop:8080"),
            Map.entry(REDIS_URL, "redis://host[:port][/database] or rediss://…, without credentials"),
            Map.entry(METHOD, "a request method in upper case, such as GET"),
            Map.entry(LABEL_NAME, "lower-case letters, digits and -, beginning and ending with a letter or digit"),
            Map.entry(VALUE_NAME, "a letter, then letters, digits, _ or -"),
            Map.entry(LANGUAGE, "a language tag such as en or pt-BR"),
            Map.entry(CIDR, "an address block such as 10.1.0.0/16 or 2001:db8::/32"),
            Map.entry(REQUEST_COOKIES, "Forward, Strip or Only(name, name)"),
            Map.entry(PATH, "a path that begins with / and has no blanks"),
            Map.entry(PAGE_URL, "a path such as /news?page=1, or an absolute URL"),
            Map.entry(FIELD_VALUE, "printable ASCII characters, without blanks at the ends"),
            Map.entry(INSTANT, "a time in UTC such as 2026-12-01T00:00:00Z"),
            Map.entry(HOOK_URL, "an absolute URL without credentials and fragment"),
            Map.entry(TAG, "visible ASCII characters without blanks"));

    private Patterns() {}

    /** What a text of this pattern is, to say what was expected; the pattern itself when it is none of ours. */
    public static String meaningOf(String pattern) {
        return MEANINGS.getOrDefault(pattern, "a text that matches " + pattern);
    }
}
