package io.spangraph.server.query;

import java.time.Instant;

/**
 * A running query as its list shows it.
 *
 * @param rows rows of the answer that were handed out so far
 * @param cancelled it was told to end and has not noticed yet
 */
public record QueryInfo(
        String id, Door door, String user, String text, Instant started, long millis, long rows, boolean cancelled) {}
