package io.pagecache.proxy.origin;

import java.time.InstantSource;

/**
 * @param steady never steps: ages and waits are measured by it
 * @param wall what others call the time: the dates of the origin are held against it
 */
public record Clocks(InstantSource steady, InstantSource wall) {}
