package io.pagecache.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;

/** An application for pods: tells what it sees, and finishes what it has begun when it is asked to end. */
final class SmallServer {
    private SmallServer() {}

    public static void main(String[] args) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(System.getenv("POD_IP"), 8080), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/name", exchange -> answer(exchange, System.getenv("POD_NAME")));
        server.createContext("/env", exchange -> answer(exchange, System.getenv(query(exchange))));
        server.createContext("/args", exchange -> answer(exchange, String.join(" ", args)));
        server.createContext("/file", exchange -> answer(exchange, Files.readString(Path.of(query(exchange)))));
        server.createContext("/resolve", exchange -> answer(exchange, resolve(query(exchange))));
        server.createContext("/fetch", exchange -> answer(exchange, fetch(query(exchange))));
        server.createContext(
                "/client",
                exchange -> answer(
                        exchange, exchange.getRemoteAddress().getAddress().getHostAddress()));
        server.createContext("/exit", _ -> Runtime.getRuntime().halt(7));
        server.createContext("/slow", exchange -> {
            pause(Duration.ofMillis(Long.parseLong(query(exchange))));
            answer(exchange, "done");
        });
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            System.out.println("draining");
            server.stop(10);
            System.out.println("drained");
        }));
        server.start();
        System.out.println("started");
    }

    private static String query(HttpExchange exchange) {
        return exchange.getRequestURI().getQuery();
    }

    private static String resolve(String name) throws IOException {
        return InetAddress.getByName(name).getHostAddress();
    }

    private static String fetch(String url) throws IOException {
        try (var in = URI.create(url).toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(HttpExchange exchange, String text) throws IOException {
        byte[] body = String.valueOf(text).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Connection", "close");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
