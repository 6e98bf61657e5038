package io.pagecache.e2e;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.pagecache.e2e.controlplane.ControlPlaneSource;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** See {@link KubernetesCluster}. */
final class ClusterExtension implements ExecutionCondition, ParameterResolver, AfterAllCallback {
    private static final ExtensionContext.Namespace STORE = ExtensionContext.Namespace.create(ClusterExtension.class);
    private static final Map<Class<?>, Function<ExtensionContext, Object>> OFFERS = Map.of(
            Cluster.class, ClusterExtension::cluster,
            ControlPlane.class, context -> cluster(context).controlPlane(),
            KubernetesClient.class, context -> cluster(context).client(),
            LocalKubelet.class, context -> cluster(context).kubelet().orElseThrow(),
            TestNamespace.class, ClusterExtension::namespace);

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return ControlPlaneSource.find() instanceof ControlPlaneSource.Missing missing
                ? ConditionEvaluationResult.disabled(missing.whatToInstall())
                : ConditionEvaluationResult.enabled("a control plane can be had");
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return OFFERS.containsKey(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Function<ExtensionContext, Object> offer =
                OFFERS.get(parameter.getParameter().getType());
        if (offer == null) {
            throw new IllegalArgumentException("no " + parameter.getParameter().getType() + " is offered");
        }
        return offer.apply(context);
    }

    /** Made once per JVM; JUnit closes it after the last test, as everything in its root store. */
    private static Cluster cluster(ExtensionContext context) {
        return context.getRoot().getStore(STORE).computeIfAbsent(Cluster.class, _ -> Cluster.start(), Cluster.class);
    }

    private static TestNamespace namespace(ExtensionContext context) {
        ExtensionContext ofClass = classOf(context);
        return ofClass.getStore(STORE)
                .computeIfAbsent(
                        TestNamespace.class,
                        _ -> new TestNamespace(cluster(context)
                                .createNamespace(ofClass.getRequiredTestClass()
                                        .getSimpleName()
                                        .toLowerCase(Locale.ROOT))),
                        TestNamespace.class);
    }

    private static ExtensionContext classOf(ExtensionContext context) {
        ExtensionContext current = context;
        while (current.getTestMethod().isPresent()) {
            current = current.getParent().orElseThrow();
        }
        return current;
    }

    @Override
    public void afterAll(ExtensionContext context) {
        TestNamespace made = context.getStore(STORE).get(TestNamespace.class, TestNamespace.class);
        if (made != null) {
            cluster(context).deleteNamespace(made.name());
        }
    }
}
