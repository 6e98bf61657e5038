package io.pagecache.template;

import io.pagecache.http.PageRequest;
import java.util.concurrent.CompletionStage;

/** Where one declared value comes from. Thread-safe; never blocks. */
public interface ElementProvider {

    /**
     * Looks the value up for a request. It may take long or fail: the caller sets the deadline and puts the declared fallback in
     * place of what is late or broken.
     */
    CompletionStage<PageValue> lookUp(PageRequest request);
}
