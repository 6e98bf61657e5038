"""The servers that are compared, each started with its best settings for this job, pinned to one CPU, in a folder of its own."""
import dataclasses
import http.client
import os
import re
import shutil
import signal
import ssl
import subprocess
import sys
import tempfile
import time

import machine
import origin as origin_module

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
READER = "user=Ann; sid=1"


@dataclasses.dataclass
class Ports:
    """Where a server listens; 0 where it does not speak that protocol."""
    http: int
    h2c: int = 0
    tls: int = 0


class Server:
    """A process tree pinned to the servers' CPU."""

    def __init__(self, name, command, ports, environment=None, warm_up=2, stray_threads=False):
        self.name, self.ports, self.warm_up = name, ports, warm_up
        self._stray_threads = stray_threads
        self.log = tempfile.NamedTemporaryFile(prefix=f"bench-{name}-", suffix=".log", delete=False)
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            ["taskset", "-c", str(machine.SERVER_CPU), *command], stdin=subprocess.DEVNULL, stdout=self.log,
            stderr=subprocess.STDOUT, env={**os.environ, **(environment or {})}, start_new_session=True)
        machine.favour([self.process.pid])

    def await_first_reply(self):
        """Seconds from its start to the first 200."""
        while time.monotonic() < self.started + 120:
            if self.process.poll() is not None:
                sys.exit(f"bench: {self.name} ended at start; see {self.log.name}")
            try:
                if self.get("/1k") == origin_module.BODIES["1k"]:
                    took = time.monotonic() - self.started
                    self.settle()
                    return took
            except (OSError, http.client.HTTPException):
                pass
            time.sleep(0.002)
        sys.exit(f"bench: {self.name} did not answer within 120 s; see {self.log.name}")

    def settle(self):
        if self._stray_threads:
            machine.pin(self.pids(), machine.SERVER_CPU)
        machine.favour(self.pids())

    def get(self, path, headers=None, tls=False):
        reply, body = self.exchange(path, headers, tls)
        if reply.status != 200:
            raise OSError(f"{self.name} answers {path} with {reply.status}")
        return body

    def exchange(self, path, headers=None, tls=False):
        if tls:
            connection = http.client.HTTPSConnection("localhost", self.ports.tls, timeout=5, context=ssl._create_unverified_context())
        else:
            connection = http.client.HTTPConnection("127.0.0.1", self.ports.http, timeout=5)
        try:
            connection.request("GET", path, headers=headers or {})
            reply = connection.getresponse()
            return reply, reply.read()
        finally:
            connection.close()

    def check_bytes(self, path, headers=None, tls=False):
        """The first replies of a personal page may come before the session has: then they show what stands in for it."""
        deadline = time.monotonic() + 20
        while self.get(path, headers, tls) != origin_module.expected(path):
            if time.monotonic() > deadline:
                sys.exit(f"bench: {self.name} serves other bytes for {path}")
            time.sleep(0.5)

    def pids(self):
        return machine.tree(self.process.pid)

    def serving_pids(self):
        """Without the process that only watches the policy file, which no pod has."""
        pids = self.pids()
        if self.name != "Pagecache":
            return pids
        return [pid for pid in pids if _runs_proxy(pid)]

    def stop(self):
        for wanted in (signal.SIGTERM, signal.SIGKILL):
            if self.process.poll() is None:
                os.killpg(self.process.pid, wanted)
                try:
                    self.process.wait(15)
                except subprocess.TimeoutExpired:
                    continue
        self.log.close()


def _runs_proxy(pid):
    try:
        with open(f"/proc/{pid}/cmdline", "rb") as command:
            return b"quarkus-run" in command.read()
    except OSError:
        return False


class Site:
    """What the servers share: the origin, a certificate, and a folder that goes with the run."""

    def __init__(self, origin_port):
        self.origin = origin_port
        self.folder = tempfile.mkdtemp(prefix="pagecache-bench-")
        os.chmod(self.folder, 0o755)  # some servers drop their rights
        self.certificate, self.key = os.path.join(self.folder, "tls.crt"), os.path.join(self.folder, "tls.key")
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
             "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", self.key, "-out", self.certificate],
            check=True, capture_output=True)
        os.chmod(self.key, 0o644)
        with open(os.path.join(self.folder, "both.pem"), "w") as both:
            both.write(open(self.certificate).read() + open(self.key).read())

    def room(self, name):
        folder = tempfile.mkdtemp(prefix=f"{name}-", dir=self.folder)
        os.chmod(folder, 0o755)
        return folder

    def fill_in(self, template, folder, **values):
        """Writes a template of peers/ into a folder; the path of what was written."""
        with open(os.path.join(HERE, "peers", template)) as source:
            text = source.read()
        for name, value in {"work": folder, "site": self.folder, "origin": self.origin, **values}.items():
            text = text.replace(f"@{name}@", str(value))
        path = os.path.join(folder, template)
        with open(path, "w") as out:
            out.write(text)
        return path

    def close(self):
        shutil.rmtree(self.folder, ignore_errors=True)


