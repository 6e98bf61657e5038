package io.pagecache.operator.reconcile.policy;

import jakarta.inject.Singleton;

/** What writes into a policy's ledger during a pass. */
@Singleton
public class Orders {
    private final AnnotationPurges purges;
    private final EndedBypasses bypasses;
    private final AuthorCutOvers authors;

    public Orders(AnnotationPurges purges, EndedBypasses bypasses, AuthorCutOvers authors) {
        this.purges = purges;
        this.bypasses = bypasses;
        this.authors = authors;
    }

    AnnotationPurges purges() {
        return purges;
    }

    EndedBypasses bypasses() {
        return bypasses;
    }

    AuthorCutOvers authors() {
        return authors;
    }
}
