package io.spangraph.iceberg.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Ranges behave like sets of rows, whatever their shape. */
class RowRangesTest {
    private static final int ROWS = 400;

    private static RowRanges ranges(BitSet rows) {
        RowRanges.Builder builder = RowRanges.builder();
        for (int from = rows.nextSetBit(0); from >= 0; from = rows.nextSetBit(rows.nextClearBit(from))) {
            builder.add(from, rows.nextClearBit(from));
        }
        return builder.build();
    }

    private static BitSet rows(RowRanges ranges) {
        BitSet rows = new BitSet();
        for (int range = 0; range < ranges.size(); range++) {
            assertThat(ranges.from(range)).isLessThan(ranges.to(range));
            if (range > 0) {
                assertThat(ranges.from(range)).isGreaterThan(ranges.to(range - 1));
            }
            rows.set((int) ranges.from(range), (int) ranges.to(range));
        }
        assertThat(ranges.rowCount()).isEqualTo(rows.cardinality());
        return rows;
    }

    private static BitSet random(Random random) {
        BitSet rows = new BitSet();
        int longest = 1 << random.nextInt(8);
        for (int from = random.nextInt(longest); from < ROWS; from += 1 + random.nextInt(longest)) {
            int to = Math.min(ROWS, from + random.nextInt(longest));
            rows.set(from, to);
            from = to;
        }
        return rows;
    }

    @Test
    void behaveLikeSets() {
        Random random = new Random(11);
        for (int attempt = 0; attempt < 2_000; attempt++) {
            BitSet one = random(random);
            BitSet other = random(random);
            BitSet both = (BitSet) one.clone();
            both.and(other);
            BitSet either = (BitSet) one.clone();
            either.or(other);
            assertThat(rows(ranges(one))).isEqualTo(one);
            assertThat(ranges(one).and(ranges(other))).isEqualTo(ranges(both));
            assertThat(ranges(one).or(ranges(other))).isEqualTo(ranges(either));
            int from = random.nextInt(ROWS);
            int to = from + random.nextInt(ROWS);
            BitSet between = (BitSet) one.clone();
            between.clear(0, from);
            between.clear(to, Math.max(to, ROWS));
            assertThat(ranges(one).between(from, to)).isEqualTo(ranges(between));
            assertThat(ranges(one).touches(from, to)).isEqualTo(!between.isEmpty());
        }
    }

    @Test
    void selectsByCompactPositions() {
        Random random = new Random(12);
        for (int attempt = 0; attempt < 2_000; attempt++) {
            BitSet rows = random(random);
            BitSet chosen = random(random);
            BitSet expected = new BitSet();
            int compact = 0;
            for (int row = rows.nextSetBit(0); row >= 0; row = rows.nextSetBit(row + 1)) {
                expected.set(row, chosen.get(compact++));
            }
            assertThat(ranges(rows).select(chosen.toLongArray())).isEqualTo(ranges(expected));
        }
    }

    @Test
    void refusesWhatIsNoRange() {
        assertThatThrownBy(() -> RowRanges.of(5, 4)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RowRanges.of(-1, 4)).isInstanceOf(IllegalArgumentException.class);
        RowRanges.Builder builder = RowRanges.builder().add(10, 20);
        assertThatThrownBy(() -> builder.add(5, 7)).isInstanceOf(IllegalArgumentException.class);
        assertThat(RowRanges.of(3, 3)).isEqualTo(RowRanges.empty());
        assertThat(RowRanges.builder().add(1, 3).add(3, 5).add(4, 9).build()).isEqualTo(RowRanges.of(1, 9));
    }
}
