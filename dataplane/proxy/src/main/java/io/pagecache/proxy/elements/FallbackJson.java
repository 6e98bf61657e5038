package io.pagecache.proxy.elements;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pagecache.plan.InvalidPlanException;
import io.pagecache.plan.Pages;
import io.pagecache.template.PageValue;

/** Reads the fallback of a value once, when the plan comes in. */
final class FallbackJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private FallbackJson() {}

    static PageValue parse(Pages.Value value) {
        if (value.fallbackJson() == null) {
            return PageValue.MISSING;
        }
        try {
            return PageValue.of(JSON.readValue(value.fallbackJson(), Object.class));
        } catch (JsonProcessingException e) {
            throw new InvalidPlanException(
                    "pages.values[%s].fallback".formatted(value.name()), "is not JSON: " + e.getOriginalMessage());
        }
    }
}
