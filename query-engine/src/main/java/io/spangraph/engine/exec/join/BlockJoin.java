package io.spangraph.engine.exec.join;

import io.spangraph.engine.exec.Closing;
import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.exec.spill.SpillFile;
import io.spangraph.engine.exec.spill.SpillInput;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.RowLayout;
import java.util.Optional;

/**
 * Joins two files whose keys are too few to be split further: build rows are held as many at a time as there is memory for,
 * and for each lot of them all probe rows are read again. Most kinds of join ask for each build row by itself which probe
 * rows it matches, so that the lots do not depend on each other; probe rows without a match are known after the last lot.
 */
final class BlockJoin implements Operator {
    private final JoinSpec spec;
    private final SpillInput build;
    private final SpillFile probe;
    private final HeldMemory memory;
    private final HeldMemory matchesMemory;
    private final MatchedProbeRows matches;
    private Optional<HeldJoin> current = Optional.empty();
    private boolean lastLot;

    /** A join of two files, which are closed with it. */
    BlockJoin(JoinSpec spec, SpillFile build, SpillFile probe) {
        this.spec = spec;
        this.build = new SpillInput(spec.build(), build, true);
        this.probe = probe;
        this.memory = HeldMemory.ofSpilling(spec.context(), "HashJoin");
        this.matchesMemory = HeldMemory.ofSpilling(spec.context(), "HashJoin");
        this.matches = new MatchedProbeRows(true, matchesMemory);
    }

    @Override
    public RowLayout layout() {
        return spec.columns().layout();
    }

    @Override
    public boolean advance() {
        while (true) {
            if (current.isPresent()) {
                if (current.get().advance()) {
                    return true;
                }
                current.get().close();
                current = Optional.empty();
                memory.close();
            }
            if (lastLot) {
                return false;
            }
            BuildSide lot = new BuildSide(spec.build().width(), spec.buildKeys(), spec.context(), memory);
            lastLot = lot.read(build);
            lot.groupByKey();
            matches.restart();
            current = Optional.of(
                    new HeldJoin(spec, lot, new SpillInput(spec.probe(), probe, false), memory, matches, lastLot));
        }
    }

    @Override
    public RowBatch batch() {
        return current.orElseThrow().batch();
    }

    @Override
    public void close() {
        Closing.all(
                () -> current.ifPresent(HeldJoin::close),
                build::close,
                probe::close,
                memory::close,
                matchesMemory::close);
        current = Optional.empty();
        lastLot = true;
    }
}
