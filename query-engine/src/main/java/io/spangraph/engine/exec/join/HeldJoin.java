package io.spangraph.engine.exec.join;

import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.exec.RowSelection;
import io.spangraph.engine.exec.store.Gather;
import io.spangraph.engine.exec.store.KeyIndex;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.Vector;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Joins build rows that are held in memory with a probe side that streams by. */
final class HeldJoin implements AutoCloseable {
    private final JoinSpec spec;
    private final BuildSide build;
    private final Operator probe;
    /** Present in the kinds that ask which build rows have a match. */
    private final Optional<MatchedRows> matched;

    /** Present in the kinds that ask which probe rows have a match. */
    private final Optional<MatchedProbeRows> matchedProbe;
    /** Whether no further build rows come, so that it is known which probe rows have no match. */
    private final boolean isLast;

    private final MatchCursor pairs;
    /** Whether the rows of the probe batch that have no match, or have one, are still to be given. */
    private boolean owesProbeRows;

    /** By column of both sides: whether somebody reads it. */
    private final boolean[] gathered;

    private Phase phase;
    private int nextBuildRow;
    private RowBatch batch = RowBatch.of(List.of(), 0);

    private enum Phase {
        /** The probe side streams by. */
        PROBE,
        /** Build rows are given by whether they have a match. */
        BUILD_ROWS,
        DONE
    }

    /** A join of all build rows. */
    HeldJoin(JoinSpec spec, BuildSide build, Operator probe, HeldMemory memory) {
        this(spec, build, probe, memory, new MatchedProbeRows(false, memory), true);
    }

    /**
     * A join of a lot of the build rows.
     *
     * @param memory of the build side
     * @param isLast whether no further lot follows
     */
    HeldJoin(
            JoinSpec spec,
            BuildSide build,
            Operator probe,
            HeldMemory memory,
            MatchedProbeRows matchedProbe,
            boolean isLast) {
        this.spec = spec;
        this.build = build;
        this.probe = probe;
        this.matched = spec.kind().asksForMatchesOfBuildRows()
                ? Optional.of(new MatchedRows(build, memory))
                : Optional.empty();
        this.matchedProbe = spec.kind().asksForMatchesOfProbeRows() ? Optional.of(matchedProbe) : Optional.empty();
        this.isLast = isLast;
        this.pairs = new MatchCursor(build, spec.kind().givesPairs() ? Optional.empty() : matched);
        this.gathered = new boolean[spec.build().width() + spec.probe().width()];
        for (int column = 0; column < gathered.length; column++) {
            gathered[column] = spec.gathers(column);
        }
        this.phase = Phase.PROBE;
        boolean givesProbeRows = isLast
                && this.matchedProbe
                        .map(rows -> rows.isReadOften() || spec.kind().givesUnmatchedProbeRows())
                        .orElse(false);
        if (build.matchable() == 0 && !givesProbeRows) {
            endProbe();
        }
    }

