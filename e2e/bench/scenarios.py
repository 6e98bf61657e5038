"""What is measured, one function a subject. Each takes a Run and gives back a Table."""
import dataclasses
import os
import statistics
import subprocess
import time

import generators
import machine
import peers
from origin import SIZES

EVERYBODY = ["Pagecache", "nginx", "Varnish", "HAProxy", "Traffic Server"]
FLOOD_CONNECTIONS = 10_000
PAGES = 10_000
FIXED_RATE = 20_000
READER = {"Cookie": peers.READER}


@dataclasses.dataclass
class Run:
    site: peers.Site
    origin: object
    rounds: int
    seconds: int
    quick: bool

    def log(self, text):
        print(f"… {text}", flush=True)


@dataclasses.dataclass
class Table:
    """One table of the report: its title, what to know about it, header cells, rows."""
    title: str
    notes: str
    header: list
    rows: list
    ratios: dict = dataclasses.field(default_factory=dict)


def spread(values, digits=2):
    return f"{statistics.median(values):,.{digits}f} [{min(values):,.{digits}f}–{max(values):,.{digits}f}]"


def interleaved(run, servers, measure):
    """Figures by server, the servers taking turns in each round, so that a slow moment of the machine falls on all."""
    figures = {server.name: [] for server in servers}
    for _ in range(run.rounds):
        for server in servers:
            figures[server.name].append(measure(server))
    return figures


def comparison(label, figures, value=lambda f: f.rate, digits=0, unit_of_cost=True):
    """Rows of one subject: each server's figures, and ours over theirs within one round."""
    ours = figures["Pagecache"]
    rows = []
    for name, theirs in figures.items():
        row = [label, name, spread([value(f) for f in theirs], digits)]
        if unit_of_cost:
            row.append(spread([f.cost for f in theirs], 1))
        if name == "Pagecache":
            row += [""] * (2 if unit_of_cost else 1)
        else:
            row.append(spread([value(a) / value(b) for a, b in zip(ours, theirs)]))
            if unit_of_cost:
                row.append(spread([a.cost / b.cost for a, b in zip(ours, theirs)]))
        rows.append(row)
    return rows


def ratios_of(figures, value):
    ours = figures["Pagecache"]
    return {name: [value(a) / value(b) for a, b in zip(ours, theirs)] for name, theirs in figures.items() if name != "Pagecache"}


def hits(run):
    """Cached hits by size over HTTP/1.1 keep-alive; and a page that the origin compressed, to readers with and without gzip."""
    servers = peers.start(run.site, ["Pagecache", "nginx", "Varnish"] if run.quick else EVERYBODY)
    subjects = {"1 KiB": ("/1k", {}), "16 KiB": ("/16k", {})}
    if not run.quick:
        subjects |= {
            "100 KiB": ("/100k", {}),
            "100 KiB, gzip": ("/compressed", {"Accept-Encoding": "gzip"}),
            "100 KiB, gzipped by the origin, to a client without gzip": ("/compressed", {}),
        }
    table = Table(
        "Cached hits", f"HTTP/1.1 keep-alive, 64 connections, `Age` and `Date` live, access log off.",
        ["page", "server", "hits/s", "CPU µs per hit", "hits/s, ours / theirs", "CPU, ours / theirs"], [])
    try:
        for label, (path, headers) in subjects.items():
            run.log(f"hits: {label}")
            for server in servers:
                if path == "/compressed":
                    server.get(path, {"Accept-Encoding": "gzip"})  # the origin compresses what is asked for first
                if not headers:
                    server.check_bytes(path)
                generators.closed_loop(server, path, server.warm_up, headers=headers)
            before = run.origin.requests
            figures = interleaved(run, servers, lambda server: generators.closed_loop(server, path, run.seconds, headers=headers))
            if run.origin.requests != before:
                table.notes += f" {label}: the origin was asked {run.origin.requests - before} times while hits were measured."
            table.rows += comparison(label, figures)
            table.ratios[f"hits {label}"] = ratios_of(figures, lambda f: f.rate)
            table.ratios[f"CPU {label}"] = ratios_of(figures, lambda f: f.cost)
    finally:
        peers.stop(servers)
    return table


def latency(run):
    """Latency at a rate that all can keep."""
    servers = peers.start(run.site, EVERYBODY)
    try:
        for server in servers:
            generators.closed_loop(server, "/16k", server.warm_up)
        run.log("latency at a fixed rate")
        figures = interleaved(run, servers, lambda server: generators.fixed_rate(server, "/16k", run.seconds, FIXED_RATE))
    finally:
        peers.stop(servers)
    rows = []
    for name, theirs in figures.items():
        paired = spread([a.p99 / b.p99 for a, b in zip(figures["Pagecache"], theirs)]) if name != "Pagecache" else ""
        rows.append([name, spread([f.p50 for f in theirs], 0), spread([f.p99 for f in theirs], 0), spread([f.cost for f in theirs], 1), paired])
    return Table(
        f"Latency at {FIXED_RATE:,} requests a second", "16 KiB, 50 connections; a request counts from when it was due.",
        ["server", "p50 µs", "p99 µs", "CPU µs per hit", "p99, ours / theirs"], rows, {"p99": ratios_of(figures, lambda f: f.p99)})


