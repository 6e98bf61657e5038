package io.pagecache.plan;

/**
 * A file of the cluster that is mounted into the proxy, below its directory of references.
 *
 * @param kind of the object that holds it
 * @param name of that object
 * @param file its key there, or of a volume the path of the file within
 */
public record FileRef(Kind kind, String name, String file) {

    public enum Kind {
        SECRET("secret"),
        CONFIG_MAP("configmap"),
        /** A PersistentVolumeClaim. */
        CLAIM("claim");

        private final String folder;

        Kind(String folder) {
            this.folder = folder;
        }

        /** Under the directory of references. */
        public String folder() {
            return folder;
        }
    }

    public FileRef {
        if (name.isEmpty() || name.indexOf('/') >= 0 || name.startsWith(".")) {
            throw new InvalidPlanException(
                    "reference", "has the name '%s': expected that of an object".formatted(name));
        }
        if (file.isEmpty() || file.startsWith("/") || hasStepUp(file)) {
            throw new InvalidPlanException(
                    "reference", "has the file '%s': expected a path within %s '%s'".formatted(file, kind, name));
        }
    }

    private static boolean hasStepUp(String path) {
        for (String step : path.split("/", -1)) {
            if (step.equals("..") || step.equals(".") || step.isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** Where the file lies, relative to the directory of references. */
    public String path() {
        return kind.folder() + "/" + name + "/" + file;
    }
}
