package io.pagecache.operator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.fabric8.kubernetes.client.KubernetesClient;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import org.jboss.logging.Logger;

@AnalyzeClasses(packages = "io.pagecache.operator", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] PURE = {"..operator.desired..", "..operator.resolve..", "..operator.status.."};

    @ArchTest
    static final ArchRule DECIDES_WITHOUT_CLOCK_CLUSTER_OR_LOG = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .dependOnClassesThat()
            .areAssignableTo(KubernetesClient.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Logger.class)
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage("io.javaoperatorsdk..", "java.net.http..");

    @ArchTest
    static final ArchRule READS_TIME_FROM_ITS_CLOCK = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime");

    @ArchTest
    static final ArchRule TALKS_HTTP_IN_TWO_PLACES = noClasses()
            .that()
            .resideOutsideOfPackages("..operator.push..", "..operator.hooks..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.net.http..");

    @ArchTest
    static final ArchRule KNOWS_THE_FRAMEWORK_ONLY_AT_THE_EDGE = noClasses()
            .that()
            .resideOutsideOfPackages("..operator.reconcile..", "..operator.run..", "..operator.observe..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.javaoperatorsdk..");

    @ArchTest
    static final ArchRule HAS_NO_CYCLES =
            slices().matching("io.pagecache.operator.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule HAS_NO_CATCH_ALL_NAMES =
            noClasses().should().haveNameMatching(".*(Utils?|Helper|Manager|Impl)");

    @ArchTest
    static final ArchRule HAS_NO_FIELD_INJECTION = noFields().should().beAnnotatedWith(Inject.class);
}
