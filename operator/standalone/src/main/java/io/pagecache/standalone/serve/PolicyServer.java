package io.pagecache.standalone.serve;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** {@code pagecache serve}: one proxy on a policy file until it ends or is told to. */
public final class PolicyServer {
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);
    private static final int FAILED = 1;

    private final ServeOptions options;
    private final Console console;
    private final Clock clock;
    private final WarmUpFollower warmUps;
    private String complaint = "";

    public PolicyServer(ServeOptions options, Console console, Clock clock) {
        this.options = options;
        this.console = console;
        this.clock = clock;
        this.warmUps = new WarmUpFollower(console, clock);
    }

    /**
     * Runs until the proxy ends. SIGINT and SIGTERM let it drain first.
     *
     * @return the proxy's exit code, or 1 when the file is no valid policy or a port is taken
     * @throws IOException when the file cannot be read or the proxy cannot be started
     */
    public int run() throws IOException, InterruptedException {
        WatchedFile file = WatchedFile.open(options.file());
        Workspace workspace = Workspace.create();
        PolicyFollower follower = new PolicyFollower(options, workspace.plan(), console, clock);
        if (!follower.begin(file.content())) {
            workspace.close();
            return FAILED;
        }
        boolean mayServe = mayListen("--port", options.listen());
        if (!mayListen("--management-port", options.management()) || !mayServe) {
            workspace.close();
            return FAILED;
        }
        console.say("Serving %s on http://%s (management on http://%s, token in %s)"
                .formatted(options.file(), options.listen(), options.management(), workspace.tokenFile()));
        try (workspace;
                ProxyProcess proxy = ProxyProcess.start(options, workspace);
                ShutdownHook hook = ShutdownHook.closing(proxy, workspace);
                ManagementClient client = new ManagementClient(options.management(), workspace.token());
                ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().name("policy-watch").daemon().factory())) {
            watch.scheduleWithFixedDelay(
                    () -> look(file, follower, client), 0, LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
            int exitCode = proxy.waitFor();
            watch.shutdownNow();
            return exitCode;
        }
    }

    /** The proxy would say the same, with a stack trace around it. */
    private boolean mayListen(String option, Address address) {
        Optional<String> obstacle = address.obstacle();
        obstacle.ifPresent(reason -> console.complain(
                "cannot listen on %s: %s; say another port with %s".formatted(address, reason, option)));
        return obstacle.isEmpty();
    }

    private void look(WatchedFile file, PolicyFollower follower, ManagementClient client) {
        try {
            var change = file.change();
            if (change.isPresent()) {
                follower.changed(change.get());
            }
            follower.endBypasses();
            follower.lookForReferences();
            warmUps.look(follower.policy(), follower.purges(), client);
            if (follower.acknowledgements().isWaiting()) {
                client.state()
                        .ifPresent(state ->
                                follower.acknowledgements().confirm(state).forEach(console::say));
            }
            complaint = "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            complainOnce("cannot follow the file: " + e);
        } catch (RuntimeException e) {
            complainOnce("cannot follow the file, this is a mistake in Pagecache: " + e);
        }
    }

    private void complainOnce(String newComplaint) {
        if (!newComplaint.equals(complaint)) {
            console.complain(options.file() + ": " + newComplaint);
            complaint = newComplaint;
        }
    }
}
