package io.spangraph.engine.exec.join;

import io.spangraph.engine.exec.Closing;
import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.exec.spill.SpillFile;
import io.spangraph.engine.exec.spill.SpillInput;
import io.spangraph.engine.exec.spill.SpillPartitions;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.Vector;
import io.spangraph.engine.row.Vector.ConstantVector;
import io.spangraph.model.value.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Joins two sides of which neither fits into memory: both are split by their keys, and each pair of parts is joined alone. */
final class SpilledJoin implements AutoCloseable {
    private final JoinSpec spec;
    private final int depth;
    private final HeldMemory buffers;
    private final SpillPartitions build;
    private final SpillPartitions probe;
    private long buildRows;
    private int next;
    private long spilledBelow;
    private Optional<Operator> current = Optional.empty();

    /** @param depth how often the rows were split before */
    SpilledJoin(JoinSpec spec, int depth) {
        this.spec = spec;
        this.depth = depth;
        this.buffers = HeldMemory.ofSpilling(spec.context(), "HashJoin");
        this.build = new SpillPartitions(spec.buildKeys(), depth, spec.context(), buffers);
        this.probe = new SpillPartitions(spec.probeKeys(), depth, spec.context(), buffers);
    }

    /** Splits build rows; rows whose key is null have no match, but some kinds give them. */
    void addBuild(RowBatch rows) {
        buildRows += rows.rowCount();
        build.add(rows);
    }

    void addBuild(Operator rows) {
        while (rows.advance()) {
            spec.context().cancellation().poll();
            addBuild(rows.batch());
        }
        rows.close();
        build.finish();
        if (!spec.kind().givesUnmatchedProbeRows()) {
            probe.onlyWith(build);
        }
    }

    /** Splits probe rows that may have a match; all of them where the others are given too. */
    void addProbe(Operator rows) {
        while (rows.advance()) {
            spec.context().cancellation().poll();
            RowBatch batch = rows.batch();
            probe.add(needed(batch), spec.kind().givesUnmatchedProbeRows() ? batch.selectedRows() : complete(batch));
        }
        rows.close();
        probe.finish();
    }

    private int[] complete(RowBatch rows) {
        return Arrays.stream(rows.selectedRows())
                .filter(row -> Arrays.stream(spec.probeKeys())
                        .noneMatch(key -> rows.column(key).isNull(row)))
                .toArray();
    }

    /** What nobody reads is not written. */
    private List<Vector> needed(RowBatch rows) {
        Vector nothing = new ConstantVector(Value.NULL, rows.physicalRows());
        return IntStream.range(0, rows.columns().size())
                .mapToObj(column ->
                        isProbeKey(column) || spec.gathers(spec.build().width() + column)
                                ? rows.column(column)
                                : nothing)
                .toList();
    }

    private boolean isProbeKey(int column) {
        return Arrays.stream(spec.probeKeys()).anyMatch(key -> key == column);
    }

    /** Moves to the next batch; false at the end of the last parts. */
    boolean advance() {
        while (true) {
            if (current.isPresent()) {
                if (current.get().advance()) {
                    return true;
                }
                closeCurrent();
            }
            if (next == SpillPartitions.FAN_OUT) {
                return false;
            }
            startPart(next++);
        }
    }

    private void startPart(int part) {
        Optional<SpillFile> buildPart = build.take(part);
        Optional<SpillFile> probePart = probe.take(part);
        boolean isGiven =
                buildPart.isPresent() && (probePart.isPresent() || spec.kind().givesUnmatchedBuildRows());
        if (!isGiven && !(probePart.isPresent() && spec.kind().givesUnmatchedProbeRows())) {
            SpillFile.closeAll(
                    Stream.concat(buildPart.stream(), probePart.stream()).toList());
            return;
        }
        SpillFile buildRowsOfPart = buildPart.orElseGet(() -> new SpillFile(spec.context(), buffers));
        SpillFile probeRowsOfPart = probePart.orElseGet(() -> new SpillFile(spec.context(), buffers));
        // What a split has hardly made smaller is one key for the most part.
        boolean isOneKey = buildRowsOfPart.rows() > buildRows / 10 * 9;
        current = Optional.of(
                isOneKey || depth + 1 == SpillPartitions.MAX_DEPTH
                        ? new BlockJoin(spec, buildRowsOfPart, probeRowsOfPart)
                        : new HashJoinOperator(
                                spec,
                                new SpillInput(spec.build(), buildRowsOfPart, true),
                                new SpillInput(spec.probe(), probeRowsOfPart, true),
                                depth + 1));
    }

    RowBatch batch() {
        return current.orElseThrow().batch();
    }

    private void closeCurrent() {
        Optional<Operator> ended = current;
        current = Optional.empty();
        ended.ifPresent(operator -> {
            spilledBelow += operator.spilledBytes();
            operator.close();
        });
    }

    /** What was put aside, again and again. */
    long spilledBytes() {
        return build.bytes()
                + probe.bytes()
                + spilledBelow
                + current.map(Operator::spilledBytes).orElse(0L);
    }

    @Override
    public void close() {
        next = SpillPartitions.FAN_OUT;
        Closing.all(this::closeCurrent, build::close, probe::close, buffers::close);
    }
}
