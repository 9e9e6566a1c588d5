package io.spangraph.engine.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spangraph.engine.row.Vector.ConstantVector;
import io.spangraph.engine.row.Vector.DictionaryVector;
import io.spangraph.engine.row.Vector.LongKind;
import io.spangraph.engine.row.Vector.LongVector;
import io.spangraph.engine.spi.RowReference;
import io.spangraph.model.value.Value;
import java.time.LocalDate;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What operators and sources rely on: selections, forms of vectors, references of rows. */
class RowBatchTest {
    private static final BitSet SECOND = BitSet.valueOf(new long[] {2});
    private final Vector numbers = new LongVector(new long[] {10, 0, 30}, NullMask.of(SECOND), LongKind.INTEGER);
    private final Vector texts = new DictionaryVector(new int[] {0, -1, 0}, List.of(Value.of("a")));

    @Test
    void aSelectionTellsWhereItsRowsLie() {
        RowBatch batch = RowBatch.of(List.of(numbers, texts), 3).select(new int[] {2, 1});
        assertThat(batch.rowCount()).isEqualTo(2);
        assertThat(batch.physicalRows()).isEqualTo(3);
        assertThat(batch.value(0, 0)).isEqualTo(Value.of(30));
        assertThat(batch.value(1, 0)).isEqualTo(Value.NULL);
        assertThat(batch.value(0, 1)).isEqualTo(Value.of("a"));
        assertThat(batch.value(1, 1)).isEqualTo(Value.NULL);
        assertThat(batch.withColumns(List.of(new ConstantVector(Value.TRUE, 3))).rowCount())
                .as("other columns keep the selection")
                .isEqualTo(2);
    }

    @Test
    void columnsOfDifferentLengthAreRefused() {
        assertThatThrownBy(() -> RowBatch.of(List.of(numbers), 2)).hasMessage("a column of 3 rows in a batch of 2");
    }

    @Test
    void longsAreReadAsTheirKindSays() {
        Vector dates = new LongVector(new long[] {20_000}, NullMask.NONE, LongKind.DATE);
        assertThat(dates.value(0)).isEqualTo(new Value.DateValue(LocalDate.of(2024, 10, 4)));
        Vector times = new LongVector(new long[] {-1}, NullMask.NONE, LongKind.LOCAL_DATE_TIME);
        assertThat(times.value(0).toString()).contains("1969-12-31T23:59:59.999999");
    }

    @Test
    void aRowReferenceGivesBackItsParts() {
        long reference = RowReference.of(8_388_607, (1L << 40) - 1);
        assertThat(reference).isPositive();
        assertThat(RowReference.fileOrdinal(reference)).isEqualTo(8_388_607);
        assertThat(RowReference.position(reference)).isEqualTo((1L << 40) - 1);
        assertThatThrownBy(() -> RowReference.of(0, 1L << 40)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RowReference.of(-1, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
