package io.pagecache;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethodWhere;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.util.Random;
import java.util.concurrent.locks.Lock;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.NullMarked;

@AnalyzeClasses(packages = "io.pagecache", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] DECIDERS = {
        "..http..", "..match..", "..admission..", "..key..", "..freshness..", "..reuse..", "..storing..", "..status.."
    };

    @ArchTest
    static final ArchRule ENGINE_IS_PURE = classes()
            .that()
            .resideOutsideOfPackage("io.pagecache.plan..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "javax.crypto..",
                    "io.pagecache..",
                    "org.jspecify.annotations..",
                    "com.google.re2j..",
                    "com.github.benmanes.caffeine..",
                    "io.quarkus.qute..",
                    "io.smallrye.mutiny..");

    @ArchTest
    static final ArchRule STAGES_HAVE_NO_CYCLES =
            slices().matching("io.pagecache.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule HTTP_KNOWS_NO_STAGE = noClasses()
            .that()
            .resideInAPackage("io.pagecache.http..")
            .should()
            .dependOnClassesThat(JavaClass.Predicates.resideInAnyPackage("io.pagecache..")
                    .and(not(JavaClass.Predicates.resideInAnyPackage("io.pagecache.http..", "io.pagecache.plan.."))));

    @ArchTest
    static final ArchRule DECIDERS_HAVE_NO_CLOCK_AND_NO_CHANCE = noClasses()
            .that()
            .resideInAnyPackage(DECIDERS)
            .should(callMethodWhere(readsTheClock()))
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Random.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Lock.class);

    @ArchTest
    static final ArchRule NOBODY_READS_THE_SYSTEM_CLOCK = noClasses().should(callMethodWhere(readsTheClock()));

    @ArchTest
    static final ArchRule NAMES_SAY_WHAT_THINGS_ARE =
            noClasses().should().haveNameMatching(".*(Utils?|Helper|Manager|Impl|Abstract.*|Data|Info)");

    @ArchTest
    static final ArchRule NO_REFLECTION = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.lang.reflect..")
            .orShould()
            .callMethod(Class.class, "forName", String.class)
            .orShould()
            .dependOnClassesThat(simpleName("ServiceLoader"));

    @ArchTest
    static final ArchRule FIELDS_ARE_NOT_PUBLIC =
            noFields().that().areNotStatic().and().areNotFinal().should().bePublic();

    @ArchTest
    static void everyPackageIsNullMarked(JavaClasses all) {
        for (JavaPackage stage : all.getPackage("io.pagecache").getSubpackagesInTree()) {
            if (!stage.getClasses().isEmpty()) {
                Assertions.assertThat(stage.isAnnotatedWith(NullMarked.class))
                        .as(stage.getName())
                        .isTrue();
            }
        }
    }

    private static DescribedPredicate<JavaMethodCall> readsTheClock() {
        return DescribedPredicate.describe("read the system's clock", call -> {
            String method =
                    call.getTargetOwner().getName() + '.' + call.getTarget().getName();
            boolean now = call.getTarget().getName().equals("now")
                    && call.getTargetOwner().getPackageName().equals("java.time");
            return now
                    || method.equals("java.lang.System.currentTimeMillis")
                    || method.equals("java.lang.System.nanoTime");
        });
    }
}
