package io.spangraph.iceberg.equivalence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.RowDelta;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.deletes.BaseDVFileWriter;
import org.apache.iceberg.deletes.EqualityDeleteWriter;
import org.apache.iceberg.deletes.PositionDelete;
import org.apache.iceberg.deletes.PositionDeleteWriter;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.NestedField;

/** Deletes rows in each of Iceberg's ways, and says how. */
final class RandomDeletes {
    private final Random random;
    private final Set<String> withVector = new HashSet<>();
    /** Columns that equality deletes compare: Iceberg must find them later, so they are not dropped. */
    private final Set<Integer> compared = new HashSet<>();

    RandomDeletes(Random random) {
        this.random = random;
    }

    Set<Integer> compared() {
        return compared;
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private Set<Long> positions(long rows) {
        Set<Long> positions = new TreeSet<>();
        long count = random.nextInt(4) == 0 ? Math.max(1, rows / 2) : 1 + random.nextInt(3);
        for (long i = 0; i < count; i++) {
            positions.add(random.nextLong(rows));
        }
        return positions;
    }

    private OutputFile output(Table table) {
        String name = new UUID(random.nextLong(), random.nextLong()) + "-deletes.parquet";
        return table.io().newOutputFile(table.location() + "/data/" + name);
    }

    String apply(Table table, int version, List<RandomFiles.Written> files) {
        List<RandomFiles.Written> filled =
                files.stream().filter(file -> !file.rows().isEmpty()).toList();
        if (version < 2 || filled.isEmpty()) {
            return "delete nothing";
        }
        try {
            if (random.nextInt(3) == 0) {
                return byEquality(table, pick(filled));
            }
            return version == 2 ? byPosition(table, filled) : byVector(table, filled);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One delete file for all the files of a partition that it happens to name. */
    private String byPosition(Table table, List<RandomFiles.Written> files) throws IOException {
        DataFile first = pick(files).file();
        List<DataFile> named = new ArrayList<>(files.stream()
                .map(RandomFiles.Written::file)
                .filter(file -> file == first || random.nextBoolean())
                .filter(file ->
                        file.specId() == first.specId() && file.partition().equals(first.partition()))
                .toList());
        named.sort(Comparator.comparing(DataFile::location));
        PartitionSpec spec = table.specs().get(first.specId());
        PositionDeleteWriter<Record> writer = Parquet.writeDeletes(output(table))
                .forTable(table)
                .withSpec(spec)
                .withPartition(first.partition())
                .createWriterFunc(GenericParquetWriter::create)
                .rowSchema(null)
                .overwrite()
                .buildPositionWriter();
        List<String> said = new ArrayList<>();
        try (writer) {
            for (DataFile file : named) {
                Set<Long> positions = positions(file.recordCount());
                for (long position : positions) {
                    PositionDelete<Record> delete = PositionDelete.create();
                    writer.write(delete.set(file.location(), position));
                }
                said.add(file.location() + positions);
            }
        }
        table.newRowDelta().addDeletes(writer.toDeleteFile()).commit();
        return "delete by position " + said;
    }

    private String byVector(Table table, List<RandomFiles.Written> files) throws IOException {
        List<DataFile> fresh = files.stream()
                .map(RandomFiles.Written::file)
                .filter(file -> !withVector.contains(file.location()))
                .toList();
        if (fresh.isEmpty()) {
            return "delete nothing by vector";
        }
        OutputFileFactory outputs = OutputFileFactory.builderFor(table, 1, withVector.size())
                .format(FileFormat.PUFFIN)
                .build();
        BaseDVFileWriter writer = new BaseDVFileWriter(outputs, path -> null);
        List<String> said = new ArrayList<>();
        try (writer) {
            for (DataFile file : fresh) {
                if (random.nextBoolean()) {
                    continue;
                }
                Set<Long> positions = positions(file.recordCount());
                for (long position : positions) {
                    writer.delete(file.location(), position, table.specs().get(file.specId()), file.partition());
                }
                withVector.add(file.location());
                said.add(file.location() + positions);
            }
        }
        RowDelta delta = table.newRowDelta();
        for (DeleteFile written : writer.result().deleteFiles()) {
            delta.addDeletes(written);
        }
        delta.commit();
        return "delete by vector " + said;
    }

    private static boolean isComparable(NestedField field) {
        Type.TypeID type = field.type().typeId();
        return field.type().isPrimitiveType()
                && type != Type.TypeID.FLOAT
                && type != Type.TypeID.DOUBLE
                && type != Type.TypeID.TIMESTAMP_NANO;
    }

    /** Deletes rows that are equal to some rows of a file in one column or two. */
    private String byEquality(Table table, RandomFiles.Written like) throws IOException {
        Schema schema = table.schema();
        List<NestedField> candidates = new ArrayList<>(schema.columns());
        // Iceberg's own reader fails where such deletes meet the fixed bytes of a partition.
        candidates.removeIf(field -> !isComparable(field)
                || field.type().typeId() == Type.TypeID.FIXED && table.spec().isPartitioned()
                || like.rows().getFirst().struct().field(field.name()) == null
                || !like.rows().getFirst().struct().field(field.name()).equals(field));
        if (candidates.isEmpty()) {
            return "delete nothing by equality";
        }
        Collections.shuffle(candidates, random);
        List<NestedField> by = candidates.subList(0, Math.min(candidates.size(), 1 + random.nextInt(2)));
        by.forEach(field -> compared.add(field.fieldId()));
        Schema keys = schema.select(by.stream().map(NestedField::name).toList());
        EqualityDeleteWriter<Record> writer = Parquet.writeDeletes(output(table))
                .forTable(table)
                .rowSchema(keys)
                .withSpec(table.specs().get(like.file().specId()))
                .withPartition(like.file().partition())
                .createWriterFunc(GenericParquetWriter::create)
                .equalityFieldIds(by.stream().map(NestedField::fieldId).toList())
                .overwrite()
                .buildEqualityWriter();
        List<String> said = new ArrayList<>();
        try (writer) {
            for (int i = 0; i <= random.nextInt(4); i++) {
                Record row = pick(like.rows());
                Record key = GenericRecord.create(keys);
                for (NestedField field : keys.columns()) {
                    key.setField(field.name(), GenericValues.generic(field.type(), row.getField(field.name())));
                }
                writer.write(key);
                said.add(key.toString());
            }
        }
        table.newRowDelta().addDeletes(writer.toDeleteFile()).commit();
        return "delete where equal " + said;
    }
}
