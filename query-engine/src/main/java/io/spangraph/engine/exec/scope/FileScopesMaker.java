package io.spangraph.engine.exec.scope;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.exec.expression.CompiledExpression;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.Vector;
import io.spangraph.engine.spi.BatchCursor;
import io.spangraph.engine.spi.FileLinks;
import io.spangraph.engine.spi.LinkMaker;
import io.spangraph.engine.spi.ScanParts;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the scopes of whole data files and the edges of one kind inside them. */
public final class FileScopesMaker implements LinkMaker {
    /** So many rows tell whether a file is in the order of its scopes. */
    private static final int FEW_ROWS = 1 << 14;

    /** For each row its parent, and what runs, hashes and nulls come to. */
    private static final int BYTES_PER_ROW = 8;

    private final List<String> columns;
    private final List<Integer> scope;
    private final List<Integer> key;
    private final List<Integer> foreign;
    private final QueryContext context;

    /** @param foreign as many columns as the key has */
    public FileScopesMaker(List<String> scope, List<String> key, List<String> foreign, QueryContext context) {
        Set<String> all = new LinkedHashSet<>(scope);
        all.addAll(key);
        all.addAll(foreign);
        this.columns = List.copyOf(all);
        this.scope = scope.stream().map(columns::indexOf).toList();
        this.key = key.stream().map(columns::indexOf).toList();
        this.foreign = foreign.stream().map(columns::indexOf).toList();
        this.context = context;
    }

    @Override
    public List<String> columns() {
        return columns;
    }

    @Override
    public String form() {
        return "scope " + scope + " key " + key + " foreign " + foreign;
    }

    @Override
    public long heapBytes(long rows) {
        return BYTES_PER_ROW * rows;
    }

    @Override
    public Optional<FileLinks> make(ScanParts rows) {
        List<CompiledExpression> scopeColumns = new ArrayList<>();
        scope.forEach(column -> scopeColumns.add(batch -> batch.column(column)));
        FileScopesBuilder file = new FileScopesBuilder(columns.size());
        try (LinksBuilder builder = new LinksBuilder(context)) {
            for (Optional<BatchCursor> part = rows.next(); part.isPresent(); part = rows.next()) {
                HeldMemory memory = new HeldMemory(context.memory(), "ScopeScan");
                try (BlockReader blocks =
                        new BlockReader(part.get(), batch -> batch, scopeColumns, ScatteredScopes.NONE, memory)) {
                    for (Optional<Block> block = blocks.next(); block.isPresent(); block = blocks.next()) {
                        context.cancellation().poll();
                        add(block.get(), builder, file);
                        if (file.rows() > FEW_ROWS && file.runs() > file.rows() / 2) {
                            return Optional.empty();
                        }
                    }
                }
            }
        }
        return Optional.of(file.build());
    }

    private void add(Block block, LinksBuilder builder, FileScopesBuilder file) {
        RowBatch rows = block.rows();
        file.add(
                block, columns(scope, rows), builder.build(block.linked(), columns(key, rows), columns(foreign, rows)));
    }

    private static List<Vector> columns(List<Integer> wanted, RowBatch rows) {
        return wanted.stream().map(rows::column).toList();
    }
}
