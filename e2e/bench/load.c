// Load on one HTTP/1.1 server of this machine, by one thread: as little work for a reply as can be, since the generator must not be
// what is measured. It prints one line of JSON.
//
//   load PORT PATH [--connections N] [--header 'Name: value']...
//     --seconds S              a request on each connection, the next one when its reply is whole (closed loop)
//     --seconds S --rate R     R requests a second whatever the replies do; latency counts from when a request was due
//     --flood [--hold]         all connections are opened, then one request on each at once; --hold keeps them open until stdin ends
//     --count N                N requests; a %d in PATH becomes 0, 1, … N-1
//
// A reply other than 200, cut short, or with bytes after its end is counted as failed. Latencies are microseconds.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { HEAD_LIMIT = 8192, READ_SIZE = 1 << 18, EVENTS = 1024, CONNECTING_AT_ONCE = 256, SLOTS = 400000, FINE_SLOTS = 200000 };
enum { FLOOD_SECONDS = 30, COUNT_SECONDS = 120 };  // what is not served by then has failed
enum phase { HEAD, COUNTED, CHUNK_SIZE, CHUNK_DATA, CHUNK_END, TRAILERS };

struct connection {
  int fd;
  bool open, busy;
  enum phase phase;
  int64_t due;          // nanoseconds: from when its latency counts
  long left;            // bytes of the body or the chunk still to come
  long line;            // bytes of the present chunk or trailer line so far
  size_t head_length;   // of a head that came in pieces
  char *head;
};

struct plan {
  int port, connections;
  const char *path;
  char headers[4096];
  double seconds, rate;
  long count;
  bool flood, hold;
};

static struct plan plan = {.connections = 64};
static struct connection *all;
static int epoll, open_connections;
static long sent, succeeded, failed;
static uint64_t received;
static char *input;
static unsigned latencies[SLOTS];  // a slot per microsecond, then one per millisecond

static int64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static void die(const char *what) {
  fprintf(stderr, "load: %s: %s\n", what, strerror(errno));
  exit(1);
}

static void record(int64_t nanoseconds) {
  long microseconds = nanoseconds / 1000;
  long slot = microseconds < FINE_SLOTS ? microseconds : FINE_SLOTS + (microseconds - FINE_SLOTS) / 1000;
  latencies[slot < 0 ? 0 : slot < SLOTS ? slot : SLOTS - 1]++;
}

static double percentile(double share) {
  long wanted = (long)(succeeded * share), seen = 0;
  for (int slot = 0; slot < SLOTS; slot++) {
    seen += latencies[slot];
    if (seen > wanted) return slot < FINE_SLOTS ? slot : FINE_SLOTS + (slot - FINE_SLOTS) * 1000.0;
  }
  return 0;
}

static void drop(struct connection *connection) {
  if (!connection->open) return;
  connection->open = false;
  open_connections--;
  close(connection->fd);
  if (connection->busy) {
    connection->busy = false;
    failed++;
  }
}

static void send_request(struct connection *connection, int64_t due) {
  static char request[8192];
  static int length;
  if (!length || plan.count) {
    char path[2048];
    if (plan.count && strstr(plan.path, "%d")) {
      const char *place = strstr(plan.path, "%d");
      snprintf(path, sizeof path, "%.*s%ld%s", (int)(place - plan.path), plan.path, sent, place + 2);
    } else {
      snprintf(path, sizeof path, "%s", plan.path);
    }
    length = snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n%s\r\n", path, plan.port, plan.headers);
  }
  connection->busy = true;
  connection->due = due;
  connection->phase = HEAD;
  connection->head_length = 0;
  sent++;
  if (write(connection->fd, request, length) != length) drop(connection);
}

/** The bytes of the head within data, or 0 while it is not whole. Sets what of a body follows. */
static long read_head(struct connection *connection, char *data, long length) {
  char *head = data;
  long before = connection->head_length, whole = length;
  if (before) {
    if (before + length > HEAD_LIMIT) length = HEAD_LIMIT - before;
    memcpy(connection->head + before, data, length);
    head = connection->head;
    whole = before + length;
  }
  char *end = memmem(head, whole, "\r\n\r\n", 4);
  if (!end) {
    if (!connection->head && !(connection->head = malloc(HEAD_LIMIT))) die("memory");
    if (whole >= HEAD_LIMIT) return -1;
    if (!before) memcpy(connection->head, data, length);
    connection->head_length = whole;
    return 0;
  }
  long size = end + 4 - head;
  if (memcmp(head, "HTTP/1.1 200", 12)) return -1;
  char kept = end[2];
  end[2] = 0;
  char *counted = strcasestr(head, "\ncontent-length:");
  bool chunked = !counted && strcasestr(head, "\ntransfer-encoding: chunked");
  connection->left = counted ? atol(counted + 16) : 0;
  end[2] = kept;
  if (!counted && !chunked) return -1;
  connection->phase = chunked ? CHUNK_SIZE : COUNTED;
  connection->line = 0;
  return size - before;
}

