package io.pagecache.operator.resolve;

/**
 * A reference without a target.
 *
 * @param message one sentence that names it
 */
public record UnresolvedRef(Missing missing, String message) {

    /** What is missing; {@link #toString} gives the reason of the condition. */
    public enum Missing {
        /** The Service of the origin, or its port. */
        ORIGIN("BackendNotFound"),
        /** The Service of a value, or its port. */
        BACKEND("BackendNotFound"),
        SECRET("SecretNotFound"),
        CONFIG_MAP("ConfigMapNotFound"),
        VOLUME_CLAIM("VolumeClaimNotFound"),
        /** What a rollout purges for. */
        WORKLOAD("WorkloadNotFound"),
        /** The object is there, what is read in it is not. */
        KEY("KeyNotFound"),
        /** The API server lets the operator not look. */
        PERMISSION("RefNotPermitted");

        private final String reason;

        Missing(String reason) {
            this.reason = reason;
        }

        @Override
        public String toString() {
            return reason;
        }
    }
}
