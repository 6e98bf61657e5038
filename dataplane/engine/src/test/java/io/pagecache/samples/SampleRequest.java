package io.pagecache.samples;

import io.pagecache.http.ClientAddress;
import io.pagecache.http.Headers;
import io.pagecache.http.PageRequest;

/** A request as a browser sends it but for what a test changes. */
public final class SampleRequest {
    private String method = "GET";
    private String host = "www.example.com";
    private String path;
    private String query;
    private Headers headers = Headers.EMPTY;
    private String client = "203.0.113.7";
    private boolean hasBody;

    private SampleRequest(String target) {
        int mark = target.indexOf('?');
        path = mark < 0 ? target : target.substring(0, mark);
        query = mark < 0 ? null : target.substring(mark + 1);
    }

    public static SampleRequest request(String target) {
        return new SampleRequest(target);
    }

    public static PageRequest get(String target, String... headers) {
        return request(target).headers(headers).build();
    }

    public SampleRequest method(String value) {
        method = value;
        return this;
    }

    public SampleRequest host(String value) {
        host = value;
        return this;
    }

    public SampleRequest headers(String... namesAndValues) {
        headers = Headers.of(namesAndValues);
        return this;
    }

    public SampleRequest client(String address) {
        client = address;
        return this;
    }

    public SampleRequest withBody() {
        hasBody = true;
        return this;
    }

    public PageRequest build() {
        return new PageRequest(method, "http", host, path, query, headers, new ClientAddress(client), hasBody);
    }
}
