package io.pagecache.proxy.elements;

import java.util.ArrayList;
import java.util.List;

/** The files that values of a plan come from. */
final class FollowedSources {
    private final List<Runnable> looks = new ArrayList<>();

    void add(Runnable look) {
        looks.add(look);
    }

    void look() {
        looks.forEach(Runnable::run);
    }
}
