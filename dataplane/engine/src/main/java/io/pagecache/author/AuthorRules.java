package io.pagecache.author;

import io.pagecache.http.PageRequest;
import io.pagecache.match.RuleMatcher;
import io.pagecache.plan.Authors;
import io.pagecache.plan.Authors.EditRequest;
import io.pagecache.plan.CachePlan;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Which requests are edits. Compiled once per plan. */
public final class AuthorRules {
    private final @Nullable Authors authors;
    private final List<Predicate<PageRequest>> edits;

    /** @throws io.pagecache.plan.InvalidPlanException when an expression is not RE2 */
    public AuthorRules(CachePlan plan) {
        this.authors = plan.authors();
        List<Predicate<PageRequest>> compiled = new ArrayList<>();
        if (authors != null) {
            List<EditRequest> requests = authors.editRequests();
            for (int i = 0; i < requests.size(); i++) {
                EditRequest edit = requests.get(i);
                compiled.add(RuleMatcher.requests(
                        "authors.editRequests[" + i + "]", edit.path(), edit.methods(), edit.hosts()));
            }
        }
        this.edits = List.copyOf(compiled);
    }

    /** Null when the plan tells no authors apart. */
    public @Nullable Authors authors() {
        return authors;
    }

    public boolean isEdit(PageRequest request) {
        for (int i = 0; i < edits.size(); i++) {
            if (edits.get(i).test(request)) {
                return true;
            }
        }
        return false;
    }
}
