package io.pagecache.api.v1alpha1;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReferenceDocsTest {
    private static final Path DOCS = Path.of("../docs/reference");

    @Test
    void shouldHaveCommittedTheManualOfPolicies() throws IOException {
        String remarks = """
                A duration is one to four numbers with a unit of `h`, `m`, `s` or `ms`: `60s`, `1h30m`, `500ms`. What a rule does not say
                holds as in `spec.defaults`. A new value of the annotation `pagecache.io/purge` purges: see [purge](purge.md).""";

        new CommittedFile(DOCS.resolve("policy.md"))
                .shouldBe(ReferencePage.of("PageCachePolicy", "pcp", CrdYaml.of(PageCachePolicy.class), remarks));
    }

    @Test
    void shouldHaveCommittedTheManualOfPurges() throws IOException {
        String remarks = """
                The same can be asked for in one line, by a new value of the annotation `pagecache.io/purge` on a policy:

                ```sh
                kubectl annotate pcp shop --overwrite pagecache.io/purge="tag:article-42 prefix:/news/ @$(date -u +%FT%TZ)"
                ```

                Its terms are separated by blanks:

                | Term | Purges |
                |---|---|
                | `all` | every page |
                | `url:/x?a=1`, `url:https://host/x` | one path with its query, on every host or on one |
                | `prefix:/news/` | every path that begins so |
                | `regex:/news/[0-9]+` | every path with query that the RE2 expression matches as a whole |
                | `tag:article-42` | every page with the tag |
                | `user:4711` | all that is kept for the reader whose cookie has this value: looked-up values, and pages that the cookie keys |
                | `element:greeting` | what is kept of a value, or of all values that the element reads; no page |
                | `older-than:1h30m` | every page stored longer ago |
                | `hard`, `soft` | how: `hard`, the default, removes; `soft` marks as stale, so that readers do not wait |
                | `@anything` | nothing; it only makes the value new |

                A value that does not parse changes nothing: `status.purge` of the policy says `Rejected` and at which column.

                Applications can also purge [by HTTP](http-purge.md), with these words; [rollouts](rollouts.md) purge by themselves, and
                [hooks](hooks.md) tell others.""";

        new CommittedFile(DOCS.resolve("purge.md"))
                .shouldBe(ReferencePage.of("PageCachePurge", "pcpurge", CrdYaml.of(PageCachePurge.class), remarks));
    }
}
