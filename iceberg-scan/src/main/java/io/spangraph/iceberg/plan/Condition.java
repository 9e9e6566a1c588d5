package io.spangraph.iceberg.plan;

import io.spangraph.engine.expr.Expression.CompareOperator;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.types.Types.NestedField;

/**
 * A scan predicate fitted to the columns of a table: values have the column's own form, comparisons that no value of the
 * column can satisfy are gone, so that pruning and row filters need no rules of their own about types.
 */
public sealed interface Condition {
    Condition NEVER = new Never();
    Condition ALWAYS = new And(List.of());

    record And(List<Condition> operands) implements Condition {
        public And {
            operands = List.copyOf(operands);
        }
    }

    record Or(List<Condition> operands) implements Condition {
        public Or {
            operands = List.copyOf(operands);
        }
    }

    /** True for no row. */
    record Never() implements Condition {}

    record IsNull(NestedField column) implements Condition {}

    record IsNotNull(NestedField column) implements Condition {}

    /** For integers, and for dates and times in the unit in which Iceberg keeps them. */
    record CompareLong(NestedField column, CompareOperator operator, long value) implements Condition {}

    /** One of these longs, in ascending order. */
    @SuppressWarnings("ArrayRecordComponent")
    record InLongs(NestedField column, long[] values) implements Condition {}

    /** For floats and doubles; the value is not NaN, and comparisons are those of IEEE 754. */
    record CompareDouble(NestedField column, CompareOperator operator, double value) implements Condition {}

    /** One of these doubles, in ascending order, none of them NaN or negative zero. */
    @SuppressWarnings("ArrayRecordComponent")
    record InDoubles(NestedField column, double[] values) implements Condition {}

    /** For texts, in the order of their code points, and for equality with a UUID as text. */
    record CompareText(NestedField column, CompareOperator operator, String value) implements Condition {}

    record InTexts(NestedField column, Set<String> values) implements Condition {
        public InTexts {
            values = Set.copyOf(values);
        }
    }

    record TextPrefix(NestedField column, String prefix) implements Condition {}

    /** False is less than true. */
    record CompareBoolean(NestedField column, CompareOperator operator, boolean value) implements Condition {}

    /** The predicate implies this condition but says more, which stays with the engine. */
    record Implied(Condition condition) implements Condition {}

    /** Whether the condition is the predicate itself, so that rows filtered by it need no second look. */
    static boolean isExact(Condition condition) {
        return switch (condition) {
            case And and -> and.operands().stream().allMatch(Condition::isExact);
            case Or or -> or.operands().stream().allMatch(Condition::isExact);
            case Implied implied -> false;
            case Never never -> true;
            case IsNull isNull -> true;
            case IsNotNull isNotNull -> true;
            case CompareLong compare -> true;
            case InLongs in -> true;
            case CompareDouble compare -> true;
            case InDoubles in -> true;
            case CompareText compare -> true;
            case InTexts in -> true;
            case TextPrefix prefix -> true;
            case CompareBoolean compare -> true;
        };
    }

    /** Adds the columns that the condition reads. */
    static void collectColumns(Condition condition, Set<NestedField> found) {
        switch (condition) {
            case And and -> and.operands().forEach(operand -> collectColumns(operand, found));
            case Or or -> or.operands().forEach(operand -> collectColumns(operand, found));
            case Implied implied -> collectColumns(implied.condition(), found);
            case Never never -> {}
            case IsNull isNull -> found.add(isNull.column());
            case IsNotNull isNotNull -> found.add(isNotNull.column());
            case CompareLong compare -> found.add(compare.column());
            case InLongs in -> found.add(in.column());
            case CompareDouble compare -> found.add(compare.column());
            case InDoubles in -> found.add(in.column());
            case CompareText compare -> found.add(compare.column());
            case InTexts in -> found.add(in.column());
            case TextPrefix prefix -> found.add(prefix.column());
            case CompareBoolean compare -> found.add(compare.column());
        }
    }
}
