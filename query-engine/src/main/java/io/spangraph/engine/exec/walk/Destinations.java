package io.spangraph.engine.exec.walk;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.exec.store.KeyIndex;
import io.spangraph.engine.exec.store.RowStore;
import io.spangraph.engine.expr.EntityField;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.row.ColumnId;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.RowLayout;
import io.spangraph.engine.row.Vector;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The rows at the far ends of edges: those that a walk may pass through, or those that it may end at. A row is reached by
 * key; a row that stands for a missing one is reached by its own edge only.
 */
final class Destinations {
    private final Variable variable;
    private final WalkEdges edges;
    private final QueryContext context;
    private final HeldMemory memory;
    private final VertexLinks links;
    private final Purpose purpose;
    private final KeyIndex byRow;
    private final IntList rowOf;
    private Optional<RowStore> rows = Optional.empty();
    private List<Groups> byFarKey = List.of();
    private Optional<Groups> byTrustingEdge = Optional.empty();
    private Optional<StandIns> standIns = Optional.empty();
    private int size;

    /**
     * What the rows are needed for.
     *
     * @param passedThrough whether edges lead on from them
     * @param kept whether their columns are read later
     * @param foundByRow whether a start is looked up among them
     */
    record Purpose(boolean passedThrough, boolean kept, boolean foundByRow) {}

    Destinations(
            WalkSpec spec,
            WalkEdges edges,
            Variable variable,
            Purpose purpose,
            QueryContext context,
            HeldMemory memory) {
        this.variable = variable;
        this.edges = edges;
        this.purpose = purpose;
        this.context = context;
        this.memory = memory;
        links = new VertexLinks(spec, edges, variable, memory);
        byRow = new KeyIndex(2, memory);
        rowOf = new IntList(memory);
    }

    /** Reads the rows, then those that stand for missing ones. */
    void read(Operator input, Optional<Operator> trusted) {
        RowLayout layout = input.layout();
        rows = purpose.kept() ? Optional.of(new RowStore(layout.width(), memory)) : Optional.empty();
        while (input.advance()) {
            context.cancellation().poll();
            RowBatch batch = purpose.foundByRow() ? input.batch() : links.led(input.batch(), layout);
            links.addDestinations(batch, layout, size);
            if (purpose.foundByRow()) {
                noteRows(batch, layout);
            }
            keep(batch, layout);
        }
        input.close();
        trusted.ifPresent(operator -> readTrusted(operator, layout));
        byFarKey = links.byFarKey();
    }

    private void readTrusted(Operator input, RowLayout layout) {
        IntList trusting = new IntList(memory);
        IntList steps = new IntList(memory);
        StandIns identities = new StandIns(variable, layout, size, memory);
        while (input.advance()) {
            context.cancellation().poll();
            RowBatch batch = input.batch();
            int[] found = edges.findByRow(batch, input.layout());
            for (int i = 0; i < found.length; i++) {
                if (found[i] != KeyIndex.ABSENT) {
                    trusting.add(found[i]);
                    steps.add(size + i);
                }
            }
            List<Vector> columns = layout.columns().stream()
                    .map(column -> batch.column(input.layout().requirePosition(column)))
                    .toList();
            identities.add(RowBatch.of(columns, batch.physicalRows()), batch.selectedRows());
            keep(batch.withColumns(columns), layout);
        }
        input.close();
        standIns = Optional.of(identities);
        byTrustingEdge = Optional.of(Groups.of(edges.size(), trusting, steps, memory));
    }

    private void keep(RowBatch batch, RowLayout layout) {
        if (purpose.passedThrough()) {
            links.addSources(batch, layout);
        }
        rows.ifPresent(store -> store.append(batch));
        size += batch.rowCount();
    }

    private void noteRows(RowBatch batch, RowLayout layout) {
        List<Vector> key = rowKey(variable, batch, layout);
        int[] positions = batch.selectedRows();
        int[] numbers = byRow.add(key, positions);
        for (int i = 0; i < numbers.length; i++) {
            if (numbers[i] == rowOf.size()) {
                boolean hasRow = !key.get(1).isNull(positions[i]);
                rowOf.add(hasRow ? size + i : KeyIndex.ABSENT);
            }
        }
    }

    /** What tells rows apart: references of rows of different tables may be equal. */
    private static List<Vector> rowKey(Variable variable, RowBatch batch, RowLayout layout) {
        return List.of(
                batch.column(layout.requirePosition(new ColumnId(variable, new EntityField.TypeName()))),
                batch.column(layout.requirePosition(new ColumnId(variable, new EntityField.Row()))));
    }

    /** For each row of another variable the number of the same row here, or {@link KeyIndex#ABSENT}. */
    int[] sameRows(Variable other, RowBatch batch, RowLayout layout) {
        int[] numbers = byRow.find(rowKey(other, batch, layout), batch.selectedRows());
        return Arrays.stream(numbers)
                .map(number -> number == KeyIndex.ABSENT ? number : rowOf.get(number))
                .toArray();
    }

    /** Groups of rows, of which {@link #groupOf} tells the one that an edge of this kind leads to. */
    Groups reachedBy(int edge, int kind) {
        return isTrusting(edge) ? byTrustingEdge.orElseThrow() : byFarKey.get(kind);
    }

    /** The group of the rows with the edge's far key, or of the row that stands for the missing one. */
    int groupOf(int edge) {
        return isTrusting(edge) ? edge : edges.farKey(edge);
    }

    private boolean isTrusting(int edge) {
        return byTrustingEdge.isPresent()
                && byTrustingEdge.get().start(edge) < byTrustingEdge.get().end(edge);
    }

    /** For each row of another variable which vertex without a row it is, or {@link StandIns#HAS_ROW}. */
    int[] standIns(Variable other, RowBatch batch, RowLayout layout) {
        return StandIns.numbers(standIns, other, batch, layout);
    }

    /** Whether the edge is trusted and leads to this vertex, which has no row. */
    boolean leadsToStandIn(int edge, int standIn) {
        if (!isTrusting(edge)) {
            return false;
        }
        Groups led = byTrustingEdge.orElseThrow();
        for (int i = led.start(edge); i < led.end(edge); i++) {
            if (standIns.orElseThrow().numberOf(led.member(i)) == standIn) {
                return true;
            }
        }
        return false;
    }

    /** How many rows there are. */
    int size() {
        return size;
    }

    int nearKey(int kind, int row) {
        return links.nearKey(kind, row);
    }

    /** The columns of the rows, if they are kept and were read. */
    Optional<RowStore> rows() {
        return rows;
    }
}
