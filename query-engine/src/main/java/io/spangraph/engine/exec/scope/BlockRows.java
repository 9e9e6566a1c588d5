package io.spangraph.engine.exec.scope;

import io.spangraph.engine.exec.RowSelection;
import io.spangraph.engine.exec.expression.CompiledExpression;
import io.spangraph.engine.exec.store.Gather;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.Vector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the steps ask of a block, each thing made when it is first asked for. For one thread. */
final class BlockRows {
    private final ScopeSpec spec;
    private final Block block;
    private final RowBatch present;
    private final LinksBuilder builder;
    private final @Nullable RowBatch[] sides;
    private final boolean[] @Nullable [] members;
    private final @Nullable Links[] links;

    BlockRows(ScopeSpec spec, Block block, LinksBuilder builder) {
        this.spec = spec;
        this.block = block;
        this.present = block.present();
        this.builder = builder;
        this.sides = new RowBatch[spec.sides().size()];
        this.members = new boolean[spec.sides().size()][];
        this.links = new Links[spec.links().size()];
    }

    /** How many rows the block has. */
    int rows() {
        return block.rows().physicalRows();
    }

    /** The rows that a side may be bound to, with its columns. */
    RowBatch side(int side) {
        RowBatch known = sides[side];
        if (known == null) {
            ScopeSpec.Side wanted = spec.sides().get(side);
            RowBatch rows = present;
            for (int column : wanted.present()) {
                rows = RowSelection.whereNotNull(rows, rows.column(column));
            }
            known = wanted.rows().wanted(wanted.rows().counted(rows));
            sides[side] = known;
        }
        return known;
    }

    /** By row of the block whether a side may be bound to it. */
    boolean[] members(int side) {
        boolean[] known = members[side];
        if (known == null) {
            RowBatch rows = side(side);
            known = new boolean[block.rows().physicalRows()];
            if (rows.isWhole()) {
                Arrays.fill(known, true);
            } else {
                for (int row : rows.selectedRows()) {
                    known[row] = true;
                }
            }
            members[side] = known;
        }
        return known;
    }

    Links links(int which) {
        Links known = links[which];
        if (known == null) {
            known = block.kept().isPresent()
                    ? block.kept().get().links(which)
                    : found(spec.links().get(which));
            links[which] = known;
        }
        return known;
    }

    private Links found(ScopeSpec.LinkKeys keys) {
        return builder.build(block.linked(), columns(keys.key()), columns(keys.foreign()));
    }

    private List<Vector> columns(List<CompiledExpression> expressions) {
        List<Vector> columns = new ArrayList<>();
        expressions.forEach(expression -> columns.add(expression.evaluate(block.rows())));
        return columns;
    }

    /** Columns of the sides that tuples are bound to. */
    RowBatch gather(Tuples tuples, List<ScopeSpec.SideColumn> wanted) {
        List<Vector> columns = new ArrayList<>(wanted.size());
        for (ScopeSpec.SideColumn column : wanted) {
            Vector vector = side(column.side()).column(column.column());
            columns.add(Gather.rowsOrNull(vector, tuples.rows()[column.side()]));
        }
        return RowBatch.of(columns, tuples.count());
    }
}
