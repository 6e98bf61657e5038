package io.pagecache.proxy.serve;

import io.pagecache.http.Headers;
import io.pagecache.proxy.metrics.Provenance;
import io.pagecache.store.StoredPage;
import org.jspecify.annotations.Nullable;

/**
 * What a client gets.
 *
 * @param headers complete but for framing and {@code Connection}
 * @param repeatable the fresh page that alone made this reply, so that an equal request would get the same; else null
 */
public record Reply(
        int status,
        Headers headers,
        Content content,
        Provenance provenance,
        @Nullable StoredPage repeatable) {

    public Reply(int status, Headers headers, Content content, Provenance provenance) {
        this(status, headers, content, provenance, null);
    }

    Reply with(Headers complete) {
        return new Reply(status, complete, content, provenance, repeatable);
    }

    /** The same reply, made of a fresh page; one with elements is made anew for each reader, one with a cookie is for one alone. */
    Reply from(StoredPage page) {
        boolean forAll = page.compiled() == null && !headers.contains("Set-Cookie");
        return forAll ? new Reply(status, headers, content, provenance, page) : this;
    }
}
