"""Measures cached hits per second and CPU per hit of Pagecache, nginx and Varnish, side by side on one machine.

Each server is pinned to CPU 0, the load generator (wrk) and the origin to CPU 1. Servers take turns within each round, so that
a slow moment of the machine falls on all; the figure to quote is the ratio within a round, as median [min-max].
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


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Origin(http.server.BaseHTTPRequestHandler):
    """Answers /1k and /16k with that many bytes, fresh for an hour."""

    protocol_version = "HTTP/1.1"
    requests = 0

    def do_GET(self):
        Origin.requests += 1
        size = SIZES.get(self.path.strip("/"), 0)
        self.send_response(200 if size else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Cache-Control", "public, max-age=3600")
        self.send_header("Content-Length", str(size))
        self.end_headers()
        self.wfile.write(body_of(size))

    def log_message(self, *_):
        pass


def body_of(size):
    return (b"<p>A line of a page that is served from the cache.</p>\n" * (size // 50 + 1))[:size]


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
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=5) as reply:
            return reply.read()

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


def start_servers(work, origin):
    nginx_work, varnish_work = os.path.join(work, "nginx"), os.path.join(work, "varnish")
    os.makedirs(nginx_work)
    os.makedirs(varnish_work)
    ports = [free_port() for _ in range(4)]
    return [
        Server("pagecache", [
            os.path.join(ROOT, "pagecache"), "serve", os.path.join(HERE, "policy.yaml"), "--port", str(ports[0]),
            "--management-port", str(ports[3]), "--backend", f"origin=127.0.0.1:{origin}"], ports[0],
            {"QUARKUS_VERTX_EVENT_LOOPS_POOL_SIZE": "1"}, warm_up=10),
        Server("nginx", ["nginx", "-p", nginx_work, "-c", filled_in("nginx.conf", nginx_work, port=ports[1], origin=origin)], ports[1]),
        Server("varnish", [
            "varnishd", "-F", "-n", varnish_work, "-f", filled_in("varnish.vcl", varnish_work, origin=origin),
            "-a", f"127.0.0.1:{ports[2]}", "-s", "malloc,256M", "-p", "thread_pools=1", "-p", "thread_pool_min=200",
            "-p", "listen_depth=4096", "-p", "timeout_idle=300"], ports[2]),
    ]


def load(server, path, seconds):
    """Hits per second and CPU microseconds per hit."""
    before = server.cpu_seconds()
    printed = subprocess.run(
        ["taskset", "-c", "1", "wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "-s", os.path.join(HERE, "json.lua"),
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


def main():
    quick = sys.argv[1:] == ["quick"]
    if sys.argv[1:] and not quick:
        sys.exit("bench: takes nothing or 'quick'")
    os.sched_setaffinity(0, {1} if os.cpu_count() > 1 else {0})
    origin = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Origin)
    threading.Thread(target=origin.serve_forever, daemon=True).start()
    work = tempfile.mkdtemp(prefix="pagecache-bench-")
    os.chmod(work, 0o755)  # varnishd drops its rights
    servers = start_servers(work, origin.server_port)
    try:
        for server in servers:
            server.await_ready()
            if server.unpinned_threads():
                print(f"note: {server.name} moved {server.unpinned_threads()} threads off CPU 0")
        before = Origin.requests
        measure(servers, rounds=5, seconds=1 if quick else 3)
        print(f"\nRequests at the origin while measuring: {Origin.requests - before}. "
              "Where wrk is as busy as the server, CPU per hit says more than hits/s.")
    finally:
        for server in servers:
            server.stop()
        shutil.rmtree(work, ignore_errors=True)


if __name__ == "__main__":
    main()
