package io.pagecache.standalone.serve;

import io.pagecache.api.v1alpha1.PageCachePolicySpec;
import io.pagecache.operator.compile.PlanCompiler;
import io.pagecache.operator.compile.PlanJson;
import io.pagecache.operator.compile.ResolvedPolicy;
import io.pagecache.plan.CachePlan;
import io.pagecache.plan.ExplainRequest;
import io.pagecache.plan.Explanation;
import io.pagecache.plan.ProxyState;
import io.pagecache.plan.PurgeLedger;
import io.pagecache.standalone.explain.ExplanationText;
import io.pagecache.standalone.explain.PolicyFields;
import io.pagecache.standalone.policy.PolicyReader;
import io.pagecache.standalone.policy.ReadPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** {@code pagecache explain}: a proxy that serves nobody is asked what it would do by this policy. */
public final class PolicyExplainer {
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);
    private static final int MOST_LOOKS = 1200;
    private static final int FAILED = 1;

    private final Path file;
    private final LocalBackends backends;
    private final List<String> proxyCommand;
    private final Console console;

    public PolicyExplainer(Path file, LocalBackends backends, List<String> proxyCommand, Console console) {
        this.file = file;
        this.backends = backends;
        this.proxyCommand = List.copyOf(proxyCommand);
        this.console = console;
    }

    /**
     * @param json whether the explanation is for programs
     * @return 0, or 1 when the file is no valid policy
     * @throws IOException when the proxy cannot be asked, or does not understand the question
     */
    public int run(ExplainRequest question, boolean json) throws IOException, InterruptedException {
        return switch (new PolicyReader().read(Files.readString(file))) {
            case ReadPolicy.Invalid invalid -> {
                invalid.problems().forEach(problem -> console.complain(problem.in(file)));
                yield FAILED;
            }
            case ReadPolicy.Valid valid -> {
                PageCachePolicySpec spec = valid.policy().getSpec();
                CachePlan plan = PlanCompiler.compile(ResolvedPolicy.of(valid.policy(), backends::resolve));
                ExplainRequest complete = PolicyFields.complete(question, spec);
                Explanation explanation = PolicyFields.named(ask(plan, complete), spec);
                console.say(json ? PlanJson.writePretty(explanation) : ExplanationText.of(complete, explanation));
                yield 0;
            }
        };
    }

    private Explanation ask(CachePlan plan, ExplainRequest question) throws IOException, InterruptedException {
        Address management = Address.free();
        ServeOptions options = new ServeOptions(
                file,
                new Address(management.host(), 0),
                management,
                backends,
                LocalReferences.fromEnvironment(),
                null,
                proxyCommand);
        try (Workspace workspace = Workspace.create()) {
            workspace.plan().write(plan);
            workspace.plan().write(PurgeLedger.EMPTY);
            try (ProxyProcess proxy = ProxyProcess.quiet(options, workspace, workspace.log());
                    ShutdownHook hook = ShutdownHook.closing(proxy, workspace);
                    ManagementClient client = new ManagementClient(management, workspace.token())) {
                awaitPlan(plan, proxy, client, workspace);
                return client.explain(question);
            }
        }
    }

    private static void awaitPlan(CachePlan plan, ProxyProcess proxy, ManagementClient client, Workspace workspace)
            throws IOException, InterruptedException {
        for (int look = 0; look < MOST_LOOKS; look++) {
            Optional<ProxyState> state = client.state();
            if (state.isPresent() && plan.revision().equals(state.get().revision())) {
                return;
            }
            if (state.isPresent() && state.get().rejection() != null) {
                throw new IOException(
                        "the proxy refuses the plan: " + state.get().rejection());
            }
            if (proxy.endsWithin(LOOK_EVERY)) {
                throw new IOException("the proxy has ended; it said:\n"
                        + Files.readString(workspace.log().toPath()).strip());
            }
        }
        throw new IOException("the proxy does not begin within a minute");
    }
}