def protocols(run):
    """HTTP/2 in clear text; HTTP/1.1 and HTTP/2 over TLS."""
    servers = peers.start(run.site, EVERYBODY)
    table = Table(
        "HTTP/2 and TLS", "16 KiB, h2load, 64 connections; HTTP/2 with 8 streams each. TLS 1.3 where both sides have it, ECDSA P-256.",
        ["protocol", "server", "hits/s", "CPU µs per hit", "hits/s, ours / theirs", "CPU, ours / theirs"], [])
    subjects = {"HTTP/2, clear text": ("http", False, "h2c"), "HTTP/1.1, TLS": ("https", True, "tls"), "HTTP/2, TLS": ("https", False, "tls")}
    try:
        for label, (scheme, http1, port) in subjects.items():
            able = [server for server in servers if getattr(server.ports, port)]
            run.log(label)
            for server in able:
                if scheme == "https":
                    server.check_bytes("/16k", tls=True)
                generators.h2load(server, scheme, "/16k", 2 * server.warm_up, http1=http1)
            figures = interleaved(run, able, lambda server: generators.h2load(server, scheme, "/16k", run.seconds, http1=http1))
            table.rows += comparison(label, figures)
            table.ratios[label] = ratios_of(figures, lambda f: f.rate)
    finally:
        peers.stop(servers)
    return table


def flood(run):
    """Everybody asks at once for one page that nobody has, and that takes the origin 200 ms."""
    rows = []
    for name in EVERYBODY:
        run.log(f"flood: {name}")
        (server,) = peers.start(run.site, [name])
        try:
            generators.closed_loop(server, "/16k", server.warm_up)
            took, asked, failed = [], [], []
            for turn in range(run.rounds):
                before = run.origin.requests
                result, _ = generators.load(server, f"/slow/{name.replace(' ', '-')}/{turn}", "--flood", "--connections", FLOOD_CONNECTIONS, failures_allowed=True)
                took.append(result["seconds"])
                asked.append(run.origin.requests - before)
                failed.append(result["failed"])
            rows.append([name, spread(took), spread(asked, 0), spread(failed, 0), f"{machine.proportional_memory(server.serving_pids()) >> 20}"])
        finally:
            peers.stop([server])
    return Table(
        f"A flood of {FLOOD_CONNECTIONS:,} on one cold page", "All connections are open, then each sends its one request; the origin takes 200 ms.",
        ["server", "seconds until all are served", "requests at the origin", "failed", "memory after, MiB (PSS)"], rows)


def memory(run):
    """What many pages and many connections weigh."""
    rows = []
    for name in EVERYBODY:
        run.log(f"memory: {name}")
        (server,) = peers.start(run.site, [name])
        try:
            weights = [_weight(server)]
            generators.load(server, "/page/%d", "--count", PAGES, "--connections", 32)
            time.sleep(2)
            weights.append(_weight(server))
            before = run.origin.requests
            generators.load(server, "/page/%d", "--count", PAGES, "--connections", 32)
            again = run.origin.requests - before
            weights.append(_weight_with_connections(server))
            rows.append([name, *(f"{weight:.0f}" for weight in weights), f"{_disk(run, server):.0f}", f"{again:,}"])
        finally:
            peers.stop([server])
    body = PAGES * SIZES["16k"] / 2**20
    return Table(
        f"Memory with {PAGES:,} pages of 16 KiB", f"Proportional set size in MiB; the bodies alone are {body:.0f} MiB. *Disk*: files of the cache, which the kernel keeps in memory where there is room.",
        ["server", "empty", "with the pages", f"and {FLOOD_CONNECTIONS:,} connections", "disk", "requests at the origin in the second pass"], rows)


def _weight(server):
    return machine.proportional_memory(server.serving_pids()) / 2**20


