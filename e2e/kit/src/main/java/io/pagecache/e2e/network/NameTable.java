package io.pagecache.e2e.network;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the cluster's names mean now. */
public interface NameTable {

    /** The addresses of a full name, none when there is no such name; empty for names that are not the cluster's. */
    Optional<List<InetAddress>> addressesOf(String fullName);

    /** Every {@code service.namespace} with its addresses. */
    Map<String, List<InetAddress>> all();
}
