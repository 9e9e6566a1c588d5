package io.spangraph.iceberg.parquet;

import io.spangraph.iceberg.parquet.LogicalKind.Unit;
import java.util.Optional;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.TimeType;
import org.apache.parquet.format.TimeUnit;
import org.apache.parquet.format.TimestampType;

/** Reads what a column means from either of the two ways in which writers have said it. */
final class LogicalKinds {
    private LogicalKinds() {}

    static LogicalKind of(SchemaElement element) {
        if (element.isSetLogicalType() && element.getLogicalType().getSetField() != null) {
            return modern(element.getLogicalType());
        }
        return element.isSetConverted_type() ? old(element) : new LogicalKind.None();
    }

    private static LogicalKind modern(LogicalType type) {
        return switch (type.getSetField()) {
            case STRING, ENUM, JSON -> new LogicalKind.Text();
            case DECIMAL ->
                new LogicalKind.Decimal(
                        type.getDECIMAL().getPrecision(), type.getDECIMAL().getScale());
            case DATE -> new LogicalKind.Date();
            case TIME -> time(type.getTIME());
            case TIMESTAMP -> timestamp(type.getTIMESTAMP());
            case INTEGER ->
                new LogicalKind.Int(
                        type.getINTEGER().getBitWidth(), type.getINTEGER().isIsSigned());
            case UUID -> new LogicalKind.Uuid();
            case MAP, LIST, UNKNOWN, BSON, FLOAT16, VARIANT, GEOMETRY, GEOGRAPHY ->
                new LogicalKind.Other(type.getSetField().getFieldName());
        };
    }

    private static LogicalKind time(TimeType type) {
        return unit(type.getUnit())
                .<LogicalKind>map(unit -> new LogicalKind.Time(unit, type.isIsAdjustedToUTC()))
                .orElseGet(() -> new LogicalKind.Other("TIME in an unknown unit"));
    }

    private static LogicalKind timestamp(TimestampType type) {
        return unit(type.getUnit())
                .<LogicalKind>map(unit -> new LogicalKind.Timestamp(unit, type.isIsAdjustedToUTC()))
                .orElseGet(() -> new LogicalKind.Other("TIMESTAMP in an unknown unit"));
    }

    private static Optional<Unit> unit(TimeUnit unit) {
        TimeUnit._Fields field = unit.getSetField();
        if (field == null) {
            return Optional.empty();
        }
        return Optional.of(
                switch (field) {
                    case MILLIS -> Unit.MILLIS;
                    case MICROS -> Unit.MICROS;
                    case NANOS -> Unit.NANOS;
                });
    }

    private static LogicalKind old(SchemaElement element) {
        return switch (element.getConverted_type()) {
            case UTF8, ENUM, JSON -> new LogicalKind.Text();
            case DECIMAL -> new LogicalKind.Decimal(element.getPrecision(), element.getScale());
            case DATE -> new LogicalKind.Date();
            case TIME_MILLIS -> new LogicalKind.Time(Unit.MILLIS, true);
            case TIME_MICROS -> new LogicalKind.Time(Unit.MICROS, true);
            case TIMESTAMP_MILLIS -> new LogicalKind.Timestamp(Unit.MILLIS, true);
            case TIMESTAMP_MICROS -> new LogicalKind.Timestamp(Unit.MICROS, true);
            case UINT_8 -> new LogicalKind.Int(8, false);
            case UINT_16 -> new LogicalKind.Int(16, false);
            case UINT_32 -> new LogicalKind.Int(32, false);
            case UINT_64 -> new LogicalKind.Int(64, false);
            case INT_8 -> new LogicalKind.Int(8, true);
            case INT_16 -> new LogicalKind.Int(16, true);
            case INT_32 -> new LogicalKind.Int(32, true);
            case INT_64 -> new LogicalKind.Int(64, true);
            case MAP, MAP_KEY_VALUE, LIST, BSON, INTERVAL ->
                new LogicalKind.Other(element.getConverted_type().name());
        };
    }
}
