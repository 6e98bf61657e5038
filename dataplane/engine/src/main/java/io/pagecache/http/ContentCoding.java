package io.pagecache.http;

/** The forms in which this cache keeps a page. */
public enum ContentCoding {
    IDENTITY("identity"),
    GZIP("gzip");

    private final String token;

    ContentCoding(String token) {
        this.token = token;
    }

    public String token() {
        return token;
    }
}
