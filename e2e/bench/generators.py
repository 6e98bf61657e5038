"""The load: our own generator for HTTP/1.1 in clear text, h2load for HTTP/2 and TLS. Both run on the generator's CPU."""
import dataclasses
import json
import os
import re
import subprocess
import sys
import time

import machine

LOAD = os.environ.get("PAGECACHE_BENCH_LOAD", "load")


@dataclasses.dataclass
class Figures:
    """One measurement of one server. Times are microseconds; shares are of one CPU."""
    rate: float
    cost: float
    p50: float = 0
    p99: float = 0
    server_busy: float = 0
    generator_busy: float = 0
    foreign: float = 0


def load(server, path, *options, headers=None, failures_allowed=False):
    """What the generator prints, and what else was seen meanwhile."""
    fields = [word for name, value in (headers or {}).items() for word in ("--header", f"{name}: {value}")]
    meter = Meter(server)
    printed = _run([LOAD, str(server.ports.http), path, *map(str, options), *fields])
    result = json.loads(printed)
    if result["failed"] and not failures_allowed:
        sys.exit(f"bench: {server.name} {path}: {result['failed']} failed requests of {result['succeeded'] + result['failed']}")
    return result, meter.read()


def closed_loop(server, path, seconds, connections=64, headers=None):
    result, seen = load(server, path, "--seconds", seconds, "--connections", connections, headers=headers)
    return _figures(result["succeeded"], result["seconds"], seen, result["cpu"], result["p50"], result["p99"])


def fixed_rate(server, path, seconds, rate, connections=50):
    result, seen = load(server, path, "--seconds", seconds, "--rate", rate, "--connections", connections)
    if result["succeeded"] < 0.95 * rate * seconds:
        print(f"note: {server.name} had {result['succeeded'] / seconds:.0f} of {rate} requests a second", file=sys.stderr)
    return _figures(result["succeeded"], result["seconds"], seen, result["cpu"], result["p50"], result["p99"])


def h2load(server, scheme, path, seconds, connections=64, streams=8, http1=False):
    """Over TLS, or HTTP/2 in clear text. As h2load counts it: whatever is no success stops the run."""
    port = server.ports.tls if scheme == "https" else server.ports.h2c
    host = "localhost" if scheme == "https" else "127.0.0.1"
    meter = Meter(server)
    printed = _run([
        "h2load", *(["--h1"] if http1 else [f"-m{streams}"]), "-t1", f"-c{connections}", f"-D{seconds}", f"{scheme}://{host}:{port}{path}"])
    succeeded, other = _h2load_requests(server, printed)
    took = float(re.search(r"finished in ([\d.]+)(ms|s)", printed).group(1))
    if "finished in" in printed and re.search(r"finished in [\d.]+ms", printed):
        took /= 1000
    seen = meter.read()
    if other > 0.001 * succeeded:
        sys.exit(f"bench: {server.name} {scheme} {path}: {other} failed requests of {succeeded + other}")
    return _figures(succeeded, seconds, seen, 0)


def _h2load_requests(server, printed):
    line = re.search(r"requests: .*? (\d+) succeeded, (\d+) failed, (\d+) errored, (\d+) timeout", printed)
    if not line or int(line.group(1)) == 0:
        sys.exit(f"bench: {server.name}: h2load says\n{printed}")
    return int(line.group(1)), int(line.group(2))


def _figures(count, seconds, seen, generator_cpu, p50=0.0, p99=0.0):
    return Figures(
        rate=count / seconds, cost=seen.server / count * 1e6, p50=p50, p99=p99, server_busy=seen.server / seen.elapsed,
        generator_busy=generator_cpu / seen.elapsed, foreign=max(0.0, seen.all - seen.server - generator_cpu) / seen.elapsed)


@dataclasses.dataclass
class Seen:
    elapsed: float
    server: float
    all: float


class Meter:
    """CPU seconds of a server, and of the machine, from now on."""

    def __init__(self, server):
        self._pids = server.pids()
        self._begin = time.monotonic()
        self._server = machine.cpu_seconds(self._pids)
        self._all = machine.busy_seconds()[0]

    def read(self):
        return Seen(time.monotonic() - self._begin, machine.cpu_seconds(self._pids) - self._server, machine.busy_seconds()[0] - self._all)


def _run(command):
    ran = subprocess.run(["taskset", "-c", str(machine.GENERATOR_CPU), *command], capture_output=True, text=True, timeout=180)
    if ran.returncode:
        sys.exit(f"bench: {' '.join(command)} failed: {ran.stderr.strip() or ran.stdout.strip()}")
    return ran.stdout
