package io.pagecache.e2e.blackbox;

import io.pagecache.e2e.blackbox.ScriptedOrigin.Answer;
import io.pagecache.e2e.process.WorkFolder;
import io.pagecache.plan.PurgeLedger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Measures how long each form takes from the start of its process to Ready, and its resident memory when idle and full of pages.
 * The forms take turns, so that a busy machine is busy for all of them. Prints a table of medians.
 */
public final class FormsMeasurement {
    private static final int ROUNDS = 5;
    private static final int PAGES = 10_000;
    private static final int AT_ONCE = 50;
    private static final String TEXT = "All work and no play makes a page. ".repeat(58);

    private record Round(long readyMillis, long idleKibibytes, long fullKibibytes) {}

    private final ScriptedOrigin origin = new ScriptedOrigin();

    private FormsMeasurement() {
        origin.otherwise((turn, request) -> Answer.text(TEXT, "Content-Type", "text/html; charset=utf-8"));
    }

    public static void main(String[] arguments) {
        Path root = Path.of(System.getProperty("pagecache.root", "."));
        List<ProxyForm> built = Stream.of(ProxyForm.jvm(root), ProxyForm.nativeExecutable(root))
                .filter(ProxyForm::isBuilt)
                .toList();
        new FormsMeasurement().measure(built);
        System.exit(0);
    }

    private void measure(List<ProxyForm> forms) {
        List<List<Round>> rounds = new ArrayList<>();
        forms.forEach(form -> rounds.add(new ArrayList<>()));
        for (int round = 1; round <= ROUNDS; round++) {
            System.err.printf("round %d of %d%n", round, ROUNDS);
            for (int i = 0; i < forms.size(); i++) {
                rounds.get(i).add(runOnce(forms.get(i)));
            }
        }
        System.out.println("| form | size | start to Ready | RSS idle | RSS with 10,000 pages |");
        System.out.println("|---|---|---|---|---|");
        for (int i = 0; i < forms.size(); i++) {
            print(forms.get(i), rounds.get(i));
        }
    }

    private Round runOnce(ProxyForm form) {
        try (WorkFolder work = WorkFolder.create("forms")) {
            WireFolder folder = new WireFolder(work.scratch());
            folder.write(new SitePlan(origin.port()).plan("r1"));
            folder.write(PurgeLedger.EMPTY);
            long started = System.nanoTime();
            try (ProxyProcess proxy =
                            ProxyProcess.start(form, folder, Duration.ZERO).awaitReady();
                    Visitor visitor = new Visitor(proxy.url())) {
                long ready = Duration.ofNanos(System.nanoTime() - started).toMillis();
                long idle = proxy.residentKibibytes();
                fill(visitor, proxy);
                return new Round(ready, idle, proxy.residentKibibytes());
            }
        }
    }

    private static void fill(Visitor visitor, ProxyProcess proxy) {
        for (int first = 0; first < PAGES; first += AT_ONCE) {
            visitor.each(Stream.iterate(first, page -> page + 1).limit(AT_ONCE).map(page -> "/pages/" + page));
        }
        proxy.await("pages in the store", () -> proxy.management().stats().objects() >= PAGES);
    }

    private static void print(ProxyForm form, List<Round> rounds) {
        System.out.printf(
                Locale.ROOT,
                "| %s | %d MiB | %d ms | %d MiB | %d MiB |%n",
                form,
                size(form) >> 20,
                median(rounds.stream().map(Round::readyMillis)),
                median(rounds.stream().map(Round::idleKibibytes)) >> 10,
                median(rounds.stream().map(Round::fullKibibytes)) >> 10);
    }

    private static long median(Stream<Long> values) {
        return values.sorted().toList().get(ROUNDS / 2);
    }

    /** Of the executable, or of the folder that the jar starts from; a JVM comes on top of that. */
    private static long size(ProxyForm form) {
        Path of = form.artifact().getFileName().toString().endsWith(".jar")
                ? form.artifact().getParent()
                : form.artifact();
        try (Stream<Path> files = Files.walk(of)) {
            return files.mapToLong(
                            file -> file.toFile().isFile() ? file.toFile().length() : 0)
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
