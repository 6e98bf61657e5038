package io.pagecache.api.v1alpha1;

/** Shapes of text fields, shared by the schemas of both kinds. */
final class Patterns {
    /** GEP-2257: what Gateway API users know as a duration. */
    static final String DURATION = "^([0-9]{1,5}(h|m|s|ms)){1,4}$";

    static final String DURATION_OR_UNTIL_PURGED = "^(UntilPurged|([0-9]{1,5}(h|m|s|ms)){1,4})$";

    /** A positive Kubernetes quantity of bytes. */
    static final String BYTES = "^[1-9][0-9]{0,14}(k|M|G|Ki|Mi|Gi)?$";

    /** RFC 1123 name in lower case, without a port. */
    static final String HOST = "^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*$";

    /** Scheme and authority of an origin: no path, no credentials. */
    static final String ORIGIN_URL =
            "^https?://([A-Za-z0-9]([-A-Za-z0-9.]{0,251}[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]{2,45}\\])(:[0-9]{1,5})?$";

    /** RFC 9110 section 5.6.2: names of header fields, cookies and methods. */
    static final String TOKEN = "^[-!#$%&'*+.^_`|~0-9A-Za-z]+$";

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

    static final String TAG = "^[!-~]+$";

    private Patterns() {}
}
