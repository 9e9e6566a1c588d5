package io.spangraph.iceberg.plan;

import io.spangraph.engine.spi.MetadataAnswer;
import io.spangraph.engine.spi.MetadataQuestion;
import io.spangraph.engine.spi.MetadataQuestion.Fact;
import io.spangraph.engine.spi.Pin;
import io.spangraph.engine.spi.ScanPlan.ScanEstimate;
import io.spangraph.iceberg.plan.IcebergScanPlan.FileToRead;
import io.spangraph.model.schema.MappingExpression;
import io.spangraph.model.value.Value;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;

/**
 * Answers questions about whole files by what their manifests say of them, where that is exact: no row is deleted, the
 * metadata prove that every row satisfies all conditions, and the bounds are values of the file.
 */
public final class MetadataAnswers {
    private final IcebergScanPlan plan;
    private final MetadataQuestion question;

    private MetadataAnswers(IcebergScanPlan plan, MetadataQuestion question) {
        this.plan = plan;
        this.question = question;
    }

    /** The answers of those files of the plan that can answer, and the plan of the others. */
    public static MetadataAnswer of(IcebergScanPlan plan, MetadataQuestion question) {
        return new MetadataAnswers(plan, question).answer();
    }

    private MetadataAnswer answer() {
        List<List<Value>> answers = new ArrayList<>();
        List<FileToRead> rest = new ArrayList<>();
        for (FileToRead file : plan.files()) {
            Optional<List<Value>> answer =
                    allRowsCount(file) ? facts(file.file().file()) : Optional.empty();
            answer.ifPresentOrElse(answers::add, () -> rest.add(file));
        }
        return new MetadataAnswer(answers, answers.isEmpty() ? plan : plan.withFiles(rest, estimate(rest)));
    }

    private ScanEstimate estimate(List<FileToRead> rest) {
        ScanEstimate whole = plan.estimate();
        long bytes = 0;
        long rows = 0;
        for (FileToRead file : rest) {
            bytes += file.file().file().fileSizeInBytes();
            rows += file.file().file().recordCount();
        }
        return new ScanEstimate(
                rest.size(),
                whole.filesSkipped() + plan.files().size() - rest.size(),
                bytes,
                whole.bytesSkipped() + whole.bytes() - bytes,
                rows);
    }

    private boolean allRowsCount(FileToRead file) {
        DataFile data = file.file().file();
        return file.file().deletes().isEmpty()
                && file.unproven().isEmpty()
                && data.recordCount() >= 0
                && isOfOneTenant(data)
                && question.required().stream()
                        .allMatch(column -> nulls(data, field(column)).equals(OptionalLong.of(0)));
    }

    /**
     * Bounds can prove the tenant of a file, too, but the wall between tenants rests on no statistics that a writer may
     * have got wrong: only the partition tells whose a file is.
     */
    private boolean isOfOneTenant(DataFile file) {
        if (!(plan.request().pin() instanceof Pin.Tenant(MappingExpression owner, String tenant))) {
            return true;
        }
        if (!(owner instanceof MappingExpression.ColumnPath path)
                || !path.fields().isEmpty()) {
            return false;
        }
        int owned = field(path.column()).fieldId();
        PartitionSpec spec = plan.table().metadata().spec(file.specId());
        for (int i = 0; i < spec.fields().size(); i++) {
            PartitionField field = spec.fields().get(i);
            if (field.sourceId() == owned && field.transform().isIdentity()) {
                Object value = file.partition().get(i, Object.class);
                return value != null && value.toString().equals(tenant);
            }
        }
        return false;
    }

    /** A value for each fact, if the file's metadata tell all of them. */
    private Optional<List<Value>> facts(DataFile file) {
        List<Value> values = new ArrayList<>(question.facts().size());
        for (Fact fact : question.facts()) {
            Optional<Value> value = switch (fact) {
                case Fact.Rows rows -> Optional.of(Value.of(file.recordCount()));
                case Fact.NotNull(String column) -> {
                    OptionalLong nulls = nulls(file, field(column));
                    yield nulls.isPresent()
                            ? Optional.of(Value.of(file.recordCount() - nulls.getAsLong()))
                            : Optional.empty();
                }
                case Fact.Least(String column) -> extreme(file, field(column), file.lowerBounds());
                case Fact.Greatest(String column) -> extreme(file, field(column), file.upperBounds());
            };
            if (value.isEmpty()) {
                return Optional.empty();
            }
            values.add(value.get());
        }
        return Optional.of(values);
    }

    private NestedField field(String column) {
        return plan.table().schema().asStruct().field(column);
    }

    private static OptionalLong nulls(DataFile file, NestedField column) {
        Optional<Long> nulls = of(file.nullValueCounts(), column);
        boolean whole = of(file.valueCounts(), column)
                .filter(values -> values == file.recordCount())
                .isPresent();
        return whole && nulls.isPresent() ? OptionalLong.of(nulls.get()) : OptionalLong.empty();
    }

    private static <V> Optional<V> of(@Nullable Map<Integer, V> metrics, NestedField column) {
        return Optional.ofNullable(metrics).map(known -> known.get(column.fieldId()));
    }

    private static Optional<Value> extreme(
            DataFile file, NestedField column, @Nullable Map<Integer, ByteBuffer> bounds) {
        OptionalLong nulls = nulls(file, column);
        if (nulls.isEmpty()) {
            return Optional.empty();
        }
        if (nulls.getAsLong() == file.recordCount()) {
            return Optional.of(Value.NULL);
        }
        return of(bounds, column).flatMap(bound -> value(file, column, bound));
    }

    /** Empty for types whose bounds need not be values of the file, as those of texts, which are cut. */
    private static Optional<Value> value(DataFile file, NestedField column, ByteBuffer bound) {
        return switch (column.type().typeId()) {
            case INTEGER, LONG ->
                Optional.of(Value.of(
                        Conversions.<Number>fromByteBuffer(column.type(), bound).longValue()));
            case FLOAT, DOUBLE ->
                of(file.nanValueCounts(), column)
                        .filter(nans -> nans == 0)
                        .map(none -> Conversions.<Number>fromByteBuffer(column.type(), bound)
                                .doubleValue())
                        // Writers widen a bound of zero to the zero of the other sign.
                        .filter(number -> number != 0 && !Double.isNaN(number))
                        .map(Value::of);
            case DATE ->
                Optional.of(new Value.DateValue(
                        LocalDate.ofEpochDay(Conversions.<Integer>fromByteBuffer(column.type(), bound))));
            // A column that was a date has bounds of four bytes in its old files.
            case TIMESTAMP ->
                bound.remaining() == Long.BYTES
                        ? Optional.of(timestamp((Types.TimestampType) column.type(), bound))
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Value timestamp(Types.TimestampType type, ByteBuffer bound) {
        long micros = Conversions.<Long>fromByteBuffer(type, bound);
        Instant instant =
                Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000);
        return type.shouldAdjustToUTC()
                ? new Value.DateTimeValue(instant.atZone(ZoneOffset.UTC))
                : new Value.LocalDateTimeValue(LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
    }
}
