package io.spangraph.server.query;

import java.time.Instant;
import java.util.Optional;

/**
 * A running query as its list shows it.
 *
 * @param tenant the one whose rows it reads; empty: all
 * @param rows rows of the answer that were handed out so far
 * @param cancelled it was told to end and has not noticed yet
 */
public record QueryInfo(
        String id,
        Door door,
        String user,
        Optional<String> tenant,
        String text,
        Instant started,
        long millis,
        long rows,
        boolean cancelled) {}
