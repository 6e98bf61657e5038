"""The application behind the caches: pages of known bytes, a slow one, one it compresses, and the parts of a personal page.

Large bodies are not its business: the scenario of misses has nginx for its origin.
"""
import gzip
import http.server
import threading
import time

SIZES = {"1k": 1024, "16k": 16 * 1024, "100k": 100 * 1024}
SLOW_SECONDS = 0.2
FRAGMENTS = {"/fragment/user": b"Ann", "/fragment/session": b"Hello Ann"}
PLACES = {
    "/personal": (b"<!--pc:get user-->", b"<!--pc:element greeting-->"),
    "/personal-esi": (b'<esi:include src="/fragment/user"/>', b'<esi:include src="/fragment/session"/>'),
}


def body_of(size):
    """Text that compresses about as well as a page does: lines that differ in a few places."""
    lines, length, number = [], 0, 7
    while length < size:
        number = number * 1103515245 + 12345 & 0x7FFFFFFF
        line = f'<div class="teaser-{number % 97}" data-id="{number:08x}"><p>A line of a page that comes from the cache.</p></div>\n'
        lines.append(line)
        length += len(line)
    return "".join(lines).encode()[:size]


BODIES = {name: body_of(size) for name, size in SIZES.items()}
COMPRESSED = gzip.compress(BODIES["100k"], 6, mtime=0)


def personal_page(user, greeting):
    half = body_of(8 * 1024 - 12)
    return b"<html>" + user + half + greeting + half + b"</html>"


def expected(path):
    """The bytes a reader who is Ann gets for a path."""
    if path in PLACES:
        return personal_page(*FRAGMENTS.values())
    return answer_to(path)


def answer_to(path):
    if path in PLACES:
        return personal_page(*PLACES[path])
    if path == "/session":
        return b'{"name": "Ann"}'
    if path.startswith(("/page/", "/slow")):
        return BODIES["16k"]
    if path == "/compressed":
        return BODIES["100k"]
    return FRAGMENTS.get(path) or BODIES.get(path.strip("/"), b"")


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self):
        self.server.count()
        if self.path.startswith("/slow"):
            time.sleep(SLOW_SECONDS)
        body = answer_to(self.path)
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", "application/json" if self.path == "/session" else "text/html; charset=utf-8")
        self.send_header("Cache-Control", "public, max-age=3600")
        if self.path in PLACES:
            self.send_header("Surrogate-Control", 'content="Pagecache/1.0 ESI/1.0"')
        if self.path == "/compressed":
            self.send_header("Vary", "Accept-Encoding")
            if "gzip" in self.headers.get("Accept-Encoding", ""):
                self.send_header("Content-Encoding", "gzip")
                body = COMPRESSED
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Origin(http.server.ThreadingHTTPServer):
    request_queue_size = 1024
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.requests, self._lock = 0, threading.Lock()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def handle_error(self, *_):
        """A cache that closes its connections when it ends is no error."""

    def count(self):
        with self._lock:
            self.requests += 1
