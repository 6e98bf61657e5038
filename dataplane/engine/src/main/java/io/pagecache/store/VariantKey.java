package io.pagecache.store;

import io.pagecache.http.Headers;
import io.pagecache.key.CacheKey;
import java.util.ArrayList;
import java.util.List;

/**
 * Key of one stored page: its key and what its answer's {@code Vary} adds.
 *
 * @param selecting names of the fields that select, lower case
 * @param values normalised values in the same order
 */
record VariantKey(CacheKey key, List<String> selecting, List<String> values) implements Comparable<VariantKey> {
    private static final String ACCEPT_ENCODING = "accept-encoding";

    VariantKey {
        selecting = List.copyOf(selecting);
        values = List.copyOf(values);
    }

    /**
     * {@code Accept-Encoding} does not select a variant: both codings of a page are stored together, so any request finds its own.
     * Only a page in a coding that this cache cannot undo is kept for the requests that asked just like the first.
     */
    static VariantKey of(StoredPage page) {
        if (!page.vary().contains(ACCEPT_ENCODING) || isForeignCoded(page)) {
            return new VariantKey(page.key(), page.vary(), page.varyValues());
        }
        List<String> names = new ArrayList<>(page.vary().size());
        List<String> values = new ArrayList<>(page.vary().size());
        for (int i = 0; i < page.vary().size(); i++) {
            if (!page.vary().get(i).equals(ACCEPT_ENCODING)) {
                names.add(page.vary().get(i));
                values.add(page.varyValues().get(i));
            }
        }
        return new VariantKey(page.key(), names, values);
    }

    @Override
    public int compareTo(VariantKey other) {
        int byKey = key.compareTo(other.key);
        if (byKey != 0) {
            return byKey;
        }
        int bySelecting = compare(selecting, other.selecting);
        return bySelecting != 0 ? bySelecting : compare(values, other.values);
    }

    private static int compare(List<String> one, List<String> other) {
        for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
            int here = one.get(i).compareTo(other.get(i));
            if (here != 0) {
                return here;
            }
        }
        return Integer.compare(one.size(), other.size());
    }

    boolean isSelectedBy(Headers asking) {
        return values.equals(VaryValues.of(selecting, asking));
    }

    private static boolean isForeignCoded(StoredPage page) {
        String coding = page.headers().combined("content-encoding");
        return coding != null && !coding.isBlank() && !coding.strip().equalsIgnoreCase("identity");
    }
}
