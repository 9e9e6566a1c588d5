package io.spangraph.server.query;

import io.spangraph.engine.spi.SnapshotSelector;
import io.spangraph.engine.spi.SnapshotSet;

/**
 * The state of the tables that a transaction has chosen, and how it was asked for: what a query of it asks for has to come
 * to the same.
 */
public record PinnedState(SnapshotSelector askedFor, SnapshotSet snapshots) {}
