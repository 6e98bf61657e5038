package io.pagecache.proxy.stores;

import io.pagecache.plan.ValueStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Memcached 1.6 or newer, by its meta protocol; each key belongs to one of the servers. */
final class Memcached implements StoreConnection {
    private static final Optional<String> NOTHING = Optional.empty();

    private final NetClient client;
    private final List<MemcachedServer> servers = new ArrayList<>();
    private final List<String> names;

    Memcached(Vertx vertx, ValueStore.Memcached at, Duration timeout) {
        this.client = vertx.createNetClient(
                new NetClientOptions().setTcpNoDelay(true).setConnectTimeout((int) Math.max(1, timeout.toMillis())));
        this.names = at.servers();
        for (String server : names) {
            servers.add(new MemcachedServer(vertx, client, server, timeout));
        }
    }

    @Override
    public Future<List<Optional<String>>> carryOut(List<StoreCommand> commands) {
        if (servers.size() == 1) {
            return carryOut(servers.getFirst(), commands);
        }
        List<List<StoreCommand>> byServer = new ArrayList<>();
        List<List<Integer>> positions = new ArrayList<>();
        for (int i = 0; i < servers.size(); i++) {
            byServer.add(new ArrayList<>());
            positions.add(new ArrayList<>());
        }
        for (int i = 0; i < commands.size(); i++) {
            int server = serverOf(commands.get(i).key());
            byServer.get(server).add(commands.get(i));
            positions.get(server).add(i);
        }
        List<Optional<String>> results = new ArrayList<>(java.util.Collections.nCopies(commands.size(), NOTHING));
        List<Future<?>> answers = new ArrayList<>();
        for (int i = 0; i < servers.size(); i++) {
            List<Integer> places = positions.get(i);
            if (!places.isEmpty()) {
                answers.add(carryOut(servers.get(i), byServer.get(i)).onSuccess(some -> {
                    synchronized (results) {
                        for (int j = 0; j < places.size(); j++) {
                            results.set(places.get(j), some.get(j));
                        }
                    }
                }));
            }
        }
        return Future.all(answers).map(results);
    }

    /** The server whose name and the key together weigh most: few keys move when a server comes or goes. */
    private int serverOf(String key) {
        int best = 0;
        int most = Integer.MIN_VALUE;
        for (int i = 0; i < names.size(); i++) {
            int weight = mixed(31 * names.get(i).hashCode() + key.hashCode());
            if (weight > most) {
                most = weight;
                best = i;
            }
        }
        return best;
    }

    private static int mixed(int hash) {
        int h = hash * 0x9E3779B1;
        h = (h ^ h >>> 15) * 0x85EBCA77;
        return h ^ h >>> 13;
    }

    private static Future<List<Optional<String>>> carryOut(MemcachedServer server, List<StoreCommand> commands) {
        Buffer request = Buffer.buffer(64 * commands.size());
        for (StoreCommand command : commands) {
            request.appendString(line(command));
        }
        return server.ask(request, commands.size()).compose(replies -> results(server, commands, replies));
    }

    private static String line(StoreCommand command) {
        return switch (command) {
            case StoreCommand.Read(String key) -> "mg " + key + " v\r\n";
            case StoreCommand.Take(String key) -> "mg " + key + " v c\r\n";
            case StoreCommand.Add(String key, long amount) when amount == 0 -> "mg " + key + " v\r\n";
            case StoreCommand.Add(String key, long amount)
            when amount > 0 -> "ma " + key + " N0 J" + amount + " D" + amount + " v\r\n";
            case StoreCommand.Add(String key, long amount) -> "ma " + key + " N0 J0 MD D" + -amount + " v\r\n";
        };
    }

    private static Future<List<Optional<String>>> results(
            MemcachedServer server, List<StoreCommand> commands, List<MemcachedReply> replies) {
        List<Optional<String>> results = new ArrayList<>(replies.size());
        Buffer deletions = Buffer.buffer();
        List<Integer> taken = new ArrayList<>();
        for (int i = 0; i < replies.size(); i++) {
            MemcachedReply reply = replies.get(i);
            if (reply.isFailure()) {
                return Future.failedFuture(new IOException(server + " says " + reply.line()
                        + (reply.line().equals("ERROR") ? ": expected memcached 1.6 or newer" : "")));
            }
            results.add(Optional.ofNullable(reply.value()));
            if (reply.value() != null && commands.get(i) instanceof StoreCommand.Take(String key)) {
                deletions.appendString("md " + key + " C" + reply.cas() + "\r\n");
                taken.add(i);
            }
        }
        return taken.isEmpty()
                ? Future.succeededFuture(results)
                : server.ask(deletions, taken.size()).map(done -> onlyOurs(results, taken, done));
    }

    /** What somebody else has taken or changed meanwhile is not ours. */
    private static List<Optional<String>> onlyOurs(
            List<Optional<String>> results, List<Integer> taken, List<MemcachedReply> deleted) {
        for (int i = 0; i < taken.size(); i++) {
            if (!deleted.get(i).line().startsWith("HD")) {
                results.set(taken.get(i), NOTHING);
            }
        }
        return results;
    }

    @Override
    public void close() {
        servers.forEach(MemcachedServer::close);
        client.close();
    }
}
