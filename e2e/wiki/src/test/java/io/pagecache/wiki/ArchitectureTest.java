package io.pagecache.wiki;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packagesOf = Wiki.class, importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule SLICES_ARE_FREE_OF_CYCLES =
            slices().matching("io.pagecache.wiki.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule ARTICLES_AND_PAGES_KNOW_NO_HTTP = noClasses()
            .that()
            .resideInAnyPackage("..article..", "..page..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.vertx..");

    @ArchTest
    static final ArchRule THE_ORIGIN_KNOWS_NO_CACHE = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.pagecache.plan..", "io.pagecache.api..", "io.pagecache.operator..");

    @ArchTest
    static final ArchRule NAMES_SAY_WHAT_A_CLASS_IS =
            classes().should().haveNameNotMatching(".*(Util|Utils|Helper|Manager|Impl)");
}
