package io.spangraph.engine.exec.procedure;

import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.exec.expression.CompiledExpression;
import io.spangraph.engine.exec.expression.Vectors;
import io.spangraph.engine.exec.store.RowStore;
import io.spangraph.engine.procedure.Procedure;
import io.spangraph.engine.procedure.ProcedureContext;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.RowLayout;
import io.spangraph.engine.row.ValueSize;
import io.spangraph.engine.row.Vector;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The rows of a procedure beside each input row. Rows are taken as they are needed, one batch of them at a time. */
public final class ProcedureCallOperator implements Operator {
    private final Operator input;
    private final Procedure procedure;
    private final List<CompiledExpression> arguments;
    private final int[] yields;
    private final RowLayout layout;
    private final ProcedureContext context;
    private final HeldMemory memory;
    private RowBatch rows = RowBatch.of(List.of(), 0);
    private List<Vector> given = List.of();
    private int nextRow;
    private Optional<Called> called = Optional.empty();
    private RowBatch batch = RowBatch.of(List.of(), 0);

    /**
     * A call.
     *
     * @param yields positions of the wanted columns in the procedure's rows
     * @param layout the columns of the input, then those of the procedure
     */
    public ProcedureCallOperator(
            Operator input,
            Procedure procedure,
            List<CompiledExpression> arguments,
            int[] yields,
            RowLayout layout,
            ProcedureContext context) {
        this.input = input;
        this.procedure = procedure;
        this.arguments = List.copyOf(arguments);
        this.yields = yields.clone();
        this.layout = layout;
        this.context = context;
        this.memory = new HeldMemory(context.query().memory(), "ProcedureCall");
    }

    /** The procedure while its rows for one input row are taken. */
    private record Called(Stream<List<Value>> stream, Iterator<List<Value>> rows) {
        static Called of(Stream<List<Value>> stream) {
            return new Called(stream, stream.iterator());
        }
    }

    /** The rows of a batch to be: the input row of each, and the values of the procedure column by column. */
    private static final class Filling {
        private final int[] origins = new int[RowBatch.TARGET_ROWS];
        private final Value[][] values;
        private int count;

        Filling(int columns) {
            values = new Value[columns][RowBatch.TARGET_ROWS];
        }

        boolean isFull() {
            return count == RowBatch.TARGET_ROWS;
        }
    }

    @Override
    public RowLayout layout() {
        return layout;
    }

    @Override
    public boolean advance() {
        while (true) {
            context.query().cancellation().poll();
            if (nextRow < rows.rowCount()) {
                Filling filling = fill();
                if (filling.count > 0) {
                    batch = batchOf(filling);
                    return true;
                }
            } else if (input.advance()) {
                rows = input.batch();
                given = arguments.stream()
                        .map(argument -> argument.evaluate(rows))
                        .toList();
                nextRow = 0;
            } else {
                return false;
            }
        }
    }

    private Filling fill() {
        memory.close();
        Filling filling = new Filling(yields.length);
        while (nextRow < rows.rowCount() && !filling.isFull()) {
            int row = rows.physicalRow(nextRow);
            Called open = called.orElseGet(() -> call(row));
            called = Optional.of(open);
            take(open.rows(), row, filling);
            if (!filling.isFull() || !open.rows().hasNext()) {
                closeCall();
                nextRow++;
            }
        }
        return filling;
    }

    private Called call(int row) {
        List<Value> values = given.stream().map(argument -> argument.value(row)).toList();
        return Called.of(procedure.rows(values, context));
    }

    private void take(Iterator<List<Value>> source, int row, Filling filling) {
        while (!filling.isFull() && source.hasNext()) {
            context.query().cancellation().poll();
            List<Value> values = source.next();
            for (int column = 0; column < yields.length; column++) {
                Value value = values.get(yields[column]);
                memory.reserve(ValueSize.of(value));
                filling.values[column][filling.count] = value;
            }
            filling.origins[filling.count++] = row;
        }
    }

    private RowBatch batchOf(Filling filling) {
        int count = filling.count;
        int[] all = new int[count];
        Arrays.setAll(all, row -> row);
        List<Vector> columns = new ArrayList<>();
        // A store that lives for one batch, to repeat rows in the form that their vectors have.
        try (HeldMemory repeated = new HeldMemory(context.query().memory(), "ProcedureCall")) {
            RowStore store = new RowStore(rows.columns().size(), repeated);
            store.append(rows.columns(), Arrays.copyOf(filling.origins, count));
            for (int column = 0; column < store.width(); column++) {
                columns.add(store.gather(all, column));
            }
        }
        for (Value[] values : filling.values) {
            columns.add(Vectors.ofValues(Arrays.copyOf(values, count), all));
        }
        return RowBatch.of(columns, count);
    }

    private void closeCall() {
        called.ifPresent(open -> open.stream().close());
        called = Optional.empty();
    }

    @Override
    public RowBatch batch() {
        return batch;
    }

    @Override
    public void close() {
        try {
            closeCall();
        } finally {
            memory.close();
            input.close();
        }
    }
}
