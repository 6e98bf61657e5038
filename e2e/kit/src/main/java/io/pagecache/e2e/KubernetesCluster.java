package io.pagecache.e2e;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a test class the {@link Cluster} of this test JVM, which all such classes share, and a {@link TestNamespace} of its
 * own. Both, and {@link io.fabric8.kubernetes.client.KubernetesClient}, {@link ControlPlane} and {@link LocalKubelet}, can be
 * parameters of constructors, tests and lifecycle methods. Where there is no cluster to be had, the class is skipped, with
 * advice.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(ClusterExtension.class)
public @interface KubernetesCluster {}
