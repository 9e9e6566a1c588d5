package io.spangraph.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.engine.spi.BatchCursor;
import io.spangraph.engine.spi.Pin;
import io.spangraph.engine.spi.RowReference;
import io.spangraph.engine.spi.ScanMonitor;
import io.spangraph.engine.spi.TableSnapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.internal.column.columnindex.OffsetIndex;
import org.apache.parquet.io.LocalInputFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fetch of rows that lie together here and there reads little more than the pages that hold them. */
class RowFetchPagesTest {
    private static final Schema ROWS = new Schema(
            Types.NestedField.required(1, "key", Types.LongType.get()),
            Types.NestedField.required(2, "payload", Types.StringType.get()));

    private static final int FILES = 3;
    private static final int ROWS_OF_FILE = 4_000;
    private static final int ROWS_OF_TRACE = 25;
    /** As many as an operator fetches at a time. */
    private static final int WINDOW = 512;

    private static final double MOST = 1.3;

    @TempDir
    private Path folder;

    private static String letters(Random random) {
        return random.ints(1 << 20, 'a', 'z' + 1)
                .mapToObj(letter -> String.valueOf((char) letter))
                .collect(Collectors.joining());
    }

    private static String payload(String letters, Random random) {
        int length = random.nextInt(100) == 0 ? 64_000 : 1_000 + random.nextInt(4_000);
        int from = random.nextInt(letters.length() - length);
        return letters.substring(from, from + length);
    }

    @Test
    void readsLittleMoreThanThePagesOfItsRows() throws IOException {
        try (TestLake lake = new TestLake(Catalogs.JDBC.open(folder))) {
            Map<String, String> small =
                    Map.of("write.parquet.page-size-bytes", "65536", "write.parquet.page-row-limit", "2000");
            TestTable table = lake.create("payloads", ROWS, PartitionSpec.unpartitioned(), small);
            Random random = new Random(3);
            String letters = letters(random);
            List<DataFile> files = new ArrayList<>();
            for (int file = 0; file < FILES; file++) {
                files.add(table.append(IntStream.range(0, ROWS_OF_FILE)
                        .mapToObj(row -> table.row((long) row, payload(letters, random)))
                        .toList()));
            }
            files.sort((left, right) -> left.location().compareTo(right.location()));
            long[] references = IntStream.range(0, FILES * ROWS_OF_FILE / ROWS_OF_TRACE)
                    .filter(trace -> random.nextInt(6) == 0)
                    .flatMap(trace -> IntStream.range(trace * ROWS_OF_TRACE, (trace + 1) * ROWS_OF_TRACE))
                    .mapToLong(row -> RowReference.of(row / ROWS_OF_FILE, row % ROWS_OF_FILE))
                    .toArray();

            long read = bytesOfFetches(lake, lake.pin(table), references);

            assertThat(read).isBetween(1L, (long) (MOST * bytesOfPages(files, references)));
        }
    }

    private static long bytesOfFetches(TestLake lake, TableSnapshot snapshot, long[] references) {
        ScanMonitor monitor = TestLake.monitor();
        // What a server knows of a file once it has been read.
        fetch(lake, snapshot, references, TestLake.monitor());
        for (int from = 0; from < references.length; from += WINDOW) {
            long[] window = Arrays.copyOfRange(references, from, Math.min(references.length, from + WINDOW));
            assertThat(fetch(lake, snapshot, window, monitor)).isEqualTo(window.length);
        }
        return monitor.counts().bytesRead();
    }

    private static int fetch(TestLake lake, TableSnapshot snapshot, long[] references, ScanMonitor monitor) {
        try (BatchCursor cursor =
                lake.source().fetch(snapshot, new Pin.All(), references, List.of("payload"), monitor)) {
            return TestLake.rows(cursor).size();
        }
    }

    /** The pages with a row of these, from the offset indexes of the files. */
    private static long bytesOfPages(List<DataFile> files, long[] references) {
        long bytes = 0;
        for (int file = 0; file < files.size(); file++) {
            int ordinal = file;
            long[] rows = Arrays.stream(references)
                    .filter(reference -> RowReference.fileOrdinal(reference) == ordinal)
                    .map(RowReference::position)
                    .toArray();
            bytes += bytesOfPages(Path.of(files.get(file).location().replaceFirst("^file:", "")), rows);
        }
        return bytes;
    }

    private static long bytesOfPages(Path file, long[] rows) {
        try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file))) {
            long bytes = 0;
            for (BlockMetaData group : reader.getRowGroups()) {
                long first = group.getRowIndexOffset();
                ColumnChunkMetaData payload = group.getColumns().getLast();
                OffsetIndex pages = reader.readOffsetIndex(payload);
                for (int page = 0; page < pages.getPageCount(); page++) {
                    long from = first + pages.getFirstRowIndex(page);
                    long to = first + pages.getLastRowIndex(page, group.getRowCount());
                    if (Arrays.stream(rows).anyMatch(row -> row >= from && row <= to)) {
                        bytes += pages.getCompressedPageSize(page);
                    }
                }
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
