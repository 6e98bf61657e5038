package io.pagecache.proxy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.Channel;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Everything of ours that goes into the native executable: proxy, engine and plan. */
@AnalyzeClasses(packages = "io.pagecache", importOptions = DoNotIncludeTests.class)
class NativeArchitectureTest {

    @ArchTest
    static final ArchRule NOTHING_IS_FOUND_BY_NAME_AT_RUN_TIME = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.lang.reflect..")
            .orShould()
            .dependOnClassesThat(DescribedPredicate.describe(
                    "are ServiceLoader", type -> type.getName().equals("java.util.ServiceLoader")))
            .orShould()
            .callMethod(Class.class, "forName", String.class);

    /** What runs while the image is built is frozen into it. */
    @ArchTest
    static final ArchRule NOTHING_LIVE_BEGINS_WITH_A_CLASS = classes()
            .should(new ArchCondition<>("start no thread, socket or random numbers in a static initialiser") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    type.getStaticInitializer().stream()
                            .flatMap(initialiser -> initialiser.getCallsFromSelf().stream())
                            .filter(call -> isLive(call.getTargetOwner()))
                            .forEach(call -> events.add(SimpleConditionEvent.violated(call, call.getDescription())));
                }
            });

    private static boolean isLive(JavaClass type) {
        return Stream.of(
                        Thread.class,
                        Thread.Builder.class,
                        Executor.class,
                        Executors.class,
                        RandomGenerator.class,
                        Socket.class,
                        ServerSocket.class,
                        Channel.class)
                .anyMatch(type::isAssignableTo);
    }
}
