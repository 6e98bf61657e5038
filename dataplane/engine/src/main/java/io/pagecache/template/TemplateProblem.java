package io.pagecache.template;

/**
 * Why an element's template cannot be used; its fallback is shown instead.
 *
 * @param line in the template, from 1; 0 when the whole template is meant
 * @param column in the line, from 1; 0 when the whole line is meant
 */
public record TemplateProblem(String element, int line, int column, String message) {
    @Override
    public String toString() {
        return "element " + element + ":" + line + ":" + column + ": " + message;
    }
}
