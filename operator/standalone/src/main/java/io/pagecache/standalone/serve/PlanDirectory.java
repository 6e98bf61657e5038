package io.pagecache.standalone.serve;

import io.pagecache.operator.compile.PlanJson;
import io.pagecache.plan.CachePlan;
import io.pagecache.plan.PurgeLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** What a proxy pod finds mounted from its ConfigMap: the plan and the purges. A reader never sees half a file. */
public record PlanDirectory(Path path) {

    void write(CachePlan plan) throws IOException {
        replace("plan.json", PlanJson.writePretty(plan));
    }

    void write(PurgeLedger ledger) throws IOException {
        replace("purges.json", PlanJson.writePretty(ledger));
    }

    private void replace(String name, String content) throws IOException {
        Path next = Files.createTempFile(path.getParent(), name, ".next");
        Files.writeString(next, content);
        Files.move(next, path.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
