package io.spangraph.iceberg.damage;

import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.iceberg.damage.DamagedTable.Question;
import io.spangraph.iceberg.damage.FileMap.Part;
import io.spangraph.iceberg.damage.FileMap.Region;
import io.spangraph.iceberg.equivalence.FileLayout;
import io.spangraph.iceberg.equivalence.FooterChange;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One byte of a file is wrong, each in its turn: a scan ends with an error that names the file, or with the right answer.
 *
 * <p>Parquet has checksums for the pages only. So what is wrong in the footer can show as wrong rows, and what is wrong in
 * an index or a bloom filter as rows that a filter misses; nothing else can, where pages have checksums. Where they have
 * none, only values of the damaged page or dictionary are wrong.
 */
@Execution(ExecutionMode.CONCURRENT)
class FlippedBytesTest {
    private static final boolean FULL = Boolean.getBoolean("full");
    private static final int STEP = FULL ? 1 : 23;
    private static final int[] FLIPS = {0xFF, 0x01};

    /** The files that are damaged. */
    enum Layout {
        OLD_WITH_CHECKSUMS(WriterVersion.PARQUET_1_0, CompressionCodecName.SNAPPY, true),
        NEW_WITH_CHECKSUMS(WriterVersion.PARQUET_2_0, CompressionCodecName.ZSTD, true),
        PLAIN_WITH_CHECKSUMS(WriterVersion.PARQUET_1_0, CompressionCodecName.UNCOMPRESSED, true),
        NO_INDEX_WITH_CHECKSUMS(
                WriterVersion.PARQUET_2_0, CompressionCodecName.LZ4_RAW, true, FooterChange.NO_OFFSET_INDEX),
        OLD(WriterVersion.PARQUET_1_0, CompressionCodecName.UNCOMPRESSED, false),
        NEW(WriterVersion.PARQUET_2_0, CompressionCodecName.UNCOMPRESSED, false),
        NO_INDEX(WriterVersion.PARQUET_1_0, CompressionCodecName.GZIP, false, FooterChange.NO_OFFSET_INDEX);

        private final FileLayout layout;
        private final boolean checksums;

        Layout(WriterVersion version, CompressionCodecName codec, boolean checksums, FooterChange... changes) {
            this.layout = DamagedTable.layout(version, codec, checksums, changes);
            this.checksums = checksums;
        }
    }

    @ParameterizedTest
    @EnumSource
    void anErrorThatNamesTheFileOrTheRightAnswer(Layout layout) {
        Map<Region, Integer> errors = new EnumMap<>(Region.class);
        Map<Region, Integer> wrong = new EnumMap<>(Region.class);
        List<String> forbidden = new ArrayList<>();
        try (DamagedTable table = new DamagedTable(layout.layout)) {
            for (Question question : Question.values()) {
                assertThat(table.ask(question, "intact")).contains(question.rows());
            }
            FileMap map = FileMap.of(table.content());
            for (int position = 0; position < table.content().length; position += STEP) {
                Part part = map.at(position);
                for (int flip : FLIPS) {
                    byte[] damaged = table.content();
                    damaged[position] ^= (byte) flip;
                    table.lake().storage().put(table.file().location(), damaged);
                    for (Question question : Question.values()) {
                        String what = layout + ", byte " + position + " ^ " + flip + " of " + part + ", " + question;
                        Optional<List<List<Value>>> rows = table.ask(question, what);
                        if (rows.isEmpty()) {
                            errors.merge(part.region(), 1, Integer::sum);
                        } else if (!rows.get().equals(question.rows())) {
                            wrong.merge(part.region(), 1, Integer::sum);
                            if (!isAllowed(layout, part, question, rows.get())) {
                                forbidden.add(what + ": " + difference(rows.get(), question.rows()));
                            }
                        }
                    }
                }
            }
        }
        System.out.println(layout + ": errors " + errors + ", answers that differ " + wrong);
        assertThat(forbidden).isEmpty();
        assertThat(errors).containsKeys(Region.PAGE_HEADER, Region.FOOTER);
    }

    private static String difference(List<List<Value>> rows, List<List<Value>> expected) {
        for (int i = 0; i < Math.min(rows.size(), expected.size()); i++) {
            if (!rows.get(i).equals(expected.get(i))) {
                return "row " + i + " is " + rows.get(i) + " instead of " + expected.get(i);
            }
        }
        return rows.size() + " rows instead of " + expected.size();
    }

    private static boolean isAllowed(Layout layout, Part part, Question question, List<List<Value>> rows) {
        boolean filtered = question == Question.BY_ID || question == Question.BY_KEY;
        return switch (part.region()) {
            case FOOTER -> true;
            case COLUMN_INDEX, BLOOM_FILTER -> filtered && question.rows().containsAll(rows);
            case MAGIC, TRAILER, OFFSET_INDEX -> false;
            case DICTIONARY_HEADER, DICTIONARY, PAGE_HEADER, PAGE ->
                !layout.checksums && (filtered || onlyOf(part, question, rows));
        };
    }

    /** Only values of the damaged part differ. */
    private static boolean onlyOf(Part part, Question question, List<List<Value>> rows) {
        List<List<Value>> expected = question.rows();
        if (rows.size() != expected.size()) {
            return false;
        }
        for (int i = 0; i < rows.size(); i++) {
            int row = DamagedTable.expected().indexOf(expected.get(i));
            for (int column = 0; column < DamagedTable.COLUMNS.size(); column++) {
                boolean same = rows.get(i).get(column).equals(expected.get(i).get(column));
                if (!same && (column != part.column() || row < part.firstRow() || row >= part.endRow())) {
                    return false;
                }
            }
        }
        return true;
    }

    @Test
    void allPartsOfAFileAreAmongThoseThatAreDamaged() {
        try (DamagedTable table = new DamagedTable(Layout.NEW_WITH_CHECKSUMS.layout)) {
            FileMap map = FileMap.of(table.content());
            Map<Region, Integer> bytes = new EnumMap<>(Region.class);
            for (int position = 0; position < table.content().length; position++) {
                bytes.merge(map.at(position).region(), 1, Integer::sum);
            }
            System.out.println(bytes);
            assertThat(bytes).containsOnlyKeys(Region.values());
        }
    }
}
