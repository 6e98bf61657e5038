package io.pagecache.proxy.reload;

import io.pagecache.plan.AuthorRoll;
import io.pagecache.proxy.cluster.PeerCalls;

/** The roll of authors as peers exchange it. */
public final class RollJson implements PeerCalls.RollFormat {
    @Override
    public byte[] write(AuthorRoll roll) {
        return WireJson.write(roll);
    }

    @Override
    public AuthorRoll read(byte[] text) {
        return WireJson.read(text, AuthorRoll.class);
    }
}
