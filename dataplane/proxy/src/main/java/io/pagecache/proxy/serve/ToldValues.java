package io.pagecache.proxy.serve;

import io.pagecache.http.DeviceClass;
import io.pagecache.http.PageRequest;
import io.pagecache.plan.Pages;
import io.pagecache.plan.ValueSource;
import io.pagecache.variants.Experiments;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Values of a page that come from request fields which only the proxy writes.
 *
 * @param groups fields that tell groups of experiments, by the names of the values that show them
 * @param showDevice whether a value shows the class of device
 */
public record ToldValues(Map<String, String> groups, boolean showDevice) {

    static ToldValues of(Pages pages) {
        Map<String, String> groups = new HashMap<>();
        boolean device = false;
        for (Pages.Value value : pages.values()) {
            if (value.source() instanceof ValueSource.Header(String field)) {
                device |= field.equalsIgnoreCase(DeviceClass.FIELD);
                if (field.startsWith(Experiments.FIELD_PREFIX)) {
                    groups.put(value.name(), field);
                }
            }
        }
        return new ToldValues(Map.copyOf(groups), device);
    }

    /** The request with the class of its device, where a value shows it. */
    PageRequest tell(PageRequest request) {
        if (!showDevice) {
            return request;
        }
        String device = DeviceClass.of(request.headers()).token();
        return request.with(
                request.headers().toBuilder().set(DeviceClass.FIELD, device).build());
    }

    /** What a page depends on for one reader: what its variants are told apart by, and the groups that it shows. */
    List<String> with(List<String> dependsOn, Set<String> values) {
        List<String> all = new ArrayList<>(dependsOn);
        groups.forEach((value, field) -> {
            if (values.contains(value) && !all.contains(field)) {
                all.add(field);
            }
        });
        return all;
    }
}
