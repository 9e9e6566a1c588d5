package io.spangraph.engine.exec.expression;

import io.spangraph.engine.expr.EntityField;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.row.ColumnId;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.RowLayout;
import io.spangraph.engine.row.Vector;
import io.spangraph.engine.row.Vector.ConstantVector;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;

/** Comparisons of entities by the columns of their identity, without making whole nodes or relationships. */
final class Identities {
    private Identities() {}

    /** A column's position in a layout; absent columns are null in every row, as a type without tenant has none. */
    private record Cell(OptionalInt position) {
        Vector of(RowBatch batch) {
            return position.isPresent()
                    ? batch.column(position.getAsInt())
                    : new ConstantVector(Value.NULL, batch.physicalRows());
        }
    }

    /** Pairs of columns that must be equivalent for two variables to be the same. */
    static final class Pairing {
        private final List<Cell> left = new ArrayList<>();
        private final List<Cell> right = new ArrayList<>();

        static Pairing ofIdentity(Variable left, Variable right, RowLayout layout) {
            Pairing pairing = new Pairing();
            pairing.add(left, right, new EntityField.TypeName(), layout);
            pairing.add(left, right, new EntityField.Tenant(), layout);
            int parts = Math.max(keyParts(left, layout), keyParts(right, layout));
            for (int i = 0; i < parts; i++) {
                pairing.add(left, right, new EntityField.Key(i), layout);
            }
            return pairing;
        }

        static Pairing ofRow(Variable left, Variable right, RowLayout layout) {
            Pairing pairing = ofIdentity(left, right, layout);
            pairing.add(left, right, new EntityField.Row(), layout);
            return pairing;
        }

        private void add(Variable a, Variable b, EntityField field, RowLayout layout) {
            left.add(new Cell(layout.positionOf(new ColumnId(a, field))));
            right.add(new Cell(layout.positionOf(new ColumnId(b, field))));
        }

        /** For each row whether both are the same; unknown where one of them is null. */
        Bound bind(RowBatch batch) {
            return new Bound(
                    left.stream().map(cell -> cell.of(batch)).toList(),
                    right.stream().map(cell -> cell.of(batch)).toList());
        }
    }

    /** A pairing over the vectors of one batch. */
    record Bound(List<Vector> left, List<Vector> right) {
        byte same(int row) {
            if (left.getFirst().isNull(row) || right.getFirst().isNull(row)) {
                return TruthBuilder.UNKNOWN;
            }
            for (int i = 0; i < left.size(); i++) {
                if (!Cells.equivalent(left.get(i), right.get(i), row)) {
                    return TruthBuilder.FALSE;
                }
            }
            return TruthBuilder.TRUE;
        }
    }

    private static int keyParts(Variable variable, RowLayout layout) {
        int parts = 0;
        while (layout.positionOf(new ColumnId(variable, new EntityField.Key(parts)))
                .isPresent()) {
            parts++;
        }
        return parts;
    }

    /** {@code a = b}, {@code a <> b} or the sameness of rows. */
    record SameEntity(Pairing pairing, boolean negated) implements CompiledExpression {
        @Override
        public Vector evaluate(RowBatch batch) {
            Bound bound = pairing.bind(batch);
            TruthBuilder truth = new TruthBuilder(batch.physicalRows());
            for (int row : batch.selectedRows()) {
                byte same = bound.same(row);
                truth.set(row, negated ? Comparison.negate(same) : same);
            }
            return truth.build();
        }
    }

    /** No two of these relationships are the same; null ones are no relationships. */
    record AllDifferent(List<Pairing> pairings) implements CompiledExpression {
        @Override
        public Vector evaluate(RowBatch batch) {
            List<Bound> bound =
                    pairings.stream().map(pairing -> pairing.bind(batch)).toList();
            TruthBuilder truth = new TruthBuilder(batch.physicalRows());
            for (int row : batch.selectedRows()) {
                boolean different = true;
                for (int i = 0; i < bound.size() && different; i++) {
                    different = bound.get(i).same(row) != TruthBuilder.TRUE;
                }
                truth.set(row, different);
            }
            return truth.build();
        }
    }

    /** No relationship occurs twice among these values, which are relationships and lists of them. */
    record NoRepetition(List<CompiledExpression> operands) implements CompiledExpression {
        @Override
        public Vector evaluate(RowBatch batch) {
            List<Vector> inputs =
                    operands.stream().map(operand -> operand.evaluate(batch)).toList();
            TruthBuilder truth = new TruthBuilder(batch.physicalRows());
            for (int row : batch.selectedRows()) {
                List<Value.EdgeId> ids = new ArrayList<>();
                for (Vector input : inputs) {
                    collect(input.value(row), ids);
                }
                truth.set(row, new HashSet<>(ids).size() == ids.size());
            }
            return truth.build();
        }

        private static void collect(Value value, List<Value.EdgeId> ids) {
            if (value instanceof Value.RelationshipValue edge) {
                ids.add(edge.id());
            } else if (value instanceof Value.ListValue(List<Value> elements)) {
                elements.forEach(element -> collect(element, ids));
            }
        }
    }
}
