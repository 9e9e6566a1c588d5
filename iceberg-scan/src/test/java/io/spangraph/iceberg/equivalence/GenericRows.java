package io.spangraph.iceberg.equivalence;

import io.spangraph.engine.spi.RowReference;
import io.spangraph.iceberg.catalog.ColumnTypes;
import io.spangraph.model.table.ColumnType;
import io.spangraph.model.value.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.MetadataColumns;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericDeleteFilter;
import org.apache.iceberg.data.IdentityPartitionConverters;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.formats.FormatModelRegistry;
import org.apache.iceberg.formats.ReadBuilder;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.mapping.NameMappingParser;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.iceberg.util.PartitionUtil;

/** All rows of a table by Iceberg's own reader, each with the reference that the product gives it. */
final class GenericRows {
    private GenericRows() {}

    /** One row, its values by the names of the columns. */
    record Row(long reference, Map<String, Value> values) {
        Value value(String column) {
            return values.getOrDefault(column, Value.NULL);
        }
    }

    /** Columns of the types that queries can read. */
    static List<String> columns(Table table) {
        return table.schema().columns().stream()
                .filter(field -> !(ColumnTypes.of(field.type()) instanceof ColumnType.Unsupported))
                .map(NestedField::name)
                .toList();
    }

    /** In the order of their references: files by their paths, rows by their positions. */
    static List<Row> read(Table table) {
        List<String> files = paths(table);
        List<Row> rows = new ArrayList<>();
        try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
            for (FileScanTask task : tasks) {
                read(table, task, files.indexOf(task.file().location()), rows);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        rows.sort(Comparator.comparingLong(Row::reference));
        return rows;
    }

    /** By the parts of Iceberg's own reader, which as a whole knows nothing of name mappings. */
    private static void read(Table table, FileScanTask task, int ordinal, List<Row> rows) throws IOException {
        List<String> names = columns(table);
        List<NestedField> fields = new ArrayList<>(table.schema().columns());
        fields.add(MetadataColumns.ROW_POSITION);
        GenericDeleteFilter deletes = new GenericDeleteFilter(table.io(), task, table.schema(), new Schema(fields));
        ReadBuilder<Record, Schema> reader = FormatModelRegistry.readBuilder(
                task.file().format(),
                Record.class,
                table.io().newInputFile(task.file().location()));
        reader.project(deletes.requiredSchema())
                .idToConstant(PartitionUtil.constantsMap(task, IdentityPartitionConverters::convertConstant));
        Optional.ofNullable(table.properties().get("schema.name-mapping.default"))
                .map(NameMappingParser::fromJson)
                .ifPresent(reader::withNameMapping);
        try (CloseableIterable<Record> records = deletes.filter(reader.build())) {
            for (Record found : records) {
                Map<String, Value> values = new HashMap<>();
                names.forEach(name -> values.put(name, GenericValues.value(found.getField(name))));
                long position = (Long) found.getField(MetadataColumns.ROW_POSITION.name());
                rows.add(new Row(RowReference.of(ordinal, position), values));
            }
        }
    }

    static List<String> paths(Table table) {
        try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
            List<String> files = new ArrayList<>();
            tasks.forEach(task -> files.add(task.file().location()));
            return files.stream().sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
