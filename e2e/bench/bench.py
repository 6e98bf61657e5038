"""Measures cached hits per second and CPU per hit of Pagecache, nginx and Varnish, side by side on one machine.

Each server is pinned to CPU 0, the load generator (wrk) and the origin to CPU 1. Servers take turns within each round, so that
a slow moment of the machine falls on all; the figure to quote is the ratio within a round, as median [min-max].

`personal` measures one page of 16 KiB with two personal places instead: filled in by Pagecache's elements (one from a cookie, one
from a session that is asked for once), joined by ESI from two fragments that each server keeps per reader, and plain for comparison.
"""
import http.server
import json
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
TICK = os.sysconf("SC_CLK_TCK")
SIZES = {"1k": 1024, "16k": 16 * 1024}
CONNECTIONS = 64
READER = "user=Ann; sid=1"
FRAGMENTS = {"/fragment/user": b"Ann", "/fragment/session": b"Hello Ann"}
PLACES = {
    "/personal": (b"<!--pc:get user-->", b"<!--pc:element greeting-->"),
    "/personal-esi": (b'<esi:include src="/fragment/user"/>', b'<esi:include src="/fragment/session"/>'),
}


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Origin(http.server.BaseHTTPRequestHandler):
    """Answers /1k and /16k with that many bytes, and the personal pages with their parts, fresh for an hour."""

    protocol_version = "HTTP/1.1"
    requests = 0

    def do_GET(self):
        Origin.requests += 1
        body = answer_to(self.path)
        self.send_response(200 if body else 404)
        kind = "application/json" if self.path == "/session" else "text/html; charset=utf-8"
        self.send_header("Content-Type", kind)
        self.send_header("Cache-Control", "public, max-age=3600")
        if self.path in PLACES:
            self.send_header("Surrogate-Control", 'content="Pagecache/1.0 ESI/1.0"')
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def body_of(size):
    return (b"<p>A line of a page that is served from the cache.</p>\n" * (size // 50 + 1))[:size]


def answer_to(path):
    if path in PLACES:
        return personal_page(*PLACES[path])
    if path == "/session":
        return b'{"name": "Ann"}'
    return FRAGMENTS.get(path) or body_of(SIZES.get(path.strip("/"), 0))


def personal_page(user, greeting):
    half = body_of(8 * 1024 - 12)
    return b"<html>" + user + half + greeting + half + b"</html>"


class Server:
    """A peer under test: a process tree pinned to CPU 0."""

    def __init__(self, name, command, port, environment=None, warm_up=2):
        self.name, self.port, self.warm_up = name, port, warm_up
        self.log = tempfile.NamedTemporaryFile(prefix=f"bench-{name}-", suffix=".log", delete=False)
        self.process = subprocess.Popen(
            ["taskset", "-c", "0", *command], stdout=self.log, stderr=subprocess.STDOUT,
            env={**os.environ, **(environment or {})}, start_new_session=True)

    def await_ready(self):
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                sys.exit(f"bench: {self.name} ended at start; see {self.log.name}")
            try:
                if self.get("/1k") == body_of(SIZES["1k"]):
                    return
            except OSError:
                time.sleep(0.1)
        sys.exit(f"bench: {self.name} did not answer within 60 s; see {self.log.name}")

    def get(self, path):
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers={"Cookie": READER})
        with urllib.request.urlopen(request, timeout=5) as reply:
            return reply.read()

    def await_bytes(self, path, expected):
        """The first answers may come before the session has: then they show what stands in for it."""
        deadline = time.monotonic() + 20
        while self.get(path) != expected:
            if time.monotonic() > deadline:
                sys.exit(f"bench: {self.name} serves other bytes for {path}")
            time.sleep(0.5)

    def pids(self):
        """The process and all its descendants."""
        children = {}
        for pid in filter(str.isdigit, os.listdir("/proc")):
            try:
                parent = int(open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()[1])
            except OSError:
                continue
            children.setdefault(parent, []).append(int(pid))
        found, todo = [], [self.process.pid]
        while todo:
            pid = todo.pop()
            found.append(pid)
            todo += children.get(pid, [])
        return found

    def cpu_seconds(self):
        total = 0
        for pid in self.pids():
            try:
                fields = open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()
                total += int(fields[11]) + int(fields[12])
            except OSError:
                pass
        return total / TICK

    def unpinned_threads(self):
        wrong = 0
        for pid in self.pids():
            try:
                for thread in os.listdir(f"/proc/{pid}/task"):
                    wrong += os.sched_getaffinity(int(thread)) != {0}
            except OSError:
                pass
        return wrong

    def stop(self):
        for wanted in (signal.SIGTERM, signal.SIGKILL):
            if self.process.poll() is None:
                os.killpg(self.process.pid, wanted)
                try:
                    self.process.wait(10)
                except subprocess.TimeoutExpired:
                    continue
        self.log.close()


def filled_in(template, work, **values):
    text = open(os.path.join(HERE, template)).read()
    for name, value in {"work": work, **values}.items():
        text = text.replace(f"@{name}@", str(value))
    path = os.path.join(work, template)
    with open(path, "w") as out:
        out.write(text)
    return path


def start_servers(work, origin, policy):
    nginx_work, varnish_work = os.path.join(work, "nginx"), os.path.join(work, "varnish")
    os.makedirs(nginx_work)
    os.makedirs(varnish_work)
    ports = [free_port() for _ in range(4)]
    return [
        Server("pagecache", [
            os.path.join(ROOT, "pagecache"), "serve", os.path.join(HERE, policy), "--port", str(ports[0]),
            "--management-port", str(ports[3]), "--backend", f"origin=127.0.0.1:{origin}"], ports[0],
            {"QUARKUS_VERTX_EVENT_LOOPS_POOL_SIZE": "1"}, warm_up=10),
        Server("nginx", ["nginx", "-p", nginx_work, "-c", filled_in("nginx.conf", nginx_work, port=ports[1], origin=origin)], ports[1]),
        Server("varnish", [
            "varnishd", "-F", "-n", varnish_work, "-f", filled_in("varnish.vcl", varnish_work, origin=origin),
            "-a", f"127.0.0.1:{ports[2]}", "-s", "malloc,256M", "-p", "thread_pools=1", "-p", "thread_pool_min=200",
            "-p", "listen_depth=4096", "-p", "timeout_idle=300"], ports[2]),
    ]


def load(server, path, seconds, *options):
    """Hits per second and CPU microseconds per hit."""
    before = server.cpu_seconds()
    printed = subprocess.run(
        ["taskset", "-c", "1", "wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", *options, "-s", os.path.join(HERE, "json.lua"),
         f"http://127.0.0.1:{server.port}{path}"], capture_output=True, text=True, timeout=seconds + 30, check=True).stdout
    used = server.cpu_seconds() - before
    result = json.loads(printed.strip().splitlines()[-1])
    if result["errors"]:
        sys.exit(f"bench: {server.name} {path}: {result['errors']} failed requests")
    return result["requests"] / (result["microseconds"] / 1e6), used / result["requests"] * 1e6


def spread(values, digits=2):
    return f"{statistics.median(values):.{digits}f} [{min(values):.{digits}f}-{max(values):.{digits}f}]"


def measure(servers, rounds, seconds):
    print("| page | server | hits/s | CPU us per hit | hits/s, ours / theirs | CPU, ours / theirs |")
    print("|---|---|---|---|---|---|")
    for page in SIZES:
        for server in servers:
            if server.get(f"/{page}") != body_of(SIZES[page]):
                sys.exit(f"bench: {server.name} serves other bytes for /{page}")
            load(server, f"/{page}", server.warm_up)
        figures = {server.name: [] for server in servers}
        for _ in range(rounds):
            for server in servers:
                figures[server.name].append(load(server, f"/{page}", seconds))
        ours = figures["pagecache"]
        for server in servers:
            theirs = figures[server.name]
            rate = spread([a[0] / b[0] for a, b in zip(ours, theirs)]) if server.name != "pagecache" else ""
            cost = spread([a[1] / b[1] for a, b in zip(ours, theirs)]) if server.name != "pagecache" else ""
            print(f"| {page} | {server.name} | {spread([f[0] for f in theirs], 0)} | {spread([f[1] for f in theirs], 1)} | {rate} | {cost} |", flush=True)


def measure_personal(servers, rounds, seconds):
    by_name = {server.name: server for server in servers}
    ours, varnish = by_name["pagecache"], by_name["varnish"]
    rows = {
        "elements": (ours, "/personal"),
        "plain": (ours, "/16k"),
        "ESI": (ours, "/personal-esi"),
        "varnish, ESI": (varnish, "/personal-esi"),
        "varnish, plain": (varnish, "/16k"),
    }
    reader = ("-H", f"Cookie: {READER}")
    for name, (server, path) in rows.items():
        expected = body_of(SIZES["16k"]) if path == "/16k" else personal_page(*FRAGMENTS.values())
        server.await_bytes(path, expected)
        load(server, path, server.warm_up, *reader)
    figures = {name: [] for name in rows}
    for _ in range(rounds):
        for name, (server, path) in rows.items():
            figures[name].append(load(server, path, seconds, *reader))
    print("| personal page, 16 KiB | hits/s | CPU us per hit | hits/s, elements / this | CPU, elements / this |")
    print("|---|---|---|---|---|")
    for name, theirs in figures.items():
        pairs = list(zip(figures["elements"], theirs))
        rate, cost = (spread([a[i] / b[i] for a, b in pairs]) if name != "elements" else "" for i in (0, 1))
        print(f"| {name} | {spread([f[0] for f in theirs], 0)} | {spread([f[1] for f in theirs], 1)} | {rate} | {cost} |")


def main():
    wanted = sys.argv[1:]
    if any(word not in ("quick", "personal") for word in wanted):
        sys.exit(f"bench: takes 'quick' and 'personal', not '{' '.join(wanted)}'")
    quick = "quick" in wanted
    os.sched_setaffinity(0, {1} if os.cpu_count() > 1 else {0})
    origin = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Origin)
    threading.Thread(target=origin.serve_forever, daemon=True).start()
    work = tempfile.mkdtemp(prefix="pagecache-bench-")
    os.chmod(work, 0o755)  # varnishd drops its rights
    personal = "personal" in wanted
    servers = start_servers(work, origin.server_port, "personal.yaml" if personal else "policy.yaml")
    try:
        for server in servers:
            server.await_ready()
            if server.unpinned_threads():
                print(f"note: {server.name} moved {server.unpinned_threads()} threads off CPU 0")
        before = Origin.requests
        scenario = measure_personal if personal else measure
        scenario(servers, rounds=5, seconds=1 if quick else 3)
        print(f"\nRequests at the origin while measuring: {Origin.requests - before}. "
              "Where wrk is as busy as the server, CPU per hit says more than hits/s.")
    finally:
        for server in servers:
            server.stop()
        shutil.rmtree(work, ignore_errors=True)


if __name__ == "__main__":
    main()
