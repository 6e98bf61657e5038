package io.pagecache.esi;

/**
 * What is wrong with an element, and where.
 *
 * @param offset in bytes from the page's beginning
 * @param message what was found, what was expected, and what becomes of the element
 */
public record EsiProblem(int offset, String message) {}
