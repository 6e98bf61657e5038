package io.pagecache.operator.reconcile.policy;

import io.pagecache.operator.hooks.Hooks;
import jakarta.inject.Singleton;

/** What writes into a policy's ledger during a pass. */
@Singleton
public class Orders {
    private final AnnotationPurges purges;
    private final EndedBypasses bypasses;
    private final RolloutPurges rollouts;
    private final AuthorCutOvers authors;
    private final Hooks hooks;

    public Orders(
            AnnotationPurges purges,
            EndedBypasses bypasses,
            RolloutPurges rollouts,
            AuthorCutOvers authors,
            Hooks hooks) {
        this.purges = purges;
        this.bypasses = bypasses;
        this.rollouts = rollouts;
        this.authors = authors;
        this.hooks = hooks;
    }

    AnnotationPurges purges() {
        return purges;
    }

    EndedBypasses bypasses() {
        return bypasses;
    }

    RolloutPurges rollouts() {
        return rollouts;
    }

    AuthorCutOvers authors() {
        return authors;
    }

    Hooks hooks() {
        return hooks;
    }
}
