package io.pagecache.standalone.file;

import java.io.Serial;

/** Leaves the recursive descent of {@link YamlReader}; never leaves this package. */
final class UnreadableYaml extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    UnreadableYaml(Problem problem) {
        super(problem.message());
        this.problem = problem;
    }

    Problem problem() {
        return problem;
    }
}
