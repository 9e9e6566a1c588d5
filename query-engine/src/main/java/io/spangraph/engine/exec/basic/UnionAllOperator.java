package io.spangraph.engine.exec.basic;

import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.RowLayout;
import java.util.List;

/** The rows of several inputs with the same columns, one input after the other. */
public final class UnionAllOperator implements Operator {
    private final List<Operator> inputs;
    private final RowLayout layout;
    private int current;

    public UnionAllOperator(List<Operator> inputs, RowLayout layout) {
        this.inputs = List.copyOf(inputs);
        this.layout = layout;
        for (Operator input : this.inputs) {
            if (input.layout().width() != layout.width()) {
                throw new IllegalArgumentException("a union of " + input.layout() + " as " + layout);
            }
        }
    }

    @Override
    public RowLayout layout() {
        return layout;
    }

    @Override
    public boolean advance() {
        while (current < inputs.size()) {
            if (inputs.get(current).advance()) {
                return true;
            }
            inputs.get(current).close();
            current++;
        }
        return false;
    }

    @Override
    public RowBatch batch() {
        return inputs.get(current).batch();
    }

    @Override
    public void close() {
        inputs.forEach(Operator::close);
    }
}
