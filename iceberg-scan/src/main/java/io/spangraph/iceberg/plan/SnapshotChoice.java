package io.spangraph.iceberg.plan;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.spi.SnapshotSelector;
import io.spangraph.engine.spi.SnapshotSet;
import io.spangraph.engine.spi.TableSnapshot;
import io.spangraph.iceberg.catalog.TableState;
import io.spangraph.model.DidYouMean;
import io.spangraph.model.table.TableName;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.iceberg.HistoryEntry;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;

/** Chooses the snapshot of each table of a query. */
public final class SnapshotChoice {
    private SnapshotChoice() {}

    public static SnapshotSet choose(Map<TableName, TableState> tables, SnapshotSelector selector) {
        return switch (selector) {
            case SnapshotSelector.Current current -> each(tables, SnapshotChoice::current);
            case SnapshotSelector.SnapshotId(long id) -> byId(tables, id);
            case SnapshotSelector.AsOf(Instant time) -> each(tables, table -> asOf(table, time));
            case SnapshotSelector.Ref(String name) -> each(tables, table -> byRef(table, name));
        };
    }

    private static SnapshotSet each(Map<TableName, TableState> tables, Function<TableState, OptionalLong> choice) {
        Map<TableName, TableSnapshot> chosen = new HashMap<>();
        tables.forEach((name, table) -> chosen.put(name, new TableSnapshot(name, choice.apply(table))));
        return new SnapshotSet(chosen);
    }

    private static OptionalLong current(TableState table) {
        Snapshot snapshot = table.metadata().currentSnapshot();
        return snapshot == null ? OptionalLong.empty() : OptionalLong.of(snapshot.snapshotId());
    }

    /** An id names one table's snapshot; the other tables are read as they were at its commit. */
    private static SnapshotSet byId(Map<TableName, TableState> tables, long id) {
        Instant commit = tables.values().stream()
                .map(table -> Optional.ofNullable(table.metadata().snapshot(id)))
                .flatMap(Optional::stream)
                .map(snapshot -> Instant.ofEpochMilli(snapshot.timestampMillis()))
                .findFirst()
                .orElseThrow(() -> QueryException.of(
                                QueryErrorCode.ARGUMENT_ERROR,
                                "No table has a snapshot " + id + "; the tables are " + names(tables.keySet()) + ".")
                        .withHint("It may have expired. The receipt of a query names the snapshots that it read."));
        return each(tables, table -> table.metadata().snapshot(id) == null ? asOf(table, commit) : OptionalLong.of(id));
    }

    private static String names(Collection<TableName> tables) {
        return String.join(", ", tables.stream().map(table -> "'" + table + "'").toList());
    }

    /** The last snapshot at that time. Before its first snapshot a table was empty, unless that one has expired. */
    private static OptionalLong asOf(TableState table, Instant time) {
        List<HistoryEntry> log = table.metadata().snapshotLog();
        OptionalLong last = OptionalLong.empty();
        for (HistoryEntry entry : log) {
            if (entry.timestampMillis() <= time.toEpochMilli()) {
                last = OptionalLong.of(entry.snapshotId());
            }
        }
        if (last.isPresent() || log.isEmpty()) {
            return last;
        }
        Snapshot first = table.metadata().snapshot(log.getFirst().snapshotId());
        if (first != null && first.parentId() == null) {
            return OptionalLong.empty();
        }
        throw QueryException.of(
                        QueryErrorCode.ARGUMENT_ERROR,
                        "Table '" + table.name() + "' has no snapshot as old as " + time + ": the oldest is of "
                                + Instant.ofEpochMilli(log.getFirst().timestampMillis()) + ".")
                .withHint("Older snapshots have expired. Ask for a later time.");
    }

    private static OptionalLong byRef(TableState table, String name) {
        SnapshotRef ref = table.metadata().ref(name);
        if (ref != null) {
            return OptionalLong.of(ref.snapshotId());
        }
        if (name.equals(SnapshotRef.MAIN_BRANCH)) {
            return current(table);
        }
        Set<String> known = new TreeSet<>(table.metadata().refs().keySet());
        known.add(SnapshotRef.MAIN_BRANCH);
        throw QueryException.of(
                        QueryErrorCode.ARGUMENT_ERROR,
                        "Table '" + table.name() + "' has no branch or tag '" + name + "'.")
                .withHint("It has: " + String.join(", ", known) + "." + DidYouMean.hint(name, known)
                        + " A tag has to be on every table that is read; a snapshot's id reads the other tables as they"
                        + " were at its commit.");
    }
}
