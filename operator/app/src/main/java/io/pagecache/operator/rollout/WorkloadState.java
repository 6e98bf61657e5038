package io.pagecache.operator.rollout;

/** How far a workload's newest version is rolled out. */
public sealed interface WorkloadState {

    /** There is no such object. */
    record Absent() implements WorkloadState {}

    /** Pods of an older version may still answer, or those of the newest cannot yet. */
    record Rolling(String version) implements WorkloadState {}

    /** Nothing but the newest version answers. */
    record Complete(String version) implements WorkloadState {}
}
