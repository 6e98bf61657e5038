package io.pagecache.e2e.blackbox;

import io.pagecache.e2e.blackbox.ScriptedOrigin.Answer;
import io.pagecache.e2e.process.WorkFolder;
import io.pagecache.plan.PurgeLedger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Measures how long each form takes from the start of its process to Ready, and from its kill to Ready of its successor; its
 * resident memory when idle and full of pages, and with wrk its hits and misses a second. The forms take turns, so that a busy
 * machine is busy for all of them. Prints a table of medians. Arguments: rounds (5) and seconds of each load (5).
 */
public final class FormsMeasurement {
    private static final int PAGES = 10_000;
    private static final int AT_ONCE = 50;
    private static final String TEXT = "All work and no play makes a page. ".repeat(58);

    private static final LoadTool.Result NOTHING = new LoadTool.Result(0, 0);
    private static final Load NO_LOAD = new Load(NOTHING, 0, NOTHING);

    private record Memory(long idleKibibytes, long fullKibibytes) {}

    private record Load(LoadTool.Result hits, double microsPerHit, LoadTool.Result misses) {}

    /** @param replacedMillis from the kill of the process to Ready of the next */
    private record Round(long readyMillis, long replacedMillis, Memory memory, Load load) {}

    private final ScriptedOrigin origin = new ScriptedOrigin();
    private final int rounds;
    private final int seconds;

    private FormsMeasurement(int rounds, int seconds) {
        this.rounds = rounds;
        this.seconds = seconds;
        origin.otherwise((turn, request) -> Answer.text(TEXT, "Content-Type", "text/html; charset=utf-8"));
    }

    public static void main(String[] arguments) {
        Path root = Path.of(System.getProperty("pagecache.root", "."));
        AotTraining.refresh(root);
        List<ProxyForm> built = Stream.of(
                        ProxyForm.jvm(root),
                        ProxyForm.aot(root),
                        ProxyForm.aotOnNio(root),
                        ProxyForm.nativeExecutable(root))
                .filter(ProxyForm::isBuilt)
                .toList();
        if (!LoadTool.isThere()) {
            System.err.println("wrk is not installed: hits and misses a second are left out");
        }
        new FormsMeasurement(number(arguments, 0), number(arguments, 1)).measure(built, root.resolve(".build/images"));
        System.exit(0);
    }

    private static int number(String[] arguments, int at) {
        return arguments.length > at ? Integer.parseInt(arguments[at]) : 5;
    }

    private void measure(List<ProxyForm> forms, Path images) {
        double loadBefore = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        List<List<Round>> measured = new ArrayList<>();
        forms.forEach(form -> measured.add(new ArrayList<>()));
        for (int round = 1; round <= rounds; round++) {
            System.err.printf("round %d of %d%n", round, rounds);
            for (int i = 0; i < forms.size(); i++) {
                measured.get(i).add(runOnce(forms.get(i)));
            }
        }
        System.out.println(
                "| form | size | image, compressed | start to Ready | kill to Ready | RSS idle | RSS with 10,000 pages | hits/s | CPU per hit | p99 of hits |"
                        + " misses/s | p99 of misses |");
        System.out.println("|---|---|---|---|---|---|---|---|---|---|---|---|");
        for (int i = 0; i < forms.size(); i++) {
            print(forms.get(i), measured.get(i), images);
        }
        System.out.printf(
                Locale.ROOT,
                "%nLoad average of the last minute before and after: %.1f, %.1f%n",
                loadBefore,
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private Round runOnce(ProxyForm form) {
        try (WorkFolder work = WorkFolder.create("forms")) {
            WireFolder folder = new WireFolder(work.scratch());
            folder.write(new SitePlan(origin.port()).plan("r1"));
            folder.write(PurgeLedger.EMPTY);
            long started = System.nanoTime();
            ProxyProcess proxy = ProxyProcess.start(form, folder, Duration.ZERO).awaitReady();
            long ready = millisSince(started);
            Memory memory;
            Load load;
            try (proxy;
                    Visitor visitor = new Visitor(proxy.url())) {
                long idle = proxy.residentKibibytes();
                fill(visitor, proxy);
                memory = new Memory(idle, proxy.residentKibibytes());
                load = LoadTool.isThere() ? underLoad(proxy, work) : NO_LOAD;
                started = System.nanoTime();
            }
            try (ProxyProcess replaced =
                    ProxyProcess.start(form, folder, Duration.ZERO).awaitReady()) {
                return new Round(ready, millisSince(started), memory, load);
            }
        }
    }

    private static long millisSince(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos).toMillis();
    }

    private Load underLoad(ProxyProcess proxy, WorkFolder work) {
        proxy.management().push(new SitePlan(origin.port(), true).plan("r2"));
        LoadTool.samePage(proxy.url(), seconds);
        Duration before = proxy.processorTime();
        LoadTool.Result hits = LoadTool.samePage(proxy.url(), seconds);
        double micros = proxy.processorTime().minus(before).toNanos() / 1e3 / (hits.perSecond() * seconds);
        return new Load(hits, micros, LoadTool.distinctPages(proxy.url(), seconds, work));
    }

    private static void fill(Visitor visitor, ProxyProcess proxy) {
        for (int first = 0; first < PAGES; first += AT_ONCE) {
            visitor.each(Stream.iterate(first, page -> page + 1).limit(AT_ONCE).map(page -> "/pages/" + page));
        }
        proxy.await("pages in the store", () -> proxy.management().stats().objects() >= PAGES);
    }

    private static void print(ProxyForm form, List<Round> rounds, Path images) {
        System.out.printf(
                Locale.ROOT,
                "| %s | %d MiB | %s | %d ms | %d ms | %d MiB | %d MiB | %,d | %.1f us | %,d us | %,d | %,d us |%n",
                form,
                size(form) >> 20,
                imageSize(form, images),
                median(rounds.stream().map(Round::readyMillis)),
                median(rounds.stream().map(Round::replacedMillis)),
                median(rounds.stream().map(round -> round.memory().idleKibibytes())) >> 10,
                median(rounds.stream().map(round -> round.memory().fullKibibytes())) >> 10,
                median(rounds.stream()
                        .map(round -> Math.round(round.load().hits().perSecond()))),
                median(rounds.stream().map(round -> Math.round(round.load().microsPerHit() * 10))) / 10.0,
                median(rounds.stream()
                        .map(round -> Math.round(round.load().hits().p99Micros()))),
                median(rounds.stream()
                        .map(round -> Math.round(round.load().misses().perSecond()))),
                median(rounds.stream()
                        .map(round -> Math.round(round.load().misses().p99Micros()))));
    }

    private static long median(Stream<Long> values) {
        List<Long> inOrder = values.sorted().toList();
        return inOrder.get(inOrder.size() / 2);
    }

    /** Of {@code ./pagecache images}; the plain jar has none. */
    private static String imageSize(ProxyForm form, Path images) {
        String name =
                switch (form.name()) {
                    case "native" -> "pagecache-proxy-native.tar";
                    case "JVM" -> "";
                    case "JVM with AOT cache, NIO" -> "";
                    default -> "pagecache-proxy.tar";
                };
        Path image = images.resolve(name);
        return Files.isRegularFile(image) ? (image.toFile().length() >> 20) + " MiB" : "-";
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
