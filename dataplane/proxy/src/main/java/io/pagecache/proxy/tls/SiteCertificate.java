package io.pagecache.proxy.tls;

import io.netty.handler.ssl.SslContext;
import io.pagecache.proxy.link.Link;
import java.time.Instant;

/**
 * A certificate that is served.
 *
 * @param name of its folder
 * @param notAfter from then on clients refuse it
 * @param http1 offers HTTP/1.1 only
 * @param http2 offers HTTP/2 as well
 */
record SiteCertificate(int id, String name, HostNames hosts, Instant notAfter, SslContext http1, SslContext http2) {

    SslContext context(boolean offersHttp2) {
        return offersHttp2 ? http2 : http1;
    }

    Link.Certified certified() {
        return new Link.Certified(id, hosts::cover);
    }
}
