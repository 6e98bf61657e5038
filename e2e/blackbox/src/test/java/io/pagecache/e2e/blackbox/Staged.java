package io.pagecache.e2e.blackbox;

/** What a group of cases acts on. */
interface Staged {
    /** The proxy that all cases share. Each has paths of its own; those that change the plan or end the process have their own proxy. */
    Stage stage();
}
