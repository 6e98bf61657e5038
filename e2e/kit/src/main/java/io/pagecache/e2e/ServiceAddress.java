package io.pagecache.e2e;

import java.net.InetSocketAddress;
import java.net.URI;

/** Where this JVM reaches a port of a Service. */
public record ServiceAddress(String host, int port) {

    public InetSocketAddress socket() {
        return new InetSocketAddress(host, port);
    }

    /** An http URL of this path, which begins with a slash. */
    public URI http(String path) {
        return URI.create("http://" + host + ":" + port + path);
    }

    /** An https URL of this path, which begins with a slash. */
    public URI https(String path) {
        return URI.create("https://" + host + ":" + port + path);
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
