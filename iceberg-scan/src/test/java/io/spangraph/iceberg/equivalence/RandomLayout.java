package io.spangraph.iceberg.equivalence;

import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BOOLEAN;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.FLOAT;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT96;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types.PrimitiveBuilder;

/** Layouts of files, each choice by itself at random. */
final class RandomLayout {
    private static final List<CompressionCodecName> CODECS = List.of(
            CompressionCodecName.UNCOMPRESSED,
            CompressionCodecName.SNAPPY,
            CompressionCodecName.GZIP,
            CompressionCodecName.ZSTD,
            CompressionCodecName.LZ4_RAW);
    private static final List<Integer> PAGE_ROWS = List.of(1, 2, 7, 16, 64, 500, 20_000);
    private static final List<Integer> INDEX_BYTES = List.of(1, 4, 16, 64, 1000);

    private final Random random;

    RandomLayout(Random random) {
        this.random = random;
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private boolean oneIn(int cases) {
        return random.nextInt(cases) == 0;
    }

    /** @param required whether a column has a value in every row */
    FileLayout next(List<NestedField> fields, List<Boolean> required, int rows, boolean fieldIds) {
        List<FileColumn> columns = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            boolean never = required.get(i) && random.nextBoolean();
            columns.add(column(fields.get(i), never ? Repetition.REQUIRED : Repetition.OPTIONAL));
        }
        int rowsPerGroup = oneIn(3) ? Math.max(1, rows / (2 + random.nextInt(4))) : Math.max(1, rows);
        int rowsPerPage = Math.max(pick(PAGE_ROWS), rows / 200);
        return new FileLayout(
                columns,
                random.nextBoolean() ? WriterVersion.PARQUET_1_0 : WriterVersion.PARQUET_2_0,
                pick(CODECS),
                rowsPerGroup,
                rowsPerPage,
                pick(INDEX_BYTES),
                random.nextBoolean(),
                changes(fieldIds, columns));
    }

    private Set<FooterChange> changes(boolean fieldIds, List<FileColumn> columns) {
        EnumSet<FooterChange> changes = EnumSet.noneOf(FooterChange.class);
        if (oneIn(3)) {
            changes.add(FooterChange.values()[random.nextInt(FooterChange.NO_FIELD_IDS.ordinal())]);
        }
        if (!fieldIds) {
            changes.add(FooterChange.NO_FIELD_IDS);
        }
        // The older annotations know only time stamps in UTC.
        if (oneIn(8)
                && columns.stream().noneMatch(column -> isLocal(column.field().type()))) {
            changes.add(FooterChange.NO_LOGICAL_TYPES);
        }
        return changes;
    }

    private static boolean isLocal(org.apache.iceberg.types.Type type) {
        return type.equals(Types.TimestampType.withoutZone()) || type.equals(Types.TimestampNanoType.withoutZone());
    }

    private FileColumn column(NestedField field, Repetition repetition) {
        PrimitiveType physical = physical(field, repetition);
        DictionaryUse dictionary = DictionaryUse.values()[random.nextInt(3)];
        boolean bloom =
                oneIn(3) && physical.getPrimitiveTypeName() != BOOLEAN && physical.getPrimitiveTypeName() != INT96;
        return new FileColumn(
                field, physical, pick(ValueEncoding.of(physical)), dictionary, random.nextBoolean(), bloom, !oneIn(8));
    }

    private static PrimitiveBuilder<PrimitiveType> type(PrimitiveTypeName name, Repetition repetition) {
        return org.apache.parquet.schema.Types.primitive(name, repetition);
    }

    private PrimitiveType physical(NestedField field, Repetition repetition) {
        PrimitiveBuilder<PrimitiveType> builder = switch (field.type().typeId()) {
            case BOOLEAN -> type(BOOLEAN, repetition);
            case INTEGER -> type(INT32, repetition).as(oneIn(3) ? LogicalTypeAnnotation.intType(32, true) : null);
            case LONG -> type(INT64, repetition).as(oneIn(3) ? LogicalTypeAnnotation.intType(64, true) : null);
            case FLOAT -> type(FLOAT, repetition);
            case DOUBLE -> type(DOUBLE, repetition);
            case DATE -> type(INT32, repetition).as(LogicalTypeAnnotation.dateType());
            case TIME ->
                oneIn(3)
                        ? type(INT32, repetition).as(LogicalTypeAnnotation.timeType(false, TimeUnit.MILLIS))
                        : type(INT64, repetition)
                                .as(LogicalTypeAnnotation.timeType(random.nextBoolean(), TimeUnit.MICROS));
            case TIMESTAMP -> timestamp(((Types.TimestampType) field.type()).shouldAdjustToUTC(), repetition);
            case TIMESTAMP_NANO ->
                type(INT64, repetition)
                        .as(LogicalTypeAnnotation.timestampType(
                                ((Types.TimestampNanoType) field.type()).shouldAdjustToUTC(), TimeUnit.NANOS));
            case STRING ->
                type(BINARY, repetition)
                        .as(oneIn(10) ? LogicalTypeAnnotation.enumType() : LogicalTypeAnnotation.stringType());
            case UUID -> type(FIXED_LEN_BYTE_ARRAY, repetition).length(16).as(LogicalTypeAnnotation.uuidType());
            case FIXED -> type(FIXED_LEN_BYTE_ARRAY, repetition).length(((Types.FixedType) field.type()).length());
            case BINARY -> type(BINARY, repetition);
            case DECIMAL -> decimal((Types.DecimalType) field.type(), repetition);
            default -> throw new IllegalArgumentException("no flat column of " + field.type());
        };
        return builder.id(field.fieldId()).named(field.name());
    }

    private PrimitiveBuilder<PrimitiveType> timestamp(boolean utc, Repetition repetition) {
        if (utc && oneIn(6)) {
            return type(INT96, repetition);
        }
        TimeUnit unit = oneIn(3) ? TimeUnit.MILLIS : TimeUnit.MICROS;
        return type(INT64, repetition).as(LogicalTypeAnnotation.timestampType(utc, unit));
    }

    private PrimitiveBuilder<PrimitiveType> decimal(Types.DecimalType type, Repetition repetition) {
        List<PrimitiveTypeName> names = new ArrayList<>(List.of(FIXED_LEN_BYTE_ARRAY, BINARY));
        if (type.precision() <= 9) {
            names.add(INT32);
        }
        if (type.precision() <= 18) {
            names.add(INT64);
        }
        PrimitiveTypeName name = pick(names);
        PrimitiveBuilder<PrimitiveType> builder = type(name, repetition);
        if (name == FIXED_LEN_BYTE_ARRAY) {
            builder = builder.length(1 + (int) Math.ceil(type.precision() * Math.log(10) / Math.log(2) / 8));
        }
        return builder.as(LogicalTypeAnnotation.decimalType(type.scale(), type.precision()));
    }
}
