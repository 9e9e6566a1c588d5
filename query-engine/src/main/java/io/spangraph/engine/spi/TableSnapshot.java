package io.spangraph.engine.spi;

import io.spangraph.model.table.TableName;
import java.util.OptionalLong;

/**
 * One state of a table, which never changes.
 *
 * @param snapshotId empty for a table that has no snapshot yet: it has no rows
 */
public record TableSnapshot(TableName table, OptionalLong snapshotId) {}
