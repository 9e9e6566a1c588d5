package io.spangraph.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.engine.spi.Pin;
import io.spangraph.engine.spi.RuntimeKeys;
import io.spangraph.engine.spi.ScanPredicate;
import io.spangraph.engine.spi.ScanRequest;
import io.spangraph.iceberg.TestLake.Scan;
import io.spangraph.model.value.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Scans with random predicates give exactly the rows for which the predicate is true, however the table is laid out. The
 * rows themselves are checked against those that Iceberg's own reader gives.
 */
class RandomPredicateScanTest {
    private static final long SEED = 20_261_121;
    private static final int FILES = 12;
    private static final int ROWS_PER_FILE = 6;
    private static final int PREDICATES = Boolean.getBoolean("full") ? 2_000 : 200;

    @TempDir
    private Path folder;

    /** How files are laid out: each lets other parts of pruning decide. */
    enum Layout {
        BY_BOUNDS(PartitionSpec.unpartitioned()),
        NO_BOUNDS(PartitionSpec.unpartitioned()),
        BY_VALUE(PartitionSpec.builderFor(RandomRows.SCHEMA)
                .identity("text")
                .identity("wide")
                .identity("flag")
                .build()),
        BY_DAY(PartitionSpec.builderFor(RandomRows.SCHEMA)
                .day("instant")
                .bucket("large", 4)
                .truncate("small", 3)
                .build());

        private final PartitionSpec spec;

        Layout(PartitionSpec spec) {
            this.spec = spec;
        }
    }

    @ParameterizedTest
    @EnumSource
    void givesTheRowsForWhichThePredicateIsTrue(Layout layout) throws IOException {
        try (TestLake lake = new TestLake(Catalogs.JDBC.open(folder))) {
            TestTable table = lake.create("random", RandomRows.SCHEMA, layout.spec, Map.of("format-version", "2"));
            fill(table, layout, new Random(SEED));
            List<Map<String, Value>> all = rowsByIceberg(lake, table);
            RandomPredicates predicates = new RandomPredicates(new Random(SEED + layout.ordinal()));
            int hits = 0;
            int filesSkipped = 0;
            for (int i = 0; i < PREDICATES; i++) {
                ScanPredicate predicate = predicates.next(2);
                List<Value> expected = all.stream()
                        .filter(row -> PredicateOracle.holds(predicate, row::get))
                        .map(row -> row.get("row"))
                        .toList();
                Scan scan = scan(lake, table, predicate);
                List<Value> found = scan.rows().stream()
                        .map(RandomPredicateScanTest::byName)
                        .filter(row -> PredicateOracle.holds(scan.plan().residual(), row::get))
                        .map(row -> row.get("row"))
                        .sorted(Comparator.comparing(Value::toString))
                        .toList();
                assertThat(found).as("%s", predicate).isEqualTo(expected);
                hits += expected.isEmpty() ? 0 : 1;
                filesSkipped += (int) scan.counts().filesSkipped();
            }
            // The test would prove little if nearly all answers were empty or no file was ever skipped.
            assertThat(hits).isGreaterThan(PREDICATES / 3);
            assertThat(filesSkipped).isGreaterThan(layout == Layout.NO_BOUNDS ? PREDICATES / 10 : PREDICATES);
        }
    }

    private static Scan scan(TestLake lake, TestTable table, ScanPredicate predicate) {
        List<String> columns = new ArrayList<>(RandomRows.COLUMNS);
        columns.add("row");
        return lake.scan(new ScanRequest(lake.pin(table), new Pin.All(), predicate, columns, false), RuntimeKeys.NONE);
    }

    private static Map<String, Value> byName(List<Value> row) {
        Map<String, Value> values = new java.util.HashMap<>();
        for (int i = 0; i < RandomRows.COLUMNS.size(); i++) {
            values.put(RandomRows.COLUMNS.get(i), row.get(i));
        }
        values.put("row", row.getLast());
        return values;
    }

    private static void fill(TestTable table, Layout layout, Random random) {
        AppendFiles append = table.table().newAppend();
        long number = 1000;
        for (int file = 0; file < FILES; file++) {
            List<Record> rows = new ArrayList<>();
            for (int i = 0; i < ROWS_PER_FILE; i++) {
                rows.add(RandomRows.next(table, number++, random));
            }
            if (layout.spec.isPartitioned()) {
                rows.forEach(row -> append.appendFile(table.write(List.of(row))));
            } else {
                rows.sort(Comparator.comparing(row -> String.valueOf(row.getField("small"))));
                DataFile written = table.write(rows);
                append.appendFile(
                        layout == Layout.NO_BOUNDS ? TestTable.withoutStatistics(table.table(), written) : written);
            }
        }
        append.commit();
    }

    /** By Iceberg's own reader, in the order of the row numbers; values as {@link TestLake} gives them. */
    private static List<Map<String, Value>> rowsByIceberg(TestLake lake, TestTable table) throws IOException {
        table.table().refresh();
        List<Long> numbers = new ArrayList<>();
        List<Record> records = new ArrayList<>();
        try (CloseableIterable<Record> found =
                IcebergGenerics.read(table.table()).build()) {
            found.forEach(records::add);
        }
        records.forEach(row -> numbers.add((Long) row.getField("row")));
        List<Map<String, Value>> rows = scan(lake, table, ScanPredicate.TRUE).rows().stream()
                .map(RandomPredicateScanTest::byName)
                .sorted(Comparator.comparing(row -> String.valueOf(row.get("row"))))
                .toList();
        assertThat(rows.stream().map(row -> row.get("row")))
                .containsExactlyElementsOf(
                        numbers.stream().sorted().map(Value::of).toList());
        for (Record row : records) {
            Map<String, Value> ours =
                    rows.get(numbers.stream().sorted().toList().indexOf((Long) row.getField("row")));
            for (String column : RandomRows.COLUMNS) {
                assertThat(ours.get(column)).as(column).isEqualTo(IcebergValue.of(row.getField(column)));
            }
        }
        return rows;
    }
}
