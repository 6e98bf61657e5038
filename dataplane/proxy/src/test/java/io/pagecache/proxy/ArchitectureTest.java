package io.pagecache.proxy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;

@AnalyzeClasses(packages = "io.pagecache.proxy", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule PACKAGES_ARE_FREE_OF_CYCLES =
            slices().matching("io.pagecache.proxy.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule ONLY_THE_EDGES_SEE_HTTP_MESSAGES_OF_VERTX = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "..door..",
                    "..front..",
                    "..h2..",
                    "..link..",
                    "..inbound..",
                    "..origin..",
                    "..elements..",
                    "..admin..",
                    "..cluster..")
            .and()
            .doNotHaveSimpleName("Rehearsal") // plays the visitor and the application
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.vertx.core.http..");

    @ArchTest
    static final ArchRule ONLY_THE_APPLICATION_KNOWS_QUARKUS = noClasses()
            .that()
            .resideInAPackage("io.pagecache.proxy.(*)..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.quarkus.runtime..", "io.quarkus.vertx..", "jakarta..");

    @ArchTest
    static final ArchRule TIME_IS_INJECTED = noClasses().should().callMethod(Instant.class, "now");

    @ArchTest
    static final ArchRule NAMES_SAY_WHAT_A_CLASS_IS =
            noClasses().should().haveNameMatching(".*(Utils?|Helper|Manager|Impl)");

    @ArchTest
    static final ArchRule KUBERNETES_AND_CUSTOM_RESOURCES_ARE_UNKNOWN_HERE = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.fabric8..", "io.pagecache.api..", "io.pagecache.operator..");
}
