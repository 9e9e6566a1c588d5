package io.spangraph.clients;

import java.util.List;
import java.util.Locale;

/** What a client is tried with; the order is that of the matrix. */
enum Feature {
    CONNECT("connect, right and wrong password"),
    ROUTING("`neo4j://`"),
    VALUES("values of every column type"),
    PARAMETERS("parameters"),
    NODES("nodes"),
    RELATIONSHIPS("relationships"),
    PATHS("paths"),
    TRANSACTION("transaction on one snapshot while rows are appended"),
    STREAM("1,000,000 rows, server in 256 MiB"),
    CANCEL("cancel"),
    TIMEOUT("transaction time limit"),
    ERROR("errors with code and position"),
    PLAN("EXPLAIN and PROFILE"),
    NOTIFICATIONS("notifications"),
    TENANT("a service that names the tenant"),
    PROCEDURES("procedures and SHOW"),
    METADATA("schema and metadata calls"),
    RECONNECT("reconnect after a lost connection"),
    TLS("TLS");

    private final String title;

    Feature(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    static Feature named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    static List<Feature> all() {
        return List.of(values());
    }
}
