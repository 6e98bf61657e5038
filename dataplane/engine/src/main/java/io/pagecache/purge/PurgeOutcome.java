package io.pagecache.purge;

/** @param entries stored pages that the purge covered, variants counted apart */
public record PurgeOutcome(int entries) {}
