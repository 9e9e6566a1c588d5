package io.spangraph.engine.exec.sort;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.exec.spill.SpillFile;
import io.spangraph.engine.exec.spill.SpillReader;
import io.spangraph.engine.exec.store.GatherMany;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.Vector;
import io.spangraph.engine.row.Vector.DoubleVector;
import io.spangraph.engine.row.Vector.LongVector;
import io.spangraph.model.value.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;

/** The rows of several sorted files in one order, with their keys; of equal rows those of the earlier file come first. */
final class MergedRuns implements SortedRows, AutoCloseable {
    private final int width;
    private final boolean[] descending;
    private final QueryContext context;
    private final int rowsOfBatch;
    private final List<Run> open = new ArrayList<>();
    private final PriorityQueue<Run> byFirstRow = new PriorityQueue<>(this::compare);
    private boolean started;
    private RowBatch batch = RowBatch.of(List.of(), 0);

    /** A file, and which of its rows comes next. */
    private static final class Run {
        private final SpillReader reader;
        private final int ordinal;
        private int row;
        /** Which of the blocks of the batch that is being put together the present one is, or -1. */
        private int sourceInBatch = -1;

        private Run(SpillReader reader, int ordinal) {
            this.reader = reader;
            this.ordinal = ordinal;
        }

        private boolean nextBlock() {
            row = 0;
            sourceInBatch = -1;
            return reader.advance();
        }
    }

    /** @param rowsOfBatch how many rows it hands out at a time */
    MergedRuns(List<SpillFile> files, int width, List<SortSpec> specs, QueryContext context, int rowsOfBatch) {
        this.width = width;
        this.descending = new boolean[specs.size()];
        for (int key = 0; key < descending.length; key++) {
            descending[key] = specs.get(key).descending();
        }
        this.context = context;
        this.rowsOfBatch = rowsOfBatch;
        for (SpillFile file : files) {
            open.add(new Run(file.read(), open.size()));
        }
    }

    @Override
    public boolean advance() {
        context.cancellation().poll();
        if (!started) {
            started = true;
            for (Run run : open) {
                if (run.nextBlock()) {
                    byFirstRow.add(run);
                }
            }
        }
        if (byFirstRow.isEmpty()) {
            return false;
        }
        batch = nextRows();
        return true;
    }

    private RowBatch nextRows() {
        List<RowBatch> sources = new ArrayList<>();
        int[] sourceOf = new int[rowsOfBatch];
        int[] rowOf = new int[rowsOfBatch];
        open.forEach(run -> run.sourceInBatch = -1);
        int count = 0;
        while (count < rowsOfBatch && !byFirstRow.isEmpty()) {
            Run first = byFirstRow.poll();
            // Rows of one file often follow each other: the queue is asked again when another one's turn has come.
            Run rival = byFirstRow.peek();
            boolean left = true;
            do {
                if (first.sourceInBatch < 0) {
                    first.sourceInBatch = sources.size();
                    sources.add(first.reader.batch());
                }
                sourceOf[count] = first.sourceInBatch;
                rowOf[count++] = first.row++;
                if (first.row == first.reader.batch().rowCount()) {
                    left = first.nextBlock();
                }
            } while (left && count < rowsOfBatch && (rival == null || compare(first, rival) < 0));
            if (left) {
                byFirstRow.add(first);
            }
        }
        return gather(sources, Arrays.copyOf(sourceOf, count), Arrays.copyOf(rowOf, count));
    }

    private RowBatch gather(List<RowBatch> sources, int[] sourceOf, int[] rowOf) {
        List<Vector> columns = new ArrayList<>(width + descending.length);
        for (int i = 0; i < width + descending.length; i++) {
            int column = i;
            List<Vector> vectors =
                    sources.stream().map(source -> source.column(column)).toList();
            columns.add(GatherMany.rows(vectors, sourceOf, rowOf));
        }
        return RowBatch.of(columns, rowOf.length);
    }

    private int compare(Run left, Run right) {
        RowBatch leftRows = left.reader.batch();
        RowBatch rightRows = right.reader.batch();
        for (int key = 0; key < descending.length; key++) {
            int order = compare(leftRows.column(width + key), left.row, rightRows.column(width + key), right.row);
            if (order != 0) {
                return descending[key] ? -order : order;
            }
        }
        return Integer.compare(left.ordinal, right.ordinal);
    }

    /** The order that rows have in memory, whatever form their columns have there: null is the largest value. */
    private static int compare(Vector left, int leftRow, Vector right, int rightRow) {
        boolean leftNull = left.isNull(leftRow);
        boolean rightNull = right.isNull(rightRow);
        if (leftNull || rightNull) {
            return Boolean.compare(leftNull, rightNull);
        }
        if (left instanceof LongVector a && right instanceof LongVector b && a.kind() == b.kind()) {
            return Long.compare(a.values()[leftRow], b.values()[rightRow]);
        }
        if (left instanceof DoubleVector a && right instanceof DoubleVector b) {
            double leftNumber = a.values()[leftRow];
            double rightNumber = b.values()[rightRow];
            return leftNumber == rightNumber ? 0 : Double.compare(leftNumber, rightNumber);
        }
        return Values.compareForOrder(left.value(leftRow), right.value(rightRow));
    }

    @Override
    public RowBatch batch() {
        return batch;
    }

    @Override
    public void close() {
        byFirstRow.clear();
        open.forEach(run -> run.reader.close());
    }
}
