package io.spangraph.engine.exec.join;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.exec.Closing;
import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.exec.expression.CompiledExpression;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.RowLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Joins by key. The build side is read into memory, where its keys are few they narrow the scans of the probe side, and
 * the probe side streams by; it is not opened when no build row can match and no probe row is given without one. A build side that does not fit into memory is
 * put aside in parts, the probe side too, and the parts are joined one after the other.
 *
 * <p>Keys match when their parts are equivalent, and null matches nothing. Where {@code =} is finer than equivalence (NaN,
 * nulls within lists) the residual condition has to say so.
 */
public final class HashJoinOperator implements Operator {
    private final JoinSpec spec;
    private final Operator buildInput;
    private final Operator probe;
    private final List<SidewaysKey> sideways;
    private final int depth;
    private final HeldMemory memory;
    private Optional<HeldJoin> held = Optional.empty();
    private Optional<SpilledJoin> spilled = Optional.empty();
    private boolean started;

    /**
     * A join of two inputs.
     *
     * @param buildKeys positions in the build side's layout, at least one
     * @param probeKeys as many positions in the probe side's layout
     * @param residual a further condition over the columns of the build side and then those of the probe side
     * @param columns of the sides that the kind gives
     * @param sideways scans below the probe side, and which key narrows which of their columns
     */
    public HashJoinOperator(
            JoinKind kind,
            Operator build,
            Operator probe,
            int[] buildKeys,
            int[] probeKeys,
            Optional<CompiledExpression> residual,
            JoinColumns columns,
            List<SidewaysKey> sideways,
            QueryContext context) {
        this(
                new JoinSpec(
                        kind,
                        build.layout(),
                        probe.layout(),
                        buildKeys.clone(),
                        probeKeys.clone(),
                        residual,
                        columns,
                        context),
                build,
                probe,
                List.copyOf(sideways),
                0);
        requireFitting(kind, build, probe, buildKeys, probeKeys, columns);
        if (kind.givesUnmatchedProbeRows() && !sideways.isEmpty()) {
            throw new IllegalArgumentException("keys would drop probe rows that the join gives without a match");
        }
        for (SidewaysKey key : sideways) {
            if (Arrays.stream(buildKeys).noneMatch(position -> position == key.buildPosition())) {
                throw new IllegalArgumentException("no key of the join lies in column " + key.buildPosition());
            }
        }
    }

    /** A join of parts that were split so many times. */
    HashJoinOperator(JoinSpec spec, Operator build, Operator probe, int depth) {
        this(spec, build, probe, List.of(), depth);
    }

    private HashJoinOperator(JoinSpec spec, Operator build, Operator probe, List<SidewaysKey> sideways, int depth) {
        this.spec = spec;
        this.buildInput = build;
        this.probe = probe;
        this.sideways = sideways;
        this.depth = depth;
        this.memory = HeldMemory.ofSpilling(spec.context(), "HashJoin");
    }

    private static void requireFitting(
            JoinKind kind, Operator build, Operator probe, int[] buildKeys, int[] probeKeys, JoinColumns columns) {
        if (buildKeys.length == 0 || buildKeys.length != probeKeys.length) {
            throw new IllegalArgumentException(
                    "a join of " + buildKeys.length + " keys with " + probeKeys.length + " keys");
        }
        int first = kind.givesBuildColumns() ? 0 : build.layout().width();
        int end = build.layout().width()
                + (kind.givesProbeColumns() ? probe.layout().width() : 0);
        if (Arrays.stream(columns.positions()).anyMatch(position -> position < first || position >= end)) {
            throw new IllegalArgumentException(
                    "a row of " + (end - first) + " columns for the layout " + columns.layout());
        }
    }

    @Override
    public RowLayout layout() {
        return spec.columns().layout();
    }

    @Override
    public boolean advance() {
        spec.context().cancellation().poll();
        if (!started) {
            started = true;
            start();
        }
        return held.isPresent() && held.get().advance()
                || spilled.isPresent() && spilled.get().advance();
    }

    private void start() {
        Optional<BuildSide> build = readBuildSide();
        if (build.isEmpty()) {
            SpilledJoin join = spilled.orElseThrow();
            join.addBuild(buildInput);
            join.addProbe(probe);
            return;
        }
        held = Optional.of(new HeldJoin(spec, build.get(), probe, memory));
        if (build.get().matchable() > 0) {
            for (SidewaysKey key : sideways) {
                build.get()
                        .distinctValues(key.buildPosition())
                        .ifPresent(values -> key.receiver().restrict(key.baseColumn(), values));
            }
        }
    }

    /** The build side; or nothing, and what was read of it is put aside and let go. */
    private Optional<BuildSide> readBuildSide() {
        BuildSide build = new BuildSide(spec.build().width(), spec.buildKeys(), spec.context(), memory);
        if (build.read(buildInput)) {
            build.groupByKey();
            return Optional.of(build);
        }
        SpilledJoin join = new SpilledJoin(spec, depth);
        spilled = Optional.of(join);
        build.forEach(join::addBuild);
        memory.close();
        return Optional.empty();
    }

    @Override
    public RowBatch batch() {
        return held.map(HeldJoin::batch).orElseGet(() -> spilled.orElseThrow().batch());
    }

    @Override
    public long spilledBytes() {
        return spilled.map(SpilledJoin::spilledBytes).orElse(0L);
    }

    @Override
    public void close() {
        Closing.all(buildInput::close, probe::close, () -> spilled.ifPresent(SpilledJoin::close), memory::close);
    }
}
