package io.pagecache.proxy.elements;

import io.pagecache.template.ElementProvider;
import io.pagecache.template.PageValue;
import java.time.Duration;

/**
 * A value as the plan declares it.
 *
 * @param timeout longest wait before {@code fallback} stands in
 */
record DeclaredValue(ElementProvider provider, Duration timeout, PageValue fallback) {}
