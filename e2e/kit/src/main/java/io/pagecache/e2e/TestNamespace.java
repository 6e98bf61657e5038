package io.pagecache.e2e;

/** The namespace of one test class: made for it, deleted after it. */
public record TestNamespace(String name) {
    @Override
    public String toString() {
        return name;
    }
}