def _weight_with_connections(server):
    holder = subprocess.Popen(
        ["taskset", "-c", str(machine.GENERATOR_CPU), generators.LOAD, str(server.ports.http), "/page/1", "--flood", "--hold",
         "--connections", str(FLOOD_CONNECTIONS)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        holder.stdout.readline()
        return _weight(server)
    finally:
        holder.communicate()


def _disk(run, server):
    """MiB of the files in which a server keeps its pages."""
    blocks = 0
    for room in os.listdir(run.site.folder):
        if not room.startswith(server.name.lower().replace(" ", "-")):
            continue
        for folder, _, names in os.walk(os.path.join(run.site.folder, room, "cache")):
            for name in names:
                try:
                    blocks += os.stat(os.path.join(folder, name)).st_blocks
                except OSError:
                    pass
    return blocks * 512 / 2**20


def personal(run):
    """One page of 16 KiB with two personal places, filled in by elements, by ESI, and not at all."""
    servers = []
    try:
        servers = [peers.pagecache(run.site, "pagecache-personal.yaml"), peers.varnish(run.site)]
        ours, varnish = servers
        for server in servers:
            server.await_first_reply()
        subjects = {
            "Pagecache, elements": (ours, "/personal"),
            "Pagecache, plain page": (ours, "/16k"),
            "Pagecache, ESI": (ours, "/personal-esi"),
            "Varnish, ESI": (varnish, "/personal-esi"),
            "Varnish, plain page": (varnish, "/16k"),
        }
        run.log("personal pages")
        figures = {name: [] for name in subjects}
        for server, path in subjects.values():
            server.check_bytes(path, READER)
            generators.closed_loop(server, path, server.warm_up, headers=READER)
        for _ in range(run.rounds):
            for name, (server, path) in subjects.items():
                figures[name].append(generators.closed_loop(server, path, run.seconds, headers=READER))
    finally:
        peers.stop(servers)
    elements = figures["Pagecache, elements"]
    rows = []
    for name, theirs in figures.items():
        paired = ["", ""] if theirs is elements else [
            spread([a.rate / b.rate for a, b in zip(elements, theirs)]), spread([a.cost / b.cost for a, b in zip(elements, theirs)])]
        rows.append([name, spread([f.rate for f in theirs], 0), spread([f.cost for f in theirs], 1), *paired])
    return Table(
        "A personal page", "16 KiB with two places: one from a cookie, one from a session asked for once and kept; by ESI, two fragments kept per reader.",
        ["page", "hits/s", "CPU µs per hit", "hits/s, elements / this", "CPU, elements / this"], rows,
        {"personal": {name: [a.cost / b.cost for a, b in zip(elements, theirs)] for name, theirs in figures.items()}})


def misses(run):
    """1 MiB that may not be kept, streamed through, beside the same origin without a cache before it."""
    folder = run.site.room("origin")
    with open(os.path.join(folder, "large"), "wb") as large:
        large.write(os.urandom(1 << 20))
    port = machine.free_port()
    conf = run.site.fill_in("origin.conf", folder, port=port)
    static = subprocess.Popen(["taskset", "-c", str(machine.GENERATOR_CPU), "nginx", "-p", folder, "-c", conf])
    site = peers.Site(port)
    servers = []
    try:
        time.sleep(0.5)
        servers = [peers.ALL[name](site) for name in ("Pagecache", "nginx", "Varnish", "HAProxy")]
        for server in servers:
            server.await_first_reply()
        run.log("misses")
        direct = Direct(port, static.pid)
        everyone = [*servers, direct]
        for server in everyone:
            generators.closed_loop(server, "/large", server.warm_up, connections=8)
        figures = interleaved(run, everyone, lambda server: generators.closed_loop(server, "/large", run.seconds, connections=8))
    finally:
        peers.stop(servers)
        site.close()
        static.terminate()
        static.wait(10)
    return Table(
        "Streaming 1 MiB that is not kept", "`Cache-Control: no-store`, 8 connections; the origin (nginx) shares the generator's CPU.",
        ["through", "server", "replies/s", "CPU µs per reply", "replies/s, ours / theirs", "CPU, ours / theirs"],
        [row for row in comparison("1 MiB", figures)], {"misses": ratios_of(figures, lambda f: f.rate)})


class Direct:
    """The origin itself, measured as if it were a cache."""

    name, warm_up = "no cache", 1

    def __init__(self, port, pid):
        self.ports, self._pid = peers.Ports(port), pid

    def pids(self):
        return machine.tree(self._pid)


def start(run):
    """From the start of the process to its first reply, and the hits of the seconds after it."""
    first = {name: [] for name in EVERYBODY}
    curve = {}
    for turn in range(run.rounds):
        for name in EVERYBODY:
            run.log(f"start: {name}")
            server = peers.ALL[name](run.site)
            try:
                first[name].append(server.await_first_reply() * 1000)
                if turn == 0 and name in ("Pagecache", "nginx", "Varnish"):
                    curve[name] = [generators.closed_loop(server, "/16k", 1) for _ in range(12)]
            finally:
                peers.stop([server])
    rows = []
    for name, times in first.items():
        seconds = [f"{f.rate / 1000:,.0f}" for f in curve.get(name, [])]
        rows.append([name, spread(times, 0), ", ".join(seconds)])
    return Table(
        "Start and warm-up", "On one CPU. `./pagecache serve` starts two JVMs, the one that follows the policy file first; a pod starts one. Warm-up: thousand hits (16 KiB) in each second after the first reply.",
        ["server", "ms to the first 200", "thousand hits/s in second 1, 2, …"], rows,
        {"curve": {name: [f.rate for f in figures] for name, figures in curve.items()}})


ALL = {
    "hits": hits, "latency": latency, "protocols": protocols, "flood": flood, "memory": memory, "personal": personal, "misses": misses,
    "start": start,
}
