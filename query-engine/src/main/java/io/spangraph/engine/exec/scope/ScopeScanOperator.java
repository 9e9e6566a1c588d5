package io.spangraph.engine.exec.scope;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.exec.scan.PartReader;
import io.spangraph.engine.exec.scan.ScanRows;
import io.spangraph.engine.exec.scan.TableScanOperator.Reading;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.RowLayout;
import io.spangraph.engine.spi.BatchCursor;
import java.util.List;
import java.util.Optional;

/**
 * Follows edges inside scopes while it reads a table once: rows are numbered block by block, edges are looked up among the
 * numbers, and the columns of a pattern's variables are gathered at the end, or groups made of them.
 *
 * <p>Several of these may read the parts of one table.
 */
public final class ScopeScanOperator implements PartReader {
    private final ScopeSpec spec;
    private final Kept kept;
    private final ScopeSearch search;
    private final ScanRows base;
    private final SharedScope shared;
    private final Reading reading;
    private final QueryContext context;
    private final LinksBuilder links;
    private final HeldMemory memory;
    private ScopeSpec reads;
    private long part = -1;
    private Optional<Blocks> blocks = Optional.empty();
    private Optional<Block> scattered = Optional.empty();
    private Optional<Operator> joined = Optional.empty();
    private Optional<BlockRows> block = Optional.empty();
    private Optional<Stage> stage = Optional.empty();
    private Optional<BlockGroups> groups = Optional.empty();
    private RowBatch batch = RowBatch.of(List.of(), 0);

    /**
     * The same scan of a table whose links are kept.
     *
     * @param spec over base rows as {@link KeptScopes} makes them
     * @param base tells whose a base row is
     */
    public record Kept(ScopeSpec spec, ScanRows base) {}

    /** @param base tells whose a base row is */
    public ScopeScanOperator(
            ScopeSpec spec,
            Kept kept,
            ScopeSearch search,
            ScanRows base,
            SharedScope shared,
            Reading reading,
            QueryContext context) {
        this.spec = spec;
        this.kept = kept;
        this.reads = spec;
        this.search = search;
        this.base = base;
        this.shared = shared;
        this.reading = reading;
        this.context = context;
        this.links = new LinksBuilder(context);
        this.memory = new HeldMemory(context.memory(), "ScopeScan");
    }

    @Override
    public RowLayout layout() {
        return spec.layout();
    }

    @Override
    public boolean advance() {
        do {
            if (joined.isPresent()) {
                if (joined.get().advance()) {
                    batch = joined.get().batch();
                    return true;
                }
            } else if (advanceInPart()) {
                return true;
            }
        } while (reading != Reading.PART_BY_PART && nextPart());
        return false;
    }

    private boolean advanceInPart() {
        while (true) {
            if (advanceInBlock()) {
                return true;
            }
            context.cancellation().poll();
            Optional<Block> next = nextBlock();
            if (next.isEmpty()) {
                return false;
            }
            open(new BlockRows(reads, next.get(), links));
        }
    }

    private boolean advanceInBlock() {
        if (groups.isPresent()) {
            Optional<RowBatch> next = groups.get().next();
            batch = next.orElse(batch);
            return next.isPresent();
        }
        if (stage.isPresent() && stage.get().advance()) {
            batch = block.orElseThrow().gather(stage.get().tuples(), reads.output());
            return true;
        }
        return false;
    }

    private void open(BlockRows rows) {
        closeBlock();
        Stage stages = stages(rows);
        block = Optional.of(rows);
        stage = Optional.of(stages);
        groups = reads.grouping().map(grouping -> new BlockGroups(reads, grouping, rows, context));
        groups.ifPresent(groupsOfBlock -> groupsOfBlock.drain(stages));
    }

    private void closeBlock() {
        groups.ifPresent(BlockGroups::close);
        groups = Optional.empty();
        block = Optional.empty();
        stage = Optional.empty();
    }

    private Stage stages(BlockRows rows) {
        int[] start = rows.side(0).selectedRows();
        return Stage.of(new Stage.Start(start, reads.sides().size(), context), reads.steps(), rows, context);
    }

    private Optional<Block> nextBlock() {
        if (blocks.isPresent()) {
            return blocks.get().next();
        }
        Optional<Block> rest = scattered;
        scattered = Optional.empty();
        return rest;
    }

    @Override
    public boolean nextPart() {
        context.cancellation().poll();
        closePart();
        Optional<SharedScope.Part> next = shared.next(search);
        next.ifPresent(this::open);
        return next.isPresent();
    }

    private void open(SharedScope.Part next) {
        part = next.ordinal();
        reads = next instanceof SharedScope.Part.Kept ? kept.spec() : spec;
        switch (next) {
            case SharedScope.Part.Kept rows ->
                blocks = Optional.of(new KeptBlockReader(
                        rows.cursor(), kept.base(), shared.kept(), new HeldMemory(context.memory(), "ScopeScan")));
            case SharedScope.Part.Rows rows ->
                blocks = Optional.of(new BlockReader(
                        rows.cursor(),
                        base::owned,
                        spec.scope(),
                        shared.scattered(),
                        new HeldMemory(context.memory(), "ScopeScan")));
            case SharedScope.Part.Scattered rest -> {
                try (BatchCursor rows = rest.cursor()) {
                    scattered = Optional.of(ScatteredBlock.read(rows, rest.wanted(), base, spec.scope(), memory));
                }
            }
            case SharedScope.Part.Joined whole -> joined = Optional.of(whole.rows());
        }
    }

    @Override
    public long part() {
        return part;
    }

    private void closePart() {
        blocks.ifPresent(Blocks::close);
        joined.ifPresent(Operator::close);
        blocks = Optional.empty();
        joined = Optional.empty();
        scattered = Optional.empty();
        closeBlock();
        memory.release(memory.held());
    }

    @Override
    public RowBatch batch() {
        return batch;
    }

    @Override
    public void close() {
        closePart();
        links.close();
        memory.close();
        if (reading == Reading.ALONE) {
            shared.close();
        }
    }
}
