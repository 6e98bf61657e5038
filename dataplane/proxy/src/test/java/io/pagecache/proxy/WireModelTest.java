package io.pagecache.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.pagecache.plan.CachePlan;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.junit.jupiter.api.Test;

class WireModelTest {

    @Test
    void shouldNameEveryRecordOnTheWire() {
        List<Class<?>> named = List.of(
                WireModel.class.getAnnotation(RegisterForReflection.class).targets());

        List<Class<?>> records = new ClassFileImporter()
                .importPackagesOf(CachePlan.class).stream()
                        .filter(JavaClass::isRecord)
                        .<Class<?>>map(JavaClass::reflect)
                        .toList();

        assertThat(records).isNotEmpty().isSubsetOf(named);
    }
}
