package io.spangraph.iceberg.equivalence;

import io.spangraph.iceberg.memory.MemoryStorage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.mapping.NameMapping;
import org.apache.iceberg.mapping.NameMappingParser;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.parquet.ParquetUtil;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;

/** Data files of random layouts and values, all rows of a file in one partition. */
final class RandomFiles {
    private final Random random;
    private final MemoryStorage storage;
    private final RandomLayout layouts;

    RandomFiles(Random random, MemoryStorage storage) {
        this.random = random;
        this.storage = storage;
        this.layouts = new RandomLayout(random);
    }

    /** A file that is written but not committed; the rows hold values as Iceberg holds them inside. */
    record Written(DataFile file, List<Record> rows, String description) {}

    private boolean oneIn(int cases) {
        return random.nextInt(cases) == 0;
    }

    private static Set<Integer> partitionSources(PartitionSpec spec) {
        Set<Integer> sources = new HashSet<>();
        spec.fields().stream().map(PartitionField::sourceId).forEach(sources::add);
        return sources;
    }

    /** Rows with the values of flat columns; what nested ones hold is filled in by Iceberg's writer only. */
    Written write(Table table, int wanted, boolean byPosition) {
        Schema schema = table.schema();
        PartitionSpec spec = table.spec();
        List<NestedField> flat = schema.columns().stream()
                .filter(field -> field.type().isPrimitiveType())
                .toList();
        // Iceberg's writer makes no file without rows.
        int count = flat.isEmpty() ? Math.max(1, wanted) : wanted;
        List<String> patterns = new ArrayList<>();
        List<Record> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(GenericRecord.create(schema));
        }
        Set<Integer> constant = partitionSources(spec);
        Set<Integer> required = new HashSet<>();
        for (NestedField field : flat) {
            patterns.add(fill(rows, field, constant.contains(field.fieldId()), required));
        }
        PartitionKey partition = new PartitionKey(spec, schema);
        partition.partition(rows.isEmpty() ? GenericRecord.create(schema) : rows.getFirst());
        boolean nested = flat.size() < schema.columns().size();
        boolean byIceberg = !byPosition && count > 0 && (flat.isEmpty() || oneIn(nested ? 2 : 8));
        Written written = byIceberg
                ? byIceberg(table, partition, rows)
                : direct(table, partition, rows, flat, required, byPosition);
        return new Written(
                written.file,
                rows,
                written.description + "\n      " + count + " rows, partition " + partition + ", " + patterns);
    }

    /** Gives each row a value of the column, and says how. */
    private String fill(List<Record> rows, NestedField field, boolean constant, Set<Integer> required) {
        Type type = field.type();
        ValuePattern pattern = ValuePattern.values()[random.nextInt(ValuePattern.values().length)];
        NullPattern nulls = NullPattern.values()[random.nextInt(oneIn(3) ? 5 : 4)];
        String prefix =
                oneIn(60) ? TypedValues.PAYLOAD : TypedValues.PREFIXES.get(random.nextInt(TypedValues.PREFIXES.size()));
        TypedValues values = new TypedValues(type, prefix);
        if (constant) {
            Object value = oneIn(6) ? null : values.of(pattern.number(random, random.nextInt(9), 9));
            rows.forEach(row -> row.setField(field.name(), value));
            return field.name() + " all " + value;
        }
        for (int i = 0; i < rows.size(); i++) {
            Object value = nulls.isNull(random, i) ? null : values.of(pattern.number(random, i, rows.size()));
            rows.get(i).setField(field.name(), value);
        }
        if (nulls == NullPattern.NONE) {
            required.add(field.fieldId());
        }
        return field.name() + " " + pattern + " nulls " + nulls;
    }

    private Written direct(
            Table table,
            PartitionKey partition,
            List<Record> rows,
            List<NestedField> flat,
            Set<Integer> required,
            boolean byPosition) {
        Optional<NameMapping> mapping = Optional.ofNullable(table.properties().get("schema.name-mapping.default"))
                .map(NameMappingParser::fromJson);
        List<NestedField> fields = byPosition ? flat : some(flat, table.spec());
        FileLayout layout = layouts.next(
                fields,
                fields.stream().map(field -> required.contains(field.fieldId())).toList(),
                rows.size(),
                !byPosition && (mapping.isEmpty() || random.nextBoolean()));
        List<@Nullable Object[]> values = new ArrayList<>();
        for (Record row : rows) {
            values.add(fields.stream().map(field -> row.getField(field.name())).toArray());
        }
        String location = location(table);
        storage.put(location, ParquetFiles.write(layout, values));
        DataFiles.Builder file = DataFiles.builder(table.spec())
                .withPath(location)
                .withFormat(FileFormat.PARQUET)
                .withFileSizeInBytes(storage.file(location).length)
                .withRecordCount(rows.size());
        if (random.nextBoolean()) {
            file.withSplitOffsets(ParquetFiles.rowGroupOffsets(storage.file(location)));
        }
        if (table.spec().isPartitioned()) {
            file.withPartition(partition.copy());
        }
        // Of milliseconds Iceberg makes no metrics, or such of microseconds.
        boolean metrics = !oneIn(6) && layout.columns().stream().noneMatch(FileColumn::isInMilliseconds);
        if (metrics) {
            file.withMetrics(ParquetUtil.fileMetrics(
                    table.io().newInputFile(location), MetricsConfig.forTable(table), mapping.orElse(null)));
        }
        return new Written(file.build(), rows, layout + (metrics ? "" : "\n      without metrics"));
    }

    /** Most columns, in another order now and then; partitions need not repeat theirs. */
    private List<NestedField> some(List<NestedField> flat, PartitionSpec spec) {
        Set<Integer> left = new HashSet<>();
        if (random.nextBoolean()) {
            left.addAll(spec.identitySourceIds());
        }
        Set<Integer> sources = partitionSources(spec);
        flat.stream()
                .filter(field -> !sources.contains(field.fieldId()) && oneIn(12))
                .forEach(field -> left.add(field.fieldId()));
        List<NestedField> fields = new ArrayList<>(flat);
        fields.removeIf(field -> left.contains(field.fieldId()));
        if (fields.isEmpty()) {
            fields.add(flat.getFirst());
        }
        if (random.nextBoolean()) {
            Collections.shuffle(fields, random);
        }
        return fields;
    }

    private String location(Table table) {
        return table.location() + "/data/" + new UUID(random.nextLong(), random.nextLong()) + ".parquet";
    }

    private Written byIceberg(Table table, PartitionKey partition, List<Record> rows) {
        OutputFile output = table.io().newOutputFile(location(table));
        Map<String, String> properties = Map.of(
                "write.parquet.page-row-limit",
                String.valueOf(1 + random.nextInt(60)),
                "write.parquet.row-group-size-bytes",
                oneIn(3) ? "1024" : "1000000",
                "write.parquet.row-group-check-min-record-count",
                "10",
                "write.parquet.row-group-check-max-record-count",
                "20",
                "write.parquet.dict-size-bytes",
                oneIn(2) ? "64" : "100000");
        try {
            DataWriter<Record> writer = Parquet.writeData(output)
                    .forTable(table)
                    .setAll(properties)
                    .createWriterFunc(GenericParquetWriter::create)
                    .withPartition(partition.copy())
                    .overwrite()
                    .build();
            try (writer) {
                rows.forEach(row -> writer.write(generic(row, table.schema())));
            }
            return new Written(writer.toDataFile(), rows, "by Iceberg " + properties);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Record generic(Record row, Schema schema) {
        Record generic = GenericRecord.create(schema);
        for (NestedField field : schema.columns()) {
            Object value = field.type().isPrimitiveType()
                    ? GenericValues.generic(field.type(), row.getField(field.name()))
                    : nested(field.type());
            generic.setField(field.name(), value);
        }
        return generic;
    }

    private @Nullable Object nested(Type type) {
        if (oneIn(5)) {
            return null;
        }
        String text = "n" + random.nextInt(5);
        return switch (type.typeId()) {
            case LIST -> oneIn(4) ? List.of() : List.of(text, "b");
            case MAP -> Map.of(text, random.nextLong(9));
            default -> {
                Record struct = GenericRecord.create(type.asStructType());
                struct.setField("name", text);
                yield struct;
            }
        };
    }
}
