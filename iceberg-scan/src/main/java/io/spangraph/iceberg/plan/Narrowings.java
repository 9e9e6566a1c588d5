package io.spangraph.iceberg.plan;

import io.spangraph.engine.spi.ScanPlan.Narrowing;
import io.spangraph.iceberg.plan.IcebergScanPlan.FileToRead;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.types.Comparators;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;

/**
 * Finds conditions that would leave few files of a scan: on columns by which the files are laid out, so that a value lies
 * between the bounds of a few of them. Asked of a value in the middle, as that of any one query is not known.
 */
final class Narrowings {
    private Narrowings() {}

    static List<Narrowing> of(IcebergScanPlan plan, List<String> columns) {
        List<Narrowing> found = new ArrayList<>();
        for (String name : columns) {
            Optional.ofNullable(plan.table().schema().asStruct().field(name))
                    .filter(column -> column.type().isPrimitiveType())
                    .flatMap(column -> narrowing(column, plan.files()))
                    .ifPresent(found::add);
        }
        found.sort(Comparator.comparingLong(Narrowing::files));
        return found;
    }

    /** Empty where it would leave more than half of the files. */
    private static Optional<Narrowing> narrowing(NestedField column, List<FileToRead> files) {
        Comparator<Object> order = Comparators.forType(column.type().asPrimitiveType());
        List<Object> lowest = new ArrayList<>();
        List<Optional<Object>> lower = new ArrayList<>();
        List<Optional<Object>> upper = new ArrayList<>();
        for (FileToRead each : files) {
            DataFile file = each.file().file();
            lower.add(bound(column, file.lowerBounds()));
            upper.add(bound(column, file.upperBounds()));
            lower.getLast().ifPresent(lowest::add);
        }
        if (lowest.isEmpty()) {
            return Optional.empty();
        }
        lowest.sort(order);
        Object middle = lowest.get(lowest.size() / 2);
        long left = 0;
        for (int i = 0; i < lower.size(); i++) {
            boolean above = lower.get(i)
                    .filter(bound -> order.compare(bound, middle) > 0)
                    .isPresent();
            boolean below = upper.get(i)
                    .filter(bound -> order.compare(bound, middle) < 0)
                    .isPresent();
            left += above || below ? 0 : 1;
        }
        return left * 2 > files.size()
                ? Optional.empty()
                : Optional.of(new Narrowing(column.name(), isOrdered(column.type()), left));
    }

    private static boolean isOrdered(Type type) {
        return switch (type.typeId()) {
            case INTEGER, LONG, FLOAT, DOUBLE, DECIMAL, DATE, TIME, TIMESTAMP, TIMESTAMP_NANO -> true;
            default -> false;
        };
    }

    private static Optional<Object> bound(NestedField column, @Nullable Map<Integer, ByteBuffer> bounds) {
        return Optional.ofNullable(bounds)
                .map(all -> all.get(column.fieldId()))
                .map(bytes -> Conversions.fromByteBuffer(column.type(), bytes));
    }
}
