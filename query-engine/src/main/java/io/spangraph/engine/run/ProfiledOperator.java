package io.spangraph.engine.run;

import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.RowLayout;

/** Notes what an operator gives and how long that takes, its inputs included. */
record ProfiledOperator(Operator operator, OperatorProfile profile) implements Operator {
    @Override
    public RowLayout layout() {
        return operator.layout();
    }

    @Override
    public boolean advance() {
        long start = System.nanoTime();
        boolean more = operator.advance();
        profile.called(System.nanoTime() - start);
        if (more) {
            profile.gave(operator.batch().rowCount());
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
