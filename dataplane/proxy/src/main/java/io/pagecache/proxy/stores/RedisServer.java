package io.pagecache.proxy.stores;

import io.pagecache.plan.ValueStore;
import io.pagecache.proxy.files.FollowedFile;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Redis 6.2 or newer, or Valkey. */
final class RedisServer implements StoreConnection {
    private static final int MOST_CONNECTIONS = 16;
    private static final int MOST_WAITING = 1024;

    private final Vertx vertx;
    private final String url;
    private final Duration timeout;
    private final @Nullable FollowedFile<String> username;
    private final @Nullable FollowedFile<String> password;
    private @Nullable Redis client;
    private @Nullable String credentialsInUse;

    RedisServer(Vertx vertx, ValueStore.Redis at, Path references, Duration timeout) {
        this.vertx = vertx;
        this.url = at.url();
        this.timeout = timeout;
        this.username = at.username() == null
                ? null
                : text(references.resolve(at.username().path()));
        this.password = at.password() == null
                ? null
                : text(references.resolve(at.password().path()));
    }

    private static FollowedFile<String> text(Path file) {
        return new FollowedFile<>(file, bytes -> new String(bytes, StandardCharsets.UTF_8).strip());
    }

    /** Takes up new credentials; connections with the old ones are given up. */
    void look() {
        if (username != null) {
            username.look();
        }
        if (password != null) {
            password.look();
        }
        if (client != null && !credentials().equals(credentialsInUse)) {
            startAnew();
        }
    }

    private String credentials() {
        return (username == null ? "" : username.current()) + "\n" + (password == null ? "" : password.current());
    }

    private synchronized Redis client() {
        Redis known = client;
        if (known != null) {
            return known;
        }
        RedisOptions options = new RedisOptions()
                .setConnectionString(url)
                .setMaxPoolSize(MOST_CONNECTIONS)
                .setMaxPoolWaiting(MOST_WAITING)
                .setMaxWaitingHandlers(MOST_WAITING);
        options.getNetClientOptions().setTcpNoDelay(true).setConnectTimeout((int) Math.max(1, timeout.toMillis()));
        credentialsInUse = credentials();
        String secret = password == null ? null : password.current();
        String user = username == null ? null : username.current();
        if (secret != null && user != null) {
            options.setConnectionString(url.replaceFirst("://", "://" + encoded(user) + ":" + encoded(secret) + "@"));
        } else if (secret != null) {
            options.setPassword(secret);
        }
        Redis made = Redis.createClient(vertx, options);
        client = made;
        return made;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private synchronized void startAnew() {
        Redis known = client;
        client = null;
        if (known != null) {
            known.close();
        }
    }

    @Override
    public Future<List<Optional<String>>> carryOut(List<StoreCommand> commands) {
        Redis asked = client();
        return asked.connect()
                .compose(connection -> ask(connection, commands).eventually(() -> connection.close()))
                .timeout(Math.max(1, timeout.toMillis()), TimeUnit.MILLISECONDS)
                .onFailure(failure -> {
                    // What hangs would hold its connection for ever.
                    if (failure instanceof TimeoutException && asked == client) {
                        startAnew();
                    }
                });
    }

    private static Future<List<Optional<String>>> ask(RedisConnection connection, List<StoreCommand> commands) {
        Request reads = Request.cmd(Command.MGET);
        List<Future<Optional<String>>> results = new ArrayList<>();
        int read = 0;
        for (StoreCommand command : commands) {
            if (command instanceof StoreCommand.Read(String key)) {
                reads.arg(key);
                read++;
            }
        }
        Future<@Nullable Response> all = read == 0 ? Future.succeededFuture(null) : connection.send(reads);
        int position = 0;
        for (StoreCommand command : commands) {
            results.add(
                    switch (command) {
                        case StoreCommand.Read(String key) -> {
                            int mine = position++;
                            yield all.map(values -> values == null ? Optional.<String>empty() : text(values.get(mine)));
                        }
                        case StoreCommand.Add(String key, long amount) ->
                            orderly(connection.send(
                                    Request.cmd(Command.INCRBY).arg(key).arg(amount)));
                        case StoreCommand.Take(String key) ->
                            orderly(connection.send(Request.cmd(Command.GETDEL).arg(key)));
                    });
        }
        return Future.all(results)
                .map(done -> results.stream().map(Future::result).toList());
    }

    /** A key that holds something else is no failure of the store. */
    private static Future<Optional<String>> orderly(Future<@Nullable Response> reply) {
        return reply.map(RedisServer::text)
                .recover(failure -> failure instanceof ErrorType
                        ? Future.succeededFuture(Optional.empty())
                        : Future.failedFuture(failure));
    }

    private static Optional<String> text(@Nullable Response response) {
        return response == null ? Optional.empty() : Optional.of(response.toString());
    }

    @Override
    public void close() {
        startAnew();
    }
}
