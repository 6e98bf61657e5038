package io.pagecache.store;

import io.pagecache.http.Cookies;
import io.pagecache.http.Headers;
import io.pagecache.http.VaryFields;
import io.pagecache.http.WeightedList;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Values of the request fields that an answer's {@code Vary} names, normalised so that requests that mean the same select the same
 * variant (RFC 9111 section 4.1): lines of one field are joined, surrounding blanks dropped, and in the {@code Accept} family, whose
 * syntax is known, a list is its {@linkplain WeightedList#normalised normal form}. A field that is missing differs from one that is empty.
 * Cookies that a page names are values of the same kind.
 */
public final class VaryValues {
    /** Lists whose members are compared without case. Their quoted strings are rare enough to be left alone as a whole. */
    private static final Set<String> CASELESS_LISTS =
            Set.of("accept", "accept-encoding", "accept-language", "accept-charset");

    private static final String MISSING = "";
    private static final String PRESENT = "=";

    private VaryValues() {}

    /**
     * @param names lower case
     * @param asking fields as the origin sees them
     * @return one value per name, in their order
     */
    public static List<String> of(List<String> names, Headers asking) {
        if (names.isEmpty()) {
            return List.of();
        }
        List<String> values = new ArrayList<>(names.size());
        for (String name : names) {
            values.add(valueOf(name, asking));
        }
        return values;
    }

    static String valueOf(String name, Headers asking) {
        if (VaryFields.isCookie(name)) {
            String cookie = Cookies.value(asking, VaryFields.cookieName(name));
            return cookie == null ? MISSING : PRESENT + cookie;
        }
        @Nullable String combined = asking.combined(name);
        if (combined == null) {
            return MISSING;
        }
        boolean normalise = CASELESS_LISTS.contains(name) && combined.indexOf('"') < 0;
        return PRESENT + (normalise ? WeightedList.normalised(combined) : combined.strip());
    }
}
