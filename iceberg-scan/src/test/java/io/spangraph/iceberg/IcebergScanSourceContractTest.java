package io.spangraph.iceberg;

import io.spangraph.engine.reference.ReferenceTable;
import io.spangraph.engine.spi.ScanSource;
import io.spangraph.engine.spi.ScanSourceContract;
import io.spangraph.model.table.Column;
import io.spangraph.model.table.ColumnType;
import io.spangraph.model.table.ColumnType.Primitive;
import io.spangraph.model.value.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Schema;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The contract of scan sources, on Iceberg tables of two catalogs. */
class IcebergScanSourceContractTest {

    @Nested
    class InMemory extends OverCatalog {
        InMemory() {
            super(Catalogs.IN_MEMORY);
        }
    }

    @Nested
    class JdbcOnSqlite extends OverCatalog {
        JdbcOnSqlite() {
            super(Catalogs.JDBC);
        }
    }

    abstract static class OverCatalog extends ScanSourceContract {
        private final Catalogs catalogs;

        @TempDir
        private Path folder;

        OverCatalog(Catalogs catalogs) {
            this.catalogs = catalogs;
        }

        @Override
        protected ScanSource source(List<ReferenceTable> tables) {
            Catalog catalog = catalogs.open(folder);
            ((SupportsNamespaces) catalog).createNamespace(TestLake.NAMESPACE, Map.of());
            tables.forEach(table -> create(catalog, table));
            return IcebergScanSource.over(Map.of(TestLake.CATALOG, catalog), ScanSettings.DEFAULTS);
        }

        private static void create(Catalog catalog, ReferenceTable table) {
            List<Types.NestedField> fields = new ArrayList<>();
            for (Column column : table.schema().columns()) {
                fields.add(Types.NestedField.optional(fields.size() + 1, column.name(), type(column.type())));
            }
            TestTable created = new TestTable(
                    table.schema().name(),
                    catalog.createTable(
                            TableIdentifier.of(
                                    TestLake.NAMESPACE, table.schema().name().table()),
                            new Schema(fields)));
            List<List<Record>> files = new ArrayList<>();
            for (int from = 0; from < table.rows().size(); from += table.rowsPerFile()) {
                int to = Math.min(from + table.rowsPerFile(), table.rows().size());
                files.add(table.rows().subList(from, to).stream()
                        .map(row -> record(created, row))
                        .toList());
            }
            if (!files.isEmpty()) {
                created.appendFiles(files);
            }
        }

        private static Record record(TestTable table, Map<String, Value> row) {
            return table.row(table.schema().columns().stream()
                    .map(field -> object(row.getOrDefault(field.name(), Value.NULL)))
                    .toArray());
        }

        private static Type type(ColumnType type) {
            return switch (type) {
                case Primitive primitive when primitive == Primitive.STRING -> Types.StringType.get();
                case Primitive primitive when primitive == Primitive.LONG -> Types.LongType.get();
                case Primitive primitive when primitive == Primitive.DOUBLE -> Types.DoubleType.get();
                case Primitive primitive when primitive == Primitive.BOOLEAN -> Types.BooleanType.get();
                default -> throw new IllegalArgumentException("no such column in the contract: " + type);
            };
        }

        private static @Nullable Object object(Value value) {
            return switch (value) {
                case Value.NullValue none -> null;
                case Value.StringValue(String text) -> text;
                case Value.IntegerValue(long number) -> number;
                case Value.FloatValue(double number) -> number;
                case Value.BooleanValue(boolean flag) -> flag;
                default -> throw new IllegalArgumentException("no such value in the contract: " + value);
            };
        }
    }
}