    /** Moves to the next batch; false at the end. */
    boolean advance() {
        while (phase != Phase.DONE) {
            spec.context().cancellation().poll();
            boolean moved = switch (phase) {
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

    RowBatch batch() {
        return batch;
    }

    private void endProbe() {
        probe.close();
        phase = matched.isPresent() ? Phase.BUILD_ROWS : Phase.DONE;
    }

    /** Whether there are new pairs, or probe rows without one, to give. */
    private boolean probeFurther() {
        boolean nothingToFind = !spec.kind().givesPairs()
                && matched.map(MatchedRows::isComplete).orElse(false);
        if (!nothingToFind && pairs.advance()) {
            return pairs.count() > 0 && take();
        }
        if (owesProbeRows) {
            owesProbeRows = false;
            return giveProbeRows();
        }
        if (nothingToFind || !probe.advance()) {
            endProbe();
            return false;
        }
        RowBatch rows = probe.batch();
        int[] positions = rows.selectedRows();
        List<Vector> key =
                Arrays.stream(spec.probeKeys()).mapToObj(rows::column).toList();
        int[] numbers = build.find(key, positions);
        matchedProbe.ifPresent(matches -> matches.start(rows));
        if (matchedProbe.isPresent()
                && !spec.kind().givesPairs()
                && spec.residual().isEmpty()) {
            noteFound(matchedProbe.get(), positions, numbers);
        } else {
            pairs.start(positions, numbers);
        }
        owesProbeRows = matchedProbe.isPresent() && isLast;
        return false;
    }

    /** A key is all that matters, so that no pair is looked at. */
    private void noteFound(MatchedProbeRows matches, int[] positions, int[] numbers) {
        for (int i = 0; i < positions.length; i++) {
            if (numbers[i] != KeyIndex.ABSENT && build.rowsOfKey(numbers[i]) > 0) {
                matches.add(positions[i]);
            }
        }
    }

    /** Gives the rows of the probe batch that have no match, or those that have one. */
    private boolean giveProbeRows() {
        RowBatch rows = probe.batch();
        boolean wantsMatched = !spec.kind().givesUnmatchedProbeRows();
        int[] given = matchedProbe.orElseThrow().where(wantsMatched, rows.selectedRows());
        if (given.length == 0) {
            return false;
        }
        Vector nothing = new Vector.ConstantVector(Value.NULL, rows.physicalRows());
        int buildWidth = spec.build().width();
        List<Vector> columns = given(column -> column < buildWidth ? nothing : rows.column(column - buildWidth));
        batch = RowBatch.of(columns, rows.physicalRows()).select(given);
        return true;
    }

    private boolean take() {
        RowBatch combined = spec.needsProbeColumns() ? satisfying(combined()) : RowBatch.of(List.of(), pairs.count());
        matched.ifPresent(rows -> {
            for (int i = 0; i < combined.rowCount(); i++) {
                rows.add(pairs.buildRow(combined.physicalRow(i)));
            }
        });
        matchedProbe.ifPresent(rows -> {
            for (int i = 0; i < combined.rowCount(); i++) {
                rows.add(pairs.probeRow(combined.physicalRow(i)));
            }
        });
        if (!spec.kind().givesPairs() || combined.rowCount() == 0) {
            return false;
        }
        batch = combined.withColumns(given(combined::column));
        return true;
    }

    private List<Vector> given(IntFunction<Vector> columns) {
        return Arrays.stream(spec.columns().positions()).mapToObj(columns).toList();
    }

    /** The pairs with the columns that somebody reads. */
    private RowBatch combined() {
        int[] buildRows = pairs.buildRows();
        int[] probeRows = pairs.probeRows();
        Vector nothing = new Vector.ConstantVector(Value.NULL, pairs.count());
        List<Vector> columns = new ArrayList<>(gathered.length);
        for (int column = 0; column < gathered.length; column++) {
            columns.add(gathered[column] ? gather(column, buildRows, probeRows) : nothing);
        }
        return RowBatch.of(columns, pairs.count());
    }

    private Vector gather(int column, int[] buildRows, int[] probeRows) {
        if (column >= spec.build().width()) {
            return Gather.rows(probe.batch().column(column - spec.build().width()), probeRows);
        }
        Vector probeKey = probe.batch().column(spec.probeKeys()[0]);
        // Equal integers are the same ones, and those of the probe side lie closer together.
        return build.isNearKey(column) && isOfIntegers(probeKey)
                ? Gather.rows(probeKey, probeRows)
                : build.gather(buildRows, column);
    }

    private static boolean isOfIntegers(Vector keys) {
        return keys instanceof Vector.LongVector longs && longs.kind() == Vector.LongKind.INTEGER;
    }

    private RowBatch satisfying(RowBatch candidates) {
        return spec.residual()
                .map(condition -> RowSelection.whereTrue(candidates, condition.evaluate(candidates)))
                .orElse(candidates);
    }

    /** Build rows with a match (SEMI), or those without one (LEFT_OUTER, ANTI), in the order in which they came. */
    private boolean giveBuildRows() {
        MatchedRows rows = matched.orElseThrow();
        int end = Math.min(build.rows(), nextBuildRow + RowBatch.TARGET_ROWS);
        int[] given = IntStream.range(nextBuildRow, end)
                .filter(row -> rows.contains(row) == (spec.kind() == JoinKind.SEMI))
                .toArray();
        nextBuildRow = end;
        if (end == build.rows()) {
            phase = Phase.DONE;
        }
        if (given.length == 0) {
            return false;
        }
        Vector nothing = new Vector.ConstantVector(Value.NULL, given.length);
        List<Vector> columns = given(column -> column < spec.build().width() ? build.gather(given, column) : nothing);
        batch = RowBatch.of(columns, given.length);
        return true;
    }

    @Override
    public void close() {
        probe.close();
    }
}
