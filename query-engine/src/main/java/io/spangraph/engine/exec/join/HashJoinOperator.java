package io.spangraph.engine.exec.join;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.exec.RowSelection;
import io.spangraph.engine.exec.expression.CompiledExpression;
import io.spangraph.engine.exec.store.Gather;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.RowLayout;
import io.spangraph.engine.row.Vector;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Joins by key. The build side is read into memory, where its keys are few they narrow the scans of the probe side, and
 * the probe side streams by; it is not opened when no build row can match.
 *
 * <p>Keys match when their parts are equivalent, and null matches nothing. Where {@code =} is finer than equivalence (NaN,
 * nulls within lists) the residual condition has to say so.
 */
public final class HashJoinOperator implements Operator {
    private final JoinKind kind;
    private final Operator buildInput;
    private final Operator probe;
    private final int[] probeKeys;
    private final Optional<CompiledExpression> residual;
    private final RowLayout layout;
    private final List<SidewaysKey> sideways;
    private final QueryContext context;
    private final HeldMemory memory;
    private final BuildSide build;
    /** Present from when the build side is read, in the kinds that ask which build rows have a match. */
    private Optional<MatchedRows> matched = Optional.empty();

    private Optional<MatchCursor> cursor = Optional.empty();
    private Phase phase = Phase.BUILD;
    private int nextBuildRow;
    private RowBatch batch = RowBatch.of(List.of(), 0);

    private enum Phase {
        /** Nothing is read yet. */
        BUILD,
        /** The probe side streams by. */
        PROBE,
        /** Build rows are given by whether they have a match. */
        BUILD_ROWS,
        DONE
    }

    /**
     * A join of two inputs.
     *
     * @param buildKeys positions in the build side's layout, at least one
     * @param probeKeys as many positions in the probe side's layout
     * @param residual a further condition over the columns of the build side and then those of the probe side
     * @param layout columns of the build side, and but for SEMI and ANTI then those of the probe side
     * @param sideways scans below the probe side, and which key narrows which of their columns
     */
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
        requireFitting(kind, build, probe, buildKeys, probeKeys, layout);
        for (SidewaysKey key : sideways) {
            if (Arrays.stream(buildKeys).noneMatch(position -> position == key.buildPosition())) {
                throw new IllegalArgumentException("no key of the join lies in column " + key.buildPosition());
            }
        }
        this.kind = kind;
        this.buildInput = build;
        this.probe = probe;
        this.probeKeys = probeKeys.clone();
        this.residual = residual;
        this.layout = layout;
        this.sideways = List.copyOf(sideways);
        this.context = context;
        this.memory = new HeldMemory(context.memory(), "HashJoin");
        this.build = new BuildSide(build.layout().width(), buildKeys.clone(), context, memory);
    }

    private static void requireFitting(
            JoinKind kind, Operator build, Operator probe, int[] buildKeys, int[] probeKeys, RowLayout layout) {
        if (buildKeys.length == 0 || buildKeys.length != probeKeys.length) {
            throw new IllegalArgumentException(
                    "a join of " + buildKeys.length + " keys with " + probeKeys.length + " keys");
        }
        int width = build.layout().width() + (givesPairs(kind) ? probe.layout().width() : 0);
        if (layout.width() != width) {
            throw new IllegalArgumentException("a row of " + width + " columns for the layout " + layout);
        }
    }

    private static boolean givesPairs(JoinKind kind) {
        return switch (kind) {
            case INNER, LEFT_OUTER -> true;
            case SEMI, ANTI -> false;
        };
    }

    @Override
    public RowLayout layout() {
        return layout;
    }

    @Override
    public boolean advance() {
        while (phase != Phase.DONE) {
            context.cancellation().poll();
            boolean moved = switch (phase) {
                case BUILD -> readBuildSide();
                case PROBE -> probeFurther();
                case BUILD_ROWS -> giveBuildRows();
                case DONE -> false;
            };
            if (moved) {
                return true;
            }
        }
        return false;
    }

    private boolean readBuildSide() {
        build.read(buildInput);
        if (kind != JoinKind.INNER) {
            matched = Optional.of(new MatchedRows(build, memory));
        }
        cursor = Optional.of(new MatchCursor(build, givesPairs(kind) ? Optional.empty() : matched));
        if (build.matchable() == 0) {
            endProbe();
            return false;
        }
        for (SidewaysKey key : sideways) {
            build.distinctValues(key.buildPosition())
                    .ifPresent(values -> key.receiver().restrict(key.baseColumn(), values));
        }
        phase = Phase.PROBE;
        return false;
    }

    private void endProbe() {
        probe.close();
        phase = kind == JoinKind.INNER ? Phase.DONE : Phase.BUILD_ROWS;
    }

    /** Whether there are new pairs to give. */
    private boolean probeFurther() {
        MatchCursor pairs = cursor.orElseThrow();
        boolean nothingToFind = !givesPairs(kind) && matched.orElseThrow().isComplete();
        if (!nothingToFind && pairs.advance()) {
            return pairs.count() > 0 && take(pairs);
        }
        if (nothingToFind || !probe.advance()) {
            endProbe();
            return false;
        }
        RowBatch rows = probe.batch();
        int[] positions = rows.selectedRows();
        List<Vector> key = Arrays.stream(probeKeys).mapToObj(rows::column).toList();
        pairs.start(positions, build.find(key, positions));
        return false;
    }

    private boolean take(MatchCursor pairs) {
        RowBatch combined = givesPairs(kind) || residual.isPresent()
                ? satisfying(combined(pairs))
                : RowBatch.of(List.of(), pairs.count());
        matched.ifPresent(rows -> {
            for (int i = 0; i < combined.rowCount(); i++) {
                rows.add(pairs.buildRow(combined.physicalRow(i)));
            }
        });
        batch = combined;
        return givesPairs(kind) && combined.rowCount() > 0;
    }

    private RowBatch combined(MatchCursor pairs) {
        List<Vector> columns = new ArrayList<>(build.gather(pairs.buildRows()));
        int[] probeRows = pairs.probeRows();
        probe.batch().columns().forEach(column -> columns.add(Gather.rows(column, probeRows)));
        return RowBatch.of(columns, pairs.count());
    }

    private RowBatch satisfying(RowBatch pairs) {
        return residual.map(condition -> RowSelection.whereTrue(pairs, condition.evaluate(pairs)))
                .orElse(pairs);
    }

    /** Build rows with a match (SEMI), or those without one (LEFT_OUTER, ANTI), in the order in which they came. */
    private boolean giveBuildRows() {
        MatchedRows rows = matched.orElseThrow();
        int end = Math.min(build.rows(), nextBuildRow + RowBatch.TARGET_ROWS);
        int[] given = IntStream.range(nextBuildRow, end)
                .filter(row -> rows.contains(row) == (kind == JoinKind.SEMI))
                .toArray();
        nextBuildRow = end;
        if (end == build.rows()) {
            phase = Phase.DONE;
        }
        if (given.length == 0) {
            return false;
        }
        List<Vector> columns = new ArrayList<>(build.gather(given));
        while (columns.size() < layout.width()) {
            columns.add(new Vector.ConstantVector(Value.NULL, given.length));
        }
        batch = RowBatch.of(columns, given.length);
        return true;
    }

    @Override
    public RowBatch batch() {
        return batch;
    }

    @Override
    public void close() {
        try {
            buildInput.close();
        } finally {
            try {
                probe.close();
            } finally {
                memory.close();
            }
        }
    }
}
