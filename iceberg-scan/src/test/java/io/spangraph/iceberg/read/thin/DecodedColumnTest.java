package io.spangraph.iceberg.read.thin;

import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.iceberg.parquet.ColumnValues;
import io.spangraph.iceberg.parquet.ColumnValues.Longs;
import io.spangraph.iceberg.parquet.Nulls;
import io.spangraph.iceberg.parquet.RowRanges;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kept columns beside what was decoded: the same values, and known whether they have 32 bits. */
class DecodedColumnTest {
    private static final int WINDOW = 64;

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 15, 16, 31, 32, 33, 63, 64})
    void integersOfEachWidthStayWhatTheyWere(int bits) {
        Random random = new Random(bits);
        List<ColumnValues> windows = new ArrayList<>();
        for (int window = 0; window < 5; window++) {
            long[] words = {random.nextLong()};
            long[] values = new long[window < 4 ? WINDOW : 11];
            for (int row = 0; row < values.length; row++) {
                boolean isNull = (words[0] >>> row & 1) != 0;
                values[row] = isNull ? 0 : random.nextLong() >> (Long.SIZE - bits);
            }
            windows.add(new Longs(values, Nulls.of(words)));
        }
        DecodedColumn column = DecodedColumn.of(windows, WINDOW);

        for (int window = 0; window < windows.size(); window++) {
            Longs decoded = (Longs) windows.get(window);
            long from = (long) window * WINDOW;
            Longs kept = (Longs) column.read(RowRanges.of(from, from + decoded.rows()));
            assertThat(kept.values()).isEqualTo(decoded.values());
            for (int row = 0; row < decoded.rows(); row++) {
                assertThat(kept.isNull(row)).isEqualTo(decoded.isNull(row));
            }
            assertThat(kept.ofInts())
                    .isEqualTo(LongStream.of(decoded.values()).allMatch(value -> value == (int) value));
        }
    }

    @Test
    void oneIntegerBeyond32BitsIsEnough() {
        long[] values = new long[WINDOW];
        assertThat(ofInts(values)).isTrue();
        values[3] = Integer.MIN_VALUE;
        values[4] = Integer.MAX_VALUE;
        assertThat(ofInts(values)).isTrue();
        for (long beyond :
                new long[] {Integer.MIN_VALUE - 1L, Integer.MAX_VALUE + 1L, Long.MIN_VALUE, Long.MAX_VALUE}) {
            values[WINDOW - 1] = beyond;
            assertThat(ofInts(values)).isFalse();
        }
    }

    private static boolean ofInts(long[] values) {
        DecodedColumn column = DecodedColumn.of(List.of(new Longs(values, Nulls.of(new long[0]))), WINDOW);
        return ((Longs) column.read(RowRanges.all(values.length))).ofInts();
    }
}
