package io.pagecache.operator.policy;

/**
 * One mistake in a resource.
 *
 * @param path of the field
 * @param problem what is wrong there and what was expected
 */
public record Finding(String path, String problem) {}