/** Takes body bytes: how many belonged to it. *done tells whether the reply is whole. */
static long read_body(struct connection *connection, const char *data, long length, bool *done) {
  long at = 0;
  while (true) {
    if (connection->phase == COUNTED || connection->phase == CHUNK_DATA) {
      long part = connection->left < length - at ? connection->left : length - at;
      at += part;
      connection->left -= part;
      if (connection->left) return at;
      if (connection->phase == COUNTED) return *done = true, at;
      connection->phase = CHUNK_END;
    }
    if (at == length) return at;
    char next = data[at++];
    if (connection->phase == CHUNK_END) {
      if (next == '\n') connection->phase = CHUNK_SIZE, connection->left = 0;
    } else if (connection->phase == CHUNK_SIZE) {
      if (next == '\n') connection->phase = connection->left ? CHUNK_DATA : TRAILERS, connection->line = 0;
      else if (next != '\r') connection->left = connection->left * 16 + (next <= '9' ? next - '0' : (next | 32) - 'a' + 10);
    } else if (next == '\n') {
      if (!connection->line) return *done = true, at;
      connection->line = 0;
    } else if (next != '\r') {
      connection->line++;
    }
  }
}

/** True when the reply that this connection waits for is whole now. */
static bool receive(struct connection *connection) {
  ssize_t length = read(connection->fd, input, READ_SIZE);
  if (length < 0 && errno == EAGAIN) return false;
  if (length <= 0 || !connection->busy) return drop(connection), false;
  received += length;
  long at = 0;
  if (connection->phase == HEAD) {
    at = read_head(connection, input, length);
    if (at < 0) return drop(connection), false;
    if (!at) return false;
  }
  bool done = false;
  at += read_body(connection, input + at, length - at, &done);
  if (done && at < length) return drop(connection), false;
  return done;
}

static void watch(struct connection *connection, int change, unsigned events) {
  struct epoll_event event = {.events = events, .data.ptr = connection};
  if (epoll_ctl(epoll, change, connection->fd, &event)) die("epoll");
}

