package io.spangraph.iceberg.read.columns;

import io.spangraph.iceberg.plan.Condition;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.NestedField;

/**
 * Conditions of a scan as tests of columns, each made once: a list of ten thousand keys is not sorted and hashed anew for
 * each file.
 */
public final class ColumnTests {
    private final Map<Condition, ColumnTest> compiled = new IdentityHashMap<>();

    /** For a condition on one column. */
    synchronized ColumnTest of(Condition condition) {
        return compiled.computeIfAbsent(condition, ColumnTests::compile);
    }

    private static ColumnTest compile(Condition condition) {
        return switch (condition) {
            case Condition.IsNull isNull -> new NullTest(true);
            case Condition.IsNotNull isNotNull -> new NullTest(false);
            case Condition.CompareLong compare -> LongTest.compare(compare.operator(), compare.value());
            case Condition.InLongs in -> new LongTest.In(in.values());
            case Condition.CompareDouble compare -> DoubleTest.compare(compare.operator(), compare.value());
            case Condition.InDoubles in -> new DoubleTest.In(in.values());
            case Condition.CompareText compare ->
                BytesTest.compare(compare.operator(), bytes(compare.column(), compare.value()));
            case Condition.InTexts in ->
                new BytesTest.In(in.values().stream()
                        .map(value -> bytes(in.column(), value))
                        .toList());
            case Condition.TextPrefix prefix ->
                new BytesTest.Prefix(prefix.prefix().getBytes(StandardCharsets.UTF_8));
            case Condition.CompareBoolean compare ->
                new BooleanTest(
                        compare.operator().holds(Boolean.compare(false, compare.value())),
                        compare.operator().holds(Boolean.compare(true, compare.value())));
            case Condition.And and -> throw new IllegalArgumentException("not of one column");
            case Condition.Or or -> throw new IllegalArgumentException("not of one column");
            case Condition.Never never -> throw new IllegalArgumentException("not of one column");
            case Condition.Implied implied -> throw new IllegalArgumentException("not of one column");
        };
    }

    /** A value as files store it. */
    private static byte[] bytes(NestedField column, String text) {
        if (column.type().typeId() != Type.TypeID.UUID) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        UUID uuid = UUID.fromString(text);
        return ByteBuffer.allocate(16)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .array();
    }
}
