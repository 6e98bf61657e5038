package io.pagecache.operator.policy;

import java.util.Optional;

/**
 * Judges the template of an element. The engine's compiler is stricter; this one speaks before anything is deployed.
 */
@FunctionalInterface
public interface TemplateCheck {
    /** What is wrong with the template and what was expected, or empty. */
    Optional<String> problemOf(String template);
}