static void begin_connection(struct connection *connection) {
  int one = 1;
  connection->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  if (connection->fd < 0) die("socket");
  setsockopt(connection->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  setsockopt(connection->fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &one, sizeof one);
  // An address of each run's own: ports of the run before are still in TIME_WAIT.
  struct sockaddr_in own = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(0x7f000102 + (getpid() & 127))};
  if (bind(connection->fd, (struct sockaddr *)&own, sizeof own)) die("bind");
  struct sockaddr_in server = {.sin_family = AF_INET, .sin_port = htons(plan.port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  if (connect(connection->fd, (struct sockaddr *)&server, sizeof server) && errno != EINPROGRESS) die("connect");
  watch(connection, EPOLL_CTL_ADD, EPOLLOUT);
}

static void connect_all(void) {
  struct epoll_event events[EVENTS];
  int begun = 0, settled = 0;
  while (settled < plan.connections) {
    while (begun < plan.connections && begun - settled < CONNECTING_AT_ONCE) begin_connection(&all[begun++]);
    int ready = epoll_wait(epoll, events, EVENTS, 10000);
    if (ready <= 0) die("connections were not accepted within 10 s");
    for (int i = 0; i < ready; i++) {
      struct connection *connection = events[i].data.ptr;
      int error = 0;
      socklen_t size = sizeof error;
      getsockopt(connection->fd, SOL_SOCKET, SO_ERROR, &error, &size);
      settled++;
      if (error) {
        failed++;
        close(connection->fd);
        continue;
      }
      connection->open = true;
      open_connections++;
      watch(connection, EPOLL_CTL_MOD, EPOLLIN);
    }
  }
}

static long wanted(void) {
  if (plan.flood) return plan.connections;
  return plan.count ? plan.count : INT64_MAX;
}

/** Sends what is due at a fixed rate on connections that wait for nothing; how many of idle are left. */
static int send_due(struct connection **idle, int waiting, int64_t begin, int64_t end) {
  while (waiting) {
    int64_t due = begin + (int64_t)(sent * (1e9 / plan.rate));
    if (due > now() || due >= end) break;
    struct connection *connection = idle[--waiting];
    if (connection->open) send_request(connection, due);
  }
  return waiting;
}

static int64_t run(int64_t begin) {
  struct epoll_event events[EVENTS];
  int64_t end = begin + (int64_t)((plan.flood ? FLOOD_SECONDS : plan.count ? COUNT_SECONDS : plan.seconds) * 1e9), last = begin;
  struct connection **idle = calloc(plan.connections, sizeof *idle);
  int waiting = 0;
  for (int i = 0; i < plan.connections; i++) {
    if (!all[i].open) continue;
    if (plan.rate) idle[waiting++] = &all[i];
    else if (sent < wanted()) send_request(&all[i], now());
  }
  while (open_connections && succeeded + failed < wanted()) {
    int64_t time = now();
    if (time >= end) break;
    if (plan.rate) waiting = send_due(idle, waiting, begin, end);
    int ready = epoll_wait(epoll, events, EVENTS, plan.rate ? 0 : 100);
    for (int i = 0; i < ready; i++) {
      struct connection *connection = events[i].data.ptr;
      if (!connection->open || !receive(connection)) continue;
      last = now();
      record(last - connection->due);
      succeeded++;
      connection->busy = false;
      if (plan.rate) idle[waiting++] = connection;
      else if (!plan.flood && sent < wanted() && last < end) send_request(connection, last);
    }
  }
  // Requests under way when the time is over are neither good nor bad; those of a count or a flood have failed.
  if (plan.flood || plan.count) failed += wanted() - succeeded - failed;
  free(idle);
  return plan.flood || plan.count ? last : now();
}

static void parse(int count, char **words) {
  if (count < 3) {
    fprintf(stderr, "load: takes PORT PATH and options; they stand at the top of load.c\n");
    exit(2);
  }
  plan.port = atoi(words[1]);
  plan.path = words[2];
  for (int i = 3; i < count; i++) {
    const char *word = words[i];
    if (!strcmp(word, "--flood")) plan.flood = true;
    else if (!strcmp(word, "--hold")) plan.hold = true;
    else if (i + 1 == count) fprintf(stderr, "load: '%s' needs a value\n", word), exit(2);
    else if (!strcmp(word, "--connections")) plan.connections = atoi(words[++i]);
    else if (!strcmp(word, "--seconds")) plan.seconds = atof(words[++i]);
    else if (!strcmp(word, "--rate")) plan.rate = atof(words[++i]);
    else if (!strcmp(word, "--count")) plan.count = atol(words[++i]);
    else if (!strcmp(word, "--header")) {
      size_t length = strlen(plan.headers);
      snprintf(plan.headers + length, sizeof plan.headers - length, "%s\r\n", words[++i]);
    } else fprintf(stderr, "load: '%s' is no option\n", word), exit(2);
  }
  if (plan.connections < 1 || (!plan.flood && !plan.count && plan.seconds <= 0)) {
    fprintf(stderr, "load: needs --flood, --count N or --seconds S, and at least one connection\n");
    exit(2);
  }
}

int main(int count, char **words) {
  parse(count, words);
  struct rlimit files = {plan.connections + 64, plan.connections + 64};
  struct rlimit allowed;
  getrlimit(RLIMIT_NOFILE, &allowed);
  if (allowed.rlim_cur < files.rlim_cur && setrlimit(RLIMIT_NOFILE, &files)) die("as many open files as connections");
  epoll = epoll_create1(0);
  all = calloc(plan.connections, sizeof *all);
  input = malloc(READ_SIZE);
  if (epoll < 0 || !all || !input) die("start");
  connect_all();
  if (plan.flood) usleep(300000);  // so that all connections are accepted before the first request
  int64_t begin = now(), last = run(begin);
  struct rusage used;
  getrusage(RUSAGE_SELF, &used);
  double cpu = used.ru_utime.tv_sec + used.ru_stime.tv_sec + (used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
  printf("{\"succeeded\": %ld, \"failed\": %ld, \"seconds\": %.6f, \"bytes\": %lu, \"p50\": %.0f, \"p90\": %.0f, \"p99\": %.0f, "
         "\"p999\": %.0f, \"max\": %.0f, \"cpu\": %.3f}\n",
         succeeded, failed, (last - begin) / 1e9, received, percentile(.5), percentile(.9), percentile(.99), percentile(.999),
         percentile(.9999999), cpu);
  fflush(stdout);
  if (plan.hold) while (read(0, input, READ_SIZE) > 0) {}
  return 0;
}
