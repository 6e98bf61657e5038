package io.pagecache.e2e.blackbox;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.pagecache.e2e.blackbox")
class ArchitectureTest {
    @ArchTest
    private final ArchRule theProxyIsSeenFromOutsideOnly = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.pagecache.proxy..", "io.pagecache.store..", "io.vertx..", "io.netty..", "io.quarkus..");

    @ArchTest
    private final ArchRule namesSayWhatAClassIs =
            noClasses().should().haveNameMatching(".*(Utils?|Helper|Manager|Impl)");
}
