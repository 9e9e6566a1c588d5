package io.spangraph.iceberg.read.thin;

import io.spangraph.iceberg.parquet.ChunkReader;
import io.spangraph.iceberg.parquet.ColumnChunk;
import io.spangraph.iceberg.parquet.Leaf;
import io.spangraph.iceberg.parquet.ParquetFile;
import io.spangraph.iceberg.parquet.RowGroup;
import io.spangraph.iceberg.read.FileScan;
import io.spangraph.iceberg.read.GenericValues;
import io.spangraph.iceberg.read.columns.StoredForm;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.data.IdentityPartitionConverters;
import org.apache.iceberg.mapping.MappedField;
import org.apache.iceberg.mapping.NameMapping;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;

/** The columns that a scan needs of a file, found by their ids as the file was written. */
final class FileColumns {
    private final List<FileColumn> columns;
    private final Map<Integer, Integer> byId = new HashMap<>();

    private FileColumns(List<NestedField> fields, List<FileColumn> columns) {
        this.columns = List.copyOf(columns);
        for (int i = 0; i < fields.size(); i++) {
            byId.put(fields.get(i).fieldId(), i);
        }
    }

    /** Empty if any of them is one that Iceberg's own readers have to read. */
    static Optional<FileColumns> of(FileScan scan, ParquetFile footer, Collection<NestedField> wanted) {
        List<NestedField> fields = List.copyOf(new LinkedHashSet<>(wanted));
        Map<Integer, @Nullable Object> constants = constants(scan);
        Map<Integer, Leaf> leaves = leaves(scan, footer);
        List<FileColumn> columns = new ArrayList<>(fields.size());
        for (NestedField field : fields) {
            Optional<FileColumn> column = column(field, constants, leaves);
            if (column.isEmpty() || !isDecodable(column.get(), footer)) {
                return Optional.empty();
            }
            columns.add(column.get());
        }
        return Optional.of(new FileColumns(fields, columns));
    }

    private static Optional<FileColumn> column(
            NestedField field, Map<Integer, @Nullable Object> constants, Map<Integer, Leaf> leaves) {
        int id = field.fieldId();
        if (constants.containsKey(id)) {
            return Optional.of(constant(field, constants.get(id)));
        }
        Leaf leaf = leaves.get(id);
        if (leaf != null) {
            return StoredForm.of(field.type(), leaf).map(FileColumn.Stored::new);
        }
        if (field.initialDefault() != null) {
            return field.type().isPrimitiveType()
                    ? Optional.of(constant(
                            field, IdentityPartitionConverters.convertConstant(field.type(), field.initialDefault())))
                    : Optional.empty();
        }
        return field.type().isPrimitiveType() && field.isOptional()
                ? Optional.of(FileColumn.Constant.NULL)
                : Optional.empty();
    }

    private static FileColumn constant(NestedField field, @Nullable Object generic) {
        Value value =
                generic == null ? Value.NULL : GenericValues.of(field.type()).of(generic);
        return new FileColumn.Constant(value, generic);
    }

    private static boolean isDecodable(FileColumn column, ParquetFile footer) {
        if (!(column instanceof FileColumn.Stored(StoredForm form))) {
            return true;
        }
        for (RowGroup group : footer.rowGroups()) {
            ColumnChunk chunk = group.chunks().get(form.leaf().index());
            if (ChunkReader.unsupported(chunk).isPresent()) {
                return false;
            }
        }
        return true;
    }

    /** Values of identity partitions, which files may leave out. */
    private static Map<Integer, @Nullable Object> constants(FileScan scan) {
        PartitionSpec spec = scan.table().metadata().spec(scan.file().file().specId());
        Map<Integer, @Nullable Object> constants = new HashMap<>();
        for (int i = 0; i < spec.fields().size(); i++) {
            PartitionField field = spec.fields().get(i);
            if (field.transform().isIdentity()) {
                Object value = scan.file().file().partition().get(i, Object.class);
                constants.put(
                        field.sourceId(),
                        IdentityPartitionConverters.convertConstant(
                                spec.partitionType().fields().get(i).type(), value));
            }
        }
        return constants;
    }

    /** The file's columns by the ids of the table: those in the file, else by its names, else by its order. */
    private static Map<Integer, Leaf> leaves(FileScan scan, ParquetFile footer) {
        Map<Integer, Leaf> found = new LinkedHashMap<>();
        if (footer.hasFieldIds()) {
            for (Leaf leaf : footer.leaves()) {
                leaf.fieldId().ifPresent(id -> found.put(id, leaf));
            }
            return found;
        }
        Optional<NameMapping> names = scan.table().nameMapping();
        Set<String> seen = new LinkedHashSet<>();
        for (Leaf leaf : footer.leaves()) {
            String name = leaf.path().getFirst();
            if (!seen.add(name)) {
                continue;
            }
            if (names.isEmpty()) {
                found.put(seen.size(), leaf);
            } else {
                MappedField mapped = names.get().find(name);
                if (mapped != null && mapped.id() != null) {
                    found.put(mapped.id(), leaf);
                }
            }
        }
        return found;
    }

    int indexOf(NestedField field) {
        return Optional.ofNullable(byId.get(field.fieldId()))
                .orElseThrow(() -> new IllegalStateException("column " + field.name() + " is not read"));
    }

    FileColumn column(int index) {
        return columns.get(index);
    }

    int size() {
        return columns.size();
    }
}
