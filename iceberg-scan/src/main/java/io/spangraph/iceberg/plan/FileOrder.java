package io.spangraph.iceberg.plan;

import io.spangraph.engine.spi.FirstRows;
import io.spangraph.iceberg.plan.IcebergScanPlan.FileToRead;
import io.spangraph.model.value.Value;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;

/**
 * Files in the order in which a column's first rows are likely found, by the bounds that the table's metadata hold. Where
 * they hold none, or a column of another kind, a file is read as if it had the first row of all.
 */
public final class FileOrder {
    private final FirstRows first;
    private final NestedField column;

    private FileOrder(FirstRows first, NestedField column) {
        this.first = first;
        this.column = column;
    }

    /** The order by a column of a planned scan's table; empty for columns without whole numbers. */
    public static Optional<FileOrder> of(IcebergScanPlan plan, FirstRows first) {
        NestedField column = new TableColumns(plan.table(), Optional.empty()).field(first.column());
        Type.TypeID type = column.type().typeId();
        boolean whole = type == Type.TypeID.INTEGER
                || type == Type.TypeID.LONG
                || type == Type.TypeID.DATE
                || type == Type.TypeID.TIMESTAMP;
        return whole ? Optional.of(new FileOrder(first, column)) : Optional.empty();
    }

    /** Files of equal bounds stay as they are. */
    public List<FileToRead> sorted(List<FileToRead> files) {
        List<FileToRead> sorted = new ArrayList<>(files);
        Comparator<Long> byKey = first.descending() ? Comparator.reverseOrder() : Comparator.naturalOrder();
        long best = first.descending() ? Long.MAX_VALUE : Long.MIN_VALUE;
        sorted.sort(Comparator.comparing(file -> best(file).orElse(best), byKey));
        return sorted;
    }

    /** Whether every row of the file comes after the bound that is known now. */
    public boolean isBehind(FileToRead file) {
        Optional<LongBound> bound = first.bound().get().flatMap((Value value) -> LongBound.of(column.type(), value));
        OptionalLong key = best(file);
        if (bound.isEmpty() || key.isEmpty()) {
            return false;
        }
        LongBound known = bound.get();
        return switch (known.place()) {
            case ON -> first.descending() ? key.getAsLong() < known.floor() : key.getAsLong() > known.floor();
            case ABOVE_FLOOR -> first.descending() ? key.getAsLong() <= known.floor() : key.getAsLong() > known.floor();
            case BELOW_ALL -> !first.descending();
            case ABOVE_ALL -> first.descending();
            case NOWHERE -> false;
        };
    }

    /** The key of the file's first row, or one that comes before it; empty where nothing is known. */
    private OptionalLong best(FileToRead planned) {
        DataFile file = planned.file().file();
        Map<Integer, Long> nulls = file.nullValueCounts();
        boolean mayHoldNull = nulls == null || nulls.getOrDefault(column.fieldId(), 1L) > 0;
        if (first.descending() && mayHoldNull) {
            return OptionalLong.empty();
        }
        return bound(first.descending() ? file.upperBounds() : file.lowerBounds());
    }

    private OptionalLong bound(@Nullable Map<Integer, ByteBuffer> bounds) {
        ByteBuffer bytes = bounds == null ? null : bounds.get(column.fieldId());
        if (bytes == null) {
            return OptionalLong.empty();
        }
        Object bound = Conversions.fromByteBuffer(column.type(), bytes);
        return bound instanceof Number number ? OptionalLong.of(number.longValue()) : OptionalLong.empty();
    }
}
