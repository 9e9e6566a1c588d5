package io.spangraph.engine.exec.walk;

import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.exec.store.KeyIndex;
import io.spangraph.engine.expr.EntityField;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.row.ColumnId;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.RowLayout;
import io.spangraph.engine.row.Vector;
import io.spangraph.model.value.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The vertices that have no row and exist because a trusted edge says so, told apart by type, tenant and key. */
final class StandIns {
    /** Stands for a vertex that has a row and is found by it. */
    static final int HAS_ROW = -2;

    private final Variable step;
    private final RowLayout layout;
    private final List<EntityField> identity;
    private final int firstStep;
    private final KeyIndex numbers;
    private final IntList numberOf;

    /** @param firstStep the number of the first step that stands for a missing row; the others follow */
    StandIns(Variable step, RowLayout layout, int firstStep, HeldMemory memory) {
        this.layout = layout;
        this.firstStep = firstStep;
        this.identity = layout.columns().stream()
                .filter(column -> column.variable().equals(step) && isIdentity(column.field()))
                .map(ColumnId::field)
                .toList();
        this.numbers = new KeyIndex(identity.size(), memory);
        this.numberOf = new IntList(memory);
        this.step = step;
    }

    static boolean isIdentity(EntityField field) {
        return field instanceof EntityField.TypeName
                || field instanceof EntityField.Tenant
                || field instanceof EntityField.Key;
    }

    void add(RowBatch batch, int[] positions) {
        for (int number : numbers.add(key(step, batch, layout), positions)) {
            numberOf.add(number);
        }
    }

    int numberOf(int stepNumber) {
        return numberOf.get(stepNumber - firstStep);
    }

    /** For each row which of these vertices it is, {@link KeyIndex#ABSENT} for another one without a row. */
    static int[] numbers(Optional<StandIns> known, Variable variable, RowBatch batch, RowLayout layout) {
        int[] positions = batch.selectedRows();
        int[] found = known.map(standIns -> standIns.numbers.find(standIns.key(variable, batch, layout), positions))
                .orElseGet(() -> {
                    int[] none = new int[positions.length];
                    Arrays.fill(none, KeyIndex.ABSENT);
                    return none;
                });
        OptionalInt row = layout.positionOf(new ColumnId(variable, new EntityField.Row()));
        for (int i = 0; i < positions.length; i++) {
            if (row.isEmpty() || !batch.column(row.getAsInt()).isNull(positions[i])) {
                found[i] = HAS_ROW;
            }
        }
        return found;
    }

    private List<Vector> key(Variable variable, RowBatch batch, RowLayout columns) {
        return identity.stream()
                .map(field -> columns.positionOf(new ColumnId(variable, field)))
                .map(position -> position.isPresent()
                        ? batch.column(position.getAsInt())
                        : new Vector.ConstantVector(Value.NULL, batch.physicalRows()))
                .toList();
    }
}
