package io.spangraph.engine.run;

import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.RowLayout;

/** Counts what an operator gives and how long that takes, its inputs included. */
final class ProfiledOperator implements Operator {
    private final Operator operator;
    private long rows;
    private long batches;
    private long nanos;

    ProfiledOperator(Operator operator) {
        this.operator = operator;
    }

    long rows() {
        return rows;
    }

    long batches() {
        return batches;
    }

    long nanos() {
        return nanos;
    }

    @Override
    public RowLayout layout() {
        return operator.layout();
    }

    @Override
    public boolean advance() {
        long start = System.nanoTime();
        boolean more = operator.advance();
        nanos += System.nanoTime() - start;
        if (more) {
            batches++;
            rows += operator.batch().rowCount();
        }
        return more;
    }

    @Override
    public RowBatch batch() {
        return operator.batch();
    }

    @Override
    public void close() {
        operator.close();
    }
}
