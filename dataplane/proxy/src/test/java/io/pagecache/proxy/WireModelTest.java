package io.pagecache.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.plan.AuthorRoll;
import io.pagecache.plan.CachePlan;
import io.pagecache.plan.Peers;
import io.pagecache.plan.ProxyState;
import io.pagecache.plan.ProxyStats;
import io.pagecache.plan.PurgeLedger;
import io.pagecache.plan.WarmUpOrder;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a native image would not find is missed here, minutes earlier. */
class WireModelTest {
    private static final List<Class<?>> ROOTS = List.of(
            CachePlan.class,
            ProxyState.class,
            ProxyStats.class,
            PurgeLedger.class,
            WarmUpOrder.class,
            AuthorRoll.class,
            Peers.class);

    @Test
    void shouldNameEveryRecordOnTheWire() {
        Set<Class<?>> onTheWire = new LinkedHashSet<>();
        for (Class<?> root : ROOTS) {
            add(root, onTheWire);
        }

        Class<?>[] named =
                WireModel.class.getAnnotation(RegisterForReflection.class).targets();

        assertThat(named).containsAll(onTheWire);
    }

    private static void add(Type type, Set<Class<?>> found) {
        if (type instanceof ParameterizedType generic) {
            for (Type argument : generic.getActualTypeArguments()) {
                add(argument, found);
            }
        } else if (type instanceof Class<?> of && of.getName().startsWith("io.pagecache.") && !of.isEnum()) {
            if (found.add(of)) {
                addParts(of, found);
            }
        }
    }

    private static void addParts(Class<?> of, Set<Class<?>> found) {
        if (of.isSealed()) {
            for (Class<?> form : of.getPermittedSubclasses()) {
                add(form, found);
            }
        }
        if (of.isRecord()) {
            for (RecordComponent component : of.getRecordComponents()) {
                add(component.getGenericType(), found);
            }
        }
    }
}
