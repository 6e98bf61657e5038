package io.pagecache.e2e.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagecache.plan.CachePlan;
import io.pagecache.plan.PurgeLedger;
import io.pagecache.plan.PurgeMode;
import io.pagecache.plan.PurgeScope;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A proxy of the form under test, the application behind it and a visitor before it. */
final class Stage implements AutoCloseable {
    static final Path ROOT = Path.of(System.getProperty("pagecache.root", "../.."));
    static final String HTML = "text/html; charset=utf-8";

    final ScriptedOrigin origin = new ScriptedOrigin();
    final SitePlan site = new SitePlan(origin.port());
    final WireFolder folder;
    final ProxyProcess proxy;
    final Visitor visitor;
    private final ProxyForm form;
    private PurgeLedger ledger = PurgeLedger.EMPTY;

    Stage(ProxyForm form, Path directory) {
        assertThat(form.artifact()).as("%s form", form).isRegularFile();
        this.form = form;
        this.folder = served(directory);
        this.proxy = started(folder);
        this.visitor = new Visitor(proxy.url());
    }

    ProxyForm form() {
        return form;
    }

    /** A folder for a proxy with the plan of this site. */
    WireFolder served(Path directory) {
        return served(directory, site.plan("r1"));
    }

    WireFolder served(Path directory, CachePlan plan) {
        WireFolder filled = new WireFolder(directory);
        filled.write(plan);
        filled.write(PurgeLedger.EMPTY);
        return filled;
    }

    /** Another proxy of the same form, ready. */
    ProxyProcess started(WireFolder with) {
        return ProxyProcess.start(form, with, Duration.ZERO).awaitReady();
    }

    /** The order after the last one, for the shared proxy. */
    PurgeLedger purge(PurgeScope... scopes) {
        ledger = ledger.append("@" + ledger.lastSequence(), PurgeMode.HARD, List.of(scopes), Instant.now());
        return ledger;
    }

    PurgeLedger ledger() {
        return ledger;
    }

    @Override
    public void close() {
        visitor.close();
        proxy.close();
        origin.close();
    }
}
