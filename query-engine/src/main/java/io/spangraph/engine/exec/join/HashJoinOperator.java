package io.spangraph.engine.exec.join;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.exec.RowSelection;
import io.spangraph.engine.exec.expression.CompiledExpression;
import io.spangraph.engine.exec.store.Gather;
import io.spangraph.engine.exec.store.RowStore;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.RowLayout;
import io.spangraph.engine.row.Vector;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the build side into memory, numbers its keys, and looks up the key of each probe row. Null keys never match.
 *
 * <p>When the build side has few keys, the scans of the probe side are told before they start; when it has no rows, the
 * probe side is not read at all.
 */
public final class HashJoinOperator implements Operator {
    private static final int MAX_SIDEWAYS_KEYS = 10_000;

    private final JoinKind kind;
    private final Operator build;
    private final Operator probe;
    private final int[] buildKeys;
    private final int[] probeKeys;
    private final Optional<CompiledExpression> residual;
    private final RowLayout layout;
    private final List<SidewaysKey> sideways;
    private final QueryContext context;
    private final HeldMemory memory;
    private final RowStore buildRows;
    private final JoinTable table;
    private final BitSet matched = new BitSet();
    private boolean started;
    private boolean probeDone;
    private int nextBuildRow;
    private Optional<Matches> open = Optional.empty();
    private RowBatch batch = RowBatch.of(List.of(), 0);

    /** @param residual over the columns of the build side, then those of the probe side */
    public HashJoinOperator(
            JoinKind kind,
            Operator build,
            Operator probe,
            int[] buildKeys,
            int[] probeKeys,
            Optional<CompiledExpression> residual,
            RowLayout layout,
            List<SidewaysKey> sideways,
            QueryContext context) {
        this.kind = kind;
        this.build = build;
        this.probe = probe;
        this.buildKeys = buildKeys.clone();
        this.probeKeys = probeKeys.clone();
        this.residual = residual;
        this.layout = layout;
        this.sideways = List.copyOf(sideways);
        this.context = context;
        this.memory = new HeldMemory(context.memory(), "HashJoin");
        this.buildRows = new RowStore(build.layout().width(), memory);
        this.table = new JoinTable(buildKeys.length, memory);
    }

    /** Where the matches of a probe batch continue. */
    private record Matches(RowBatch probe, JoinTable.Cursor cursor) {}

    @Override
    public RowLayout layout() {
        return layout;
    }

    @Override
    public boolean advance() {
        if (!started) {
            started = true;
            readBuildSide();
        }
        while (true) {
            context.cancellation().poll();
            if (open.isPresent()) {
                if (nextMatches(open.get())) {
                    return true;
                }
                open = Optional.empty();
            } else if (!probeDone && probe.advance()) {
                RowBatch rows = probe.batch();
                open = Optional.of(new Matches(rows, table.find(keys(rows, probeKeys), rows.selectedRows())));
            } else {
                probeDone = true;
                return nextBuildRows();
            }
        }
    }

    private void readBuildSide() {
        while (build.advance()) {
            context.cancellation().poll();
            RowBatch rows = build.batch();
            if (rows.rowCount() > 0) {
                table.add(keys(rows, buildKeys), rows.selectedRows());
                buildRows.append(rows);
            }
        }
        build.close();
        if (buildRows.rows() == 0) {
            probeDone = true;
            return;
        }
        sideways.forEach(this::restrict);
    }

    private void restrict(SidewaysKey key) {
        Set<Value> values = new HashSet<>();
        for (int row = 0; row < buildRows.rows(); row++) {
            if (!buildRows.isNull(row, key.buildPosition())) {
                values.add(buildRows.value(row, key.buildPosition()));
                if (values.size() > MAX_SIDEWAYS_KEYS) {
                    return;
                }
            }
        }
        key.receiver().restrict(key.baseColumn(), values);
    }

    private static List<Vector> keys(RowBatch rows, int[] positions) {
        return Arrays.stream(positions).mapToObj(rows::column).toList();
    }

    /** The next pairs of a probe batch that count; false when the batch has no more. */
    private boolean nextMatches(Matches matches) {
        while (matches.cursor().next(RowBatch.TARGET_ROWS)) {
            context.cancellation().poll();
            int[] buildPositions = matches.cursor().buildRows();
            RowBatch pairs =
                    pairs(matches.probe(), buildPositions, matches.cursor().probeRows());
            if (residual.isPresent()) {
                pairs = RowSelection.whereTrue(pairs, residual.get().evaluate(pairs));
            }
            if (kind != JoinKind.INNER) {
                for (int i = 0; i < pairs.rowCount(); i++) {
                    matched.set(buildPositions[pairs.physicalRow(i)]);
                }
            }
            boolean pairsCount = kind == JoinKind.INNER || kind == JoinKind.LEFT_OUTER;
            if (pairsCount && pairs.rowCount() > 0) {
                batch = pairs;
                return true;
            }
        }
        return false;
    }

    private RowBatch pairs(RowBatch probeRows, int[] buildPositions, int[] probePositions) {
        List<Vector> columns = new ArrayList<>();
        columns.addAll(buildRows.gather(buildPositions).columns());
        for (Vector column : probeRows.columns()) {
            columns.add(Gather.rows(column, probePositions));
        }
        return RowBatch.of(columns, buildPositions.length);
    }

    /** When the probe side is read: what the kind of join gives of the build side by itself. */
    private boolean nextBuildRows() {
        if (kind == JoinKind.INNER) {
            return false;
        }
        int[] found = new int[RowBatch.TARGET_ROWS];
        int count = 0;
        while (nextBuildRow < buildRows.rows() && count < found.length) {
            if (matched.get(nextBuildRow) == (kind == JoinKind.SEMI)) {
                found[count++] = nextBuildRow;
            }
            nextBuildRow++;
        }
        if (count == 0) {
            return false;
        }
        List<Vector> columns =
                new ArrayList<>(buildRows.gather(Arrays.copyOf(found, count)).columns());
        while (columns.size() < layout.width()) {
            columns.add(new Vector.ConstantVector(Value.NULL, count));
        }
        batch = RowBatch.of(columns, count);
        return true;
    }

    @Override
    public RowBatch batch() {
        return batch;
    }

    @Override
    public void close() {
        build.close();
        probe.close();
        memory.close();
    }
}
