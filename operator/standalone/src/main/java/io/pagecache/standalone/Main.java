package io.pagecache.standalone;

import io.pagecache.standalone.file.Problem;
import io.pagecache.standalone.policy.PolicyReader;
import io.pagecache.standalone.policy.ReadPolicy;
import io.pagecache.standalone.serve.Console;
import io.pagecache.standalone.serve.LocalReferences;
import io.pagecache.standalone.serve.PolicyExplainer;
import io.pagecache.standalone.serve.PolicyServer;
import io.pagecache.standalone.serve.ServeOptions;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

/** {@code pagecache serve}, {@code check} and {@code explain}. */
public final class Main {
    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    private Main() {}

    public static void main(String[] arguments) throws InterruptedException {
        System.exit(run(List.of(arguments), new Console(System.out, System.err)));
    }

    static int run(List<String> arguments, Console console) throws InterruptedException {
        try {
            return switch (CommandLine.parse(arguments)) {
                case CommandLine.Check(Path file) -> check(file, console);
                case CommandLine.Serve(var file, var listen, var management, var backends, var tls) ->
                    new PolicyServer(
                                    new ServeOptions(
                                            file,
                                            listen,
                                            management,
                                            backends,
                                            LocalReferences.fromEnvironment(),
                                            tls,
                                            ProxyCommand.fromEnvironment()),
                                    console,
                                    Clock.systemUTC())
                            .run();
                case CommandLine.Explain(var file, var question, var backends, var json) ->
                    new PolicyExplainer(file, backends, ProxyCommand.fromEnvironment(), console).run(question, json);
                case CommandLine.Misuse(String problem) -> {
                    console.complain(problem);
                    console.complain(CommandLine.USAGE);
                    yield MISUSED;
                }
            };
        } catch (NoSuchFileException e) {
            console.complain(e.getFile() + ": there is no such file");
            return FAILED;
        } catch (CharacterCodingException e) {
            console.complain(arguments.get(1) + ": this is not a text in UTF-8");
            return FAILED;
        } catch (IOException e) {
            console.complain(arguments.get(1) + ": cannot go on: " + e.getMessage());
            return FAILED;
        }
    }

    private static int check(Path file, Console console) throws IOException {
        List<Problem> problems =
                switch (new PolicyReader().read(Files.readString(file))) {
                    case ReadPolicy.Invalid invalid -> invalid.problems();
                    case ReadPolicy.Valid valid ->
                        Stream.concat(valid.purgeProblem().stream(), missing(valid))
                                .toList();
                };
        problems.forEach(problem -> console.complain(problem.in(file)));
        if (problems.isEmpty()) {
            console.say("ok");
        }
        return problems.isEmpty() ? 0 : FAILED;
    }

    /** Only where the environment says where they would be: a policy for a cluster is right without them. */
    private static Stream<Problem> missing(ReadPolicy.Valid policy) {
        return LocalReferences.named()
                .map(references -> references.missing(policy.policy().getSpec()))
                .orElse(List.of())
                .stream()
                .map(missing ->
                        new Problem(policy.document().positionOf(missing.field()), missing.field(), missing.message()));
    }
}