def pagecache(site, policy="pagecache.yaml"):
    ports = Ports(machine.free_port(), tls=machine.free_port())
    ports.h2c = ports.http
    folder = site.room("pagecache")
    return Server("Pagecache", [
        os.path.join(ROOT, "pagecache"), "serve", site.fill_in(policy, folder), "--port", str(ports.http),
        "--management-port", str(machine.free_port()), "--backend", f"origin=127.0.0.1:{site.origin}",
        "--tls-cert", site.certificate, "--tls-key", site.key, "--tls-port", str(ports.tls)],
        ports, {"QUARKUS_VERTX_EVENT_LOOPS_POOL_SIZE": "1"}, warm_up=10)


def nginx(site):
    ports = Ports(machine.free_port(), machine.free_port(), machine.free_port())
    folder = site.room("nginx")
    conf = site.fill_in("nginx.conf", folder, port=ports.http, h2c=ports.h2c, tls=ports.tls)
    return Server("nginx", ["nginx", "-p", folder, "-c", conf], ports)


def varnish(site):
    ports = Ports(machine.free_port())
    ports.h2c = ports.http
    folder = site.room("varnish")
    return Server("Varnish", [
        "varnishd", "-F", "-n", folder, "-f", site.fill_in("varnish.vcl", folder), "-a", f"127.0.0.1:{ports.http}",
        "-s", "malloc,1G", "-p", "thread_pools=1", "-p", "thread_pool_min=200", "-p", "listen_depth=4096",
        "-p", "thread_queue_limit=20000", "-p", "timeout_idle=300", "-p", "feature=+http2"], ports)


def haproxy(site):
    ports = Ports(machine.free_port(), machine.free_port(), machine.free_port())
    folder = site.room("haproxy")
    conf = site.fill_in("haproxy.cfg", folder, port=ports.http, h2c=ports.h2c, tls=ports.tls)
    return Server("HAProxy", ["haproxy", "-db", "-f", conf], ports)


def traffic_server(site):
    ports = Ports(machine.free_port(), tls=machine.free_port())
    folder = site.room("traffic-server")
    for part in ("etc", "var", "log", "cache", "run"):
        os.makedirs(os.path.join(folder, part))
    etc = os.path.join(folder, "etc")
    for name in os.listdir("/etc/trafficserver"):
        source = os.path.join("/etc/trafficserver", name)
        if os.path.isfile(source):
            shutil.copy(source, etc)
    shutil.copy(site.certificate, etc)
    shutil.copy(site.key, etc)
    for template in ("records.config", "runroot.yaml"):
        os.replace(site.fill_in(template, folder, port=ports.http, tls=ports.tls), os.path.join(etc, template))
    _write(etc, "remap.config", f"map / http://127.0.0.1:{site.origin}/\n")
    _write(etc, "storage.config", f"{folder}/cache 1G\n")
    _write(etc, "ssl_multicert.config", "dest_ip=* ssl_cert_name=tls.crt ssl_key_name=tls.key\n")
    subprocess.run(["chown", "-R", "trafficserver", folder], check=True)
    return Server("Traffic Server", ["traffic_server"], ports, {"TS_RUNROOT": os.path.join(etc, "runroot.yaml")}, stray_threads=True)


def _write(folder, name, text):
    with open(os.path.join(folder, name), "w") as out:
        out.write(text)


ALL = {"Pagecache": pagecache, "nginx": nginx, "Varnish": varnish, "HAProxy": haproxy, "Traffic Server": traffic_server}


def start(site, names):
    """The named servers, each having answered once."""
    servers = []
    try:
        for name in names:
            servers.append(ALL[name](site))
        for server in servers:
            server.await_first_reply()
            stray = machine.unpinned_threads(server.pids(), machine.SERVER_CPU)
            if stray:
                sys.exit(f"bench: {stray} threads of {server.name} left CPU {machine.SERVER_CPU}")
    except BaseException:
        stop(servers)
        raise
    return servers


def stop(servers):
    for server in servers:
        server.stop()


def versions():
    commands = {
        "nginx": ["nginx", "-v"], "Varnish": ["varnishd", "-V"], "HAProxy": ["haproxy", "-v"],
        "Traffic Server": ["traffic_server", "-V"], "h2load": ["h2load", "--version"],
    }
    found = {}
    for name, command in commands.items():
        ran = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)
        number = re.search(r"\d+\.\d+(\.\d+)?", ran.stdout + ran.stderr)
        found[name] = number.group(0) if number else "?"
    return found
