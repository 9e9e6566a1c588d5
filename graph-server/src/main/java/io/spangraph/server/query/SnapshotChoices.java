package io.spangraph.server.query;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.run.QueryRunner.PreparedQuery;
import io.spangraph.engine.spi.SnapshotSelector;
import io.spangraph.engine.spi.SnapshotSet;
import io.spangraph.model.table.TableName;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The state of the tables that a query reads. It may be named by the request and by the query's text, and a transaction has
 * chosen one before: who names two different ones is told so, because any answer would be the wrong one for somebody.
 */
final class SnapshotChoices {
    private SnapshotChoices() {}

    static SnapshotSet of(ServedGraph graph, PreparedQuery query, QueryOptions options) {
        Optional<SnapshotSelector> wanted =
                wanted(options.snapshot(), query.query().snapshot());
        if (options.pinned().isEmpty()) {
            return pin(graph, query, wanted.orElseGet(SnapshotSelector.Current::new));
        }
        PinnedState pinned = options.pinned().get();
        if (wanted.isPresent() && !wanted.get().equals(pinned.askedFor())) {
            SnapshotSet other = pin(graph, query, wanted.get());
            for (TableName table : query.tables()) {
                if (!other.of(table).equals(pinned.snapshots().of(table))) {
                    throw QueryException.of(
                                    QueryErrorCode.ARGUMENT_ERROR,
                                    "The query names another state of the tables than its transaction: table '" + table
                                            + "' is read at " + text(pinned.snapshots(), table) + ", not at "
                                            + text(other, table) + ".")
                            .withHint("A transaction reads one state throughout, which is named when it begins.");
                }
            }
        }
        return pinned.snapshots();
    }

    /** An id is that of any table of the graph, as the query may be about the others at its time. */
    private static SnapshotSet pin(ServedGraph graph, PreparedQuery query, SnapshotSelector selector) {
        Set<TableName> tables = switch (selector) {
            case SnapshotSelector.SnapshotId id -> union(graph.tables(), query.tables());
            case SnapshotSelector.Current current -> query.tables();
            case SnapshotSelector.AsOf time -> query.tables();
            case SnapshotSelector.Ref ref -> query.tables();
        };
        return graph.source().pin(tables, selector);
    }

    private static Set<TableName> union(Set<TableName> some, Set<TableName> others) {
        Set<TableName> all = new HashSet<>(some);
        all.addAll(others);
        return all;
    }

    private static String text(SnapshotSet snapshots, TableName table) {
        return snapshots.of(table).snapshotId().isPresent()
                ? "snapshot " + snapshots.of(table).snapshotId().getAsLong()
                : "no snapshot";
    }

    private static Optional<SnapshotSelector> wanted(SnapshotSelector request, Optional<SnapshotSelector> text) {
        if (request instanceof SnapshotSelector.Current) {
            return text;
        }
        if (text.filter(other -> !other.equals(request)).isPresent()) {
            throw QueryException.of(
                            QueryErrorCode.ARGUMENT_ERROR,
                            "The request names " + SnapshotText.write(request) + ", and the query "
                                    + SnapshotText.write(text.get()) + ".")
                    .withHint("A query reads one state of all its tables: name it once.");
        }
        return Optional.of(request);
    }
}
