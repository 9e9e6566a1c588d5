package io.spangraph.iceberg.plan;

import io.spangraph.engine.expr.Expression.CompareOperator;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.NestedField;

/**
 * The whole numbers that a spec truncates. The least numbers of their type would be truncated to numbers below it, where
 * Iceberg's arithmetic runs over to the greatest ones instead, in partitions as in what these are compared with: such
 * partitions and such conditions tell nothing of each other.
 */
final class TruncatedNumbers {
    /** How the format writes the transform. */
    private static final Pattern TRUNCATE = Pattern.compile("truncate\\[([0-9]{1,9})]");

    private final List<Truncated> columns;

    /** A partition field that can run over, and up to which number it may. */
    private record Truncated(int position, int sourceId, int width, long unsafe) {}

    private TruncatedNumbers(List<Truncated> columns) {
        this.columns = List.copyOf(columns);
    }

    static TruncatedNumbers of(Schema schema, PartitionSpec spec) {
        List<Truncated> columns = new ArrayList<>();
        for (int position = 0; position < spec.fields().size(); position++) {
            int sourceId = spec.fields().get(position).sourceId();
            Type source = schema.findType(sourceId);
            Matcher transform =
                    TRUNCATE.matcher(spec.fields().get(position).transform().toString());
            if (source == null || !transform.matches()) {
                continue;
            }
            int width = Integer.parseInt(transform.group(1));
            boolean dividesTheLeast = Integer.bitCount(width) == 1;
            if (source.typeId() == Type.TypeID.INTEGER && !dividesTheLeast) {
                columns.add(new Truncated(position, sourceId, width, Integer.MIN_VALUE + (long) width));
            } else if (source.typeId() == Type.TypeID.LONG && !dividesTheLeast) {
                columns.add(new Truncated(position, sourceId, width, Long.MIN_VALUE + width));
            }
        }
        return new TruncatedNumbers(columns);
    }

    /** Whether the partition is of numbers that ran over: what was truncated rightly is a multiple of the width. */
    boolean hasRunOver(StructLike partition) {
        for (Truncated column : columns) {
            Number value = partition.get(column.position(), Number.class);
            if (value != null && Math.floorMod(value.longValue(), column.width()) != 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether the condition compares with a number so small that its truncation may run over. */
    boolean runsOver(Condition condition) {
        return !columns.isEmpty()
                && hasLeaf(condition, leaf -> switch (leaf) {
                    case Condition.CompareLong compare -> isUnsafe(compare.column(), compare.value());
                    // In ascending order.
                    case Condition.InLongs in -> in.values().length > 0 && isUnsafe(in.column(), in.values()[0]);
                    case Condition other -> false;
                });
    }

    /** Whether the condition asks for small numbers, those included whose partitions are the greatest after all. */
    boolean wantsLeast(Condition condition) {
        return !columns.isEmpty()
                && hasLeaf(
                        condition,
                        leaf -> leaf
                                        instanceof
                                        Condition.CompareLong(NestedField column, CompareOperator operator, long v)
                                && (operator == CompareOperator.LESS || operator == CompareOperator.LESS_OR_EQUAL)
                                && columns.stream().anyMatch(truncated -> truncated.sourceId() == column.fieldId()));
    }

    private boolean isUnsafe(NestedField column, long value) {
        return columns.stream()
                .anyMatch(truncated -> truncated.sourceId() == column.fieldId() && value <= truncated.unsafe());
    }

    private static boolean hasLeaf(Condition condition, Predicate<Condition> wanted) {
        return switch (condition) {
            case Condition.And(List<Condition> operands) ->
                operands.stream().anyMatch(operand -> hasLeaf(operand, wanted));
            case Condition.Or(List<Condition> operands) ->
                operands.stream().anyMatch(operand -> hasLeaf(operand, wanted));
            case Condition.Implied(Condition implied) -> hasLeaf(implied, wanted);
            case Condition leaf -> wanted.test(leaf);
        };
    }
}
