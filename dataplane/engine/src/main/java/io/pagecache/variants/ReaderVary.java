package io.pagecache.variants;

import io.pagecache.http.DeviceClass;
import io.pagecache.http.FieldList;
import io.pagecache.http.Headers;
import io.pagecache.http.VaryFields;
import io.pagecache.plan.Behaviour.KeyOptions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code Vary} as browsers and caches on the way need it: in terms of the fields that clients send, whatever the proxy made of
 * them for the origin.
 */
public final class ReaderVary {
    private static final String USER_AGENT = "User-Agent";
    private static final String MOBILE_HINT = "Sec-CH-UA-Mobile";
    private static final String COOKIE = "Cookie";
    private static final String LANGUAGE = "Accept-Language";

    private ReaderVary() {}

    /**
     * @param fields of the reply, with the origin's {@code Vary}
     * @param dependsOn names of fields that the page's variants are told apart by
     * @param byLanguage whether the reply depends on the reader's languages for another reason than the key
     * @return the value to send, or null when what is there says it all
     */
    public static @Nullable String of(Headers fields, KeyOptions key, List<String> dependsOn, boolean byLanguage) {
        if (!declaresAnything(key) && !byLanguage && !needsTranslation(dependsOn)) {
            return null;
        }
        List<String> names = new ArrayList<>();
        for (String name : FieldList.members(fields, "Vary")) {
            addTranslated(names, name);
        }
        for (String name : dependsOn) {
            addTranslated(names, name);
        }
        for (String name : key.headers()) {
            add(names, name);
        }
        if (!key.cookies().isEmpty()) {
            add(names, COOKIE);
        }
        if (byLanguage || !key.languages().isEmpty()) {
            add(names, LANGUAGE);
        }
        if (key.device()) {
            addTranslated(names, DeviceClass.FIELD);
        }
        return names.contains("*") ? "*" : String.join(", ", names);
    }

    private static boolean declaresAnything(KeyOptions key) {
        return key.device()
                || !key.headers().isEmpty()
                || !key.cookies().isEmpty()
                || !key.languages().isEmpty();
    }

    private static boolean needsTranslation(List<String> dependsOn) {
        for (int i = 0; i < dependsOn.size(); i++) {
            String name = dependsOn.get(i);
            if (VaryFields.isCookie(name) || isDevice(name) || isExperiment(name)) {
                return true;
            }
        }
        return false;
    }

    private static void addTranslated(List<String> names, String name) {
        if (isDevice(name)) {
            add(names, USER_AGENT);
            add(names, MOBILE_HINT);
        } else if (isExperiment(name) || VaryFields.isCookie(name)) {
            add(names, COOKIE);
        } else {
            add(names, name);
        }
    }

    private static boolean isDevice(String name) {
        return name.equalsIgnoreCase(DeviceClass.FIELD);
    }

    private static boolean isExperiment(String name) {
        String prefix = Experiments.FIELD_PREFIX;
        return name.regionMatches(true, 0, prefix, 0, prefix.length());
    }

    private static void add(List<String> names, String name) {
        for (String known : names) {
            if (known.equalsIgnoreCase(name)) {
                return;
            }
        }
        names.add(name);
    }
}
