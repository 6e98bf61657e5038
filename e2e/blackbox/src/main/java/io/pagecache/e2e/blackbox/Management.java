package io.pagecache.e2e.blackbox;

import io.pagecache.plan.CachePlan;
import io.pagecache.plan.ProxyState;
import io.pagecache.plan.ProxyStats;
import io.pagecache.plan.PurgeLedger;

/** The management port, as the operator and the cluster use it. */
public final class Management implements AutoCloseable {
    private static final String[] TOKEN = {"Authorization", "Bearer " + WireFolder.TOKEN};

    private final Visitor caller;

    Management(int port) {
        this.caller = new Visitor("http://127.0.0.1:" + port);
    }

    /** @param check {@code live}, {@code ready} or {@code started} */
    public boolean isUp(String check) {
        return caller.tries("/q/health/" + check)
                .map(reply -> reply.status() == 200)
                .orElse(false);
    }

    /** Without a token. */
    public Visitor.Reply get(String path) {
        return caller.get(path);
    }

    /** Without a body where {@code text} is empty. */
    public Visitor.Reply send(String method, String path, String text) {
        return caller.send(method, path, text, TOKEN);
    }

    public ProxyState state() {
        return WireFolder.read(caller.get("/v1/state", TOKEN).text(), ProxyState.class);
    }

    public ProxyStats stats() {
        return WireFolder.read(caller.get("/v1/stats", TOKEN).text(), ProxyStats.class);
    }

    public Visitor.Reply push(CachePlan plan) {
        return pushPlan(WireFolder.json(plan));
    }

    /** Whatever the text is. */
    public Visitor.Reply pushPlan(String text) {
        return caller.send("PUT", "/v1/plan", text, TOKEN);
    }

    public ProxyState push(PurgeLedger ledger) {
        return WireFolder.read(
                caller.send("POST", "/v1/purges", WireFolder.json(ledger), TOKEN)
                        .text(),
                ProxyState.class);
    }

    @Override
    public void close() {
        caller.close();
    }
}
