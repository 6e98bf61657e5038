package io.pagecache.images;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.pagecache.images")
class ArchitectureTest {
    @ArchTest
    private final ArchRule whatIsPackedIsNotOnTheClassPath = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.pagecache.proxy..", "io.pagecache.operator..", "io.quarkus..", "io.vertx..");

    @ArchTest
    private final ArchRule namesSayWhatAClassIs =
            noClasses().should().haveNameMatching(".*(Utils?|Helper|Manager|Impl)");
}
