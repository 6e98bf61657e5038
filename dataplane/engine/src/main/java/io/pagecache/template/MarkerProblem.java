package io.pagecache.template;

/**
 * What is wrong with a marker, and where.
 *
 * @param line from 1
 * @param column from 1, in characters
 * @param message what was found and what was expected
 */
public record MarkerProblem(int line, int column, String message) {
    @Override
    public String toString() {
        return line + ":" + column + ": " + message;
    }
}
