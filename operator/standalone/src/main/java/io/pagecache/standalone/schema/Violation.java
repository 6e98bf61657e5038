package io.pagecache.standalone.schema;

/**
 * A field that the definition does not allow.
 *
 * @param path of the field
 * @param message what is wrong and what was expected
 */
public record Violation(String path, String message) {}
