package io.pagecache.operator.desired;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraintBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentStrategy;
import io.fabric8.kubernetes.api.model.apps.DeploymentStrategyBuilder;
import io.pagecache.api.v1alpha1.ProxySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The proxy pods: admitted by the {@code restricted} Pod Security Standard, replaced one by one, drained before they go. */
public final class ProxyDeployment {
    /** Any group but root's: it only lets the process read the management token's file. */
    private static final long FILE_GROUP = 65532;

    private static final int OWNER_AND_GROUP_READ = 0440;
    private static final long BEYOND_DRAIN_SECONDS = 5;

    private ProxyDeployment() {}

    public static Deployment desired(PolicyContext context) {
        PolicyChildren children = context.children();
        return new DeploymentBuilder()
                .withMetadata(children.metadata(children.name()).build())
                .withNewSpec()
                .withReplicas(context.proxy().replicas())
                .withMinReadySeconds(1)
                .withRevisionHistoryLimit(3)
                .withProgressDeadlineSeconds(300)
                .withStrategy(oneMoreThenOneLess())
                .withNewSelector()
                .withMatchLabels(children.selector())
                .endSelector()
                .withTemplate(podTemplate(context))
                .endSpec()
                .build();
    }

    private static DeploymentStrategy oneMoreThenOneLess() {
        return new DeploymentStrategyBuilder()
                .withType("RollingUpdate")
                .withNewRollingUpdate()
                .withMaxUnavailable(new IntOrString(0))
                .withMaxSurge(new IntOrString(1))
                .endRollingUpdate()
                .build();
    }

    private static PodTemplateSpec podTemplate(PolicyContext context) {
        ProxySpec.PodTemplate template = context.proxy().podTemplate();
        Map<String, String> labels = new TreeMap<>(template.labels());
        labels.putAll(context.children().labels());
        Map<String, String> annotations = new TreeMap<>(template.annotations());
        annotations.put(PodShape.HASH_ANNOTATION, context.shape().hash());
        return new PodTemplateSpecBuilder()
                .withNewMetadata()
                .withLabels(labels)
                .withAnnotations(annotations)
                .endMetadata()
                .withSpec(podSpec(context))
                .build();
    }

    private static PodSpec podSpec(PolicyContext context) {
        ProxySpec.PodTemplate template = context.proxy().podTemplate();
        long drain = context.runtime().drain().toSeconds();
        return new PodSpecBuilder()
                .withServiceAccountName(context.children().name())
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withTerminationGracePeriodSeconds(ProxyContainer.PRE_STOP_SECONDS + drain + BEYOND_DRAIN_SECONDS)
                .withNodeSelector(new TreeMap<>(template.nodeSelector()))
                .withTolerations(template.tolerations().stream()
                        .map(ProxyTolerations::of)
                        .toList())
                .withTopologySpreadConstraints(
                        spread(context, "kubernetes.io/hostname"), spread(context, "topology.kubernetes.io/zone"))
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .withFsGroup(FILE_GROUP)
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .withContainers(ProxyContainer.desired(context))
                .withVolumes(volumes(context))
                .build();
    }

    private static List<Volume> volumes(PolicyContext context) {
        PolicyChildren children = context.children();
        List<Volume> volumes = new ArrayList<>(List.of(
                new VolumeBuilder()
                        .withName(ProxyContainer.PLAN_VOLUME)
                        .withNewConfigMap()
                        .withName(children.planConfigMap())
                        .endConfigMap()
                        .build(),
                new VolumeBuilder()
                        .withName(ProxyContainer.MANAGEMENT_VOLUME)
                        .withNewSecret()
                        .withSecretName(children.managementSecret())
                        .withDefaultMode(OWNER_AND_GROUP_READ)
                        .endSecret()
                        .build(),
                new VolumeBuilder()
                        .withName(ProxyContainer.TMP_VOLUME)
                        .withNewEmptyDir()
                        .withSizeLimit(new Quantity("64Mi"))
                        .endEmptyDir()
                        .build()));
        volumes.addAll(context.references().volumes());
        volumes.addAll(context.files().volumes());
        return volumes;
    }

    private static TopologySpreadConstraint spread(PolicyContext context, String topologyKey) {
        return new TopologySpreadConstraintBuilder()
                .withMaxSkew(1)
                .withTopologyKey(topologyKey)
                .withWhenUnsatisfiable("ScheduleAnyway")
                .withNewLabelSelector()
                .withMatchLabels(context.children().selector())
                .endLabelSelector()
                .build();
    }
}
