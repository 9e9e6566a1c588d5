package io.spangraph.engine.run;

import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.RowLayout;

/** Notes what an operator gives and how long that takes, its inputs included. */
final class ProfiledOperator implements Operator {
    private final Operator operator;
    private final OperatorProfile profile;
    private long spilled;

    ProfiledOperator(Operator operator, OperatorProfile profile) {
        this.operator = operator;
        this.profile = profile;
    }

    @Override
    public RowLayout layout() {
        return operator.layout();
    }

    @Override
    public boolean advance() {
        long start = System.nanoTime();
        boolean more = operator.advance();
        profile.called(System.nanoTime() - start);
        long spilledNow = operator.spilledBytes();
        profile.spilled(spilledNow - spilled);
        spilled = spilledNow;
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
    public long spilledBytes() {
        return operator.spilledBytes();
    }

    @Override
    public void close() {
        operator.close();
    }
}
