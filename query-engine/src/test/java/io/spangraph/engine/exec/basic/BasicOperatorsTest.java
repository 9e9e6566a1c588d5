package io.spangraph.engine.exec.basic;

import static io.spangraph.engine.exec.fixture.BatchInput.row;
import static io.spangraph.engine.exec.fixture.Vectors.NULL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.exec.fixture.BatchInput;
import io.spangraph.engine.exec.fixture.Vectors;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.model.value.Value;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BasicOperatorsTest {
    private final QueryContext context = BatchInput.context();

    private static BatchInput threeBatches() {
        return BatchInput.of(
                List.of(
                        RowBatch.of(List.of(Vectors.longs(1, 2, 3)), 3).select(new int[] {0, 2}),
                        RowBatch.of(List.of(Vectors.longs()), 0),
                        RowBatch.of(List.of(Vectors.longs(4, 5)), 2)),
                1);
    }

    @Test
    void filterKeepsWhatIsTrueAndNotWhatIsNull() {
        BatchInput input = BatchInput.of(Vectors.longs(1, 2, 3, 4));
        assertThat(BatchInput.drain(
                        new FilterOperator(input, rows -> Vectors.booleans(true, NULL, false, true), context)))
                .containsExactly(row(1), row(4));
        assertThat(input.isClosed()).isTrue();
    }

    @Test
    void filterTakesConditionsInEveryForm() {
        assertThat(BatchInput.drain(new FilterOperator(
                        BatchInput.of(Vectors.longs(1, 2)), rows -> Vectors.values(NULL, true), context)))
                .containsExactly(row(2));
        assertThat(BatchInput.drain(new FilterOperator(
                        BatchInput.of(Vectors.longs(1, 2)), rows -> Vectors.constant(NULL, 2), context)))
                .isEmpty();
        assertThat(BatchInput.drain(new FilterOperator(
                        BatchInput.of(Vectors.longs(1, 2)), rows -> Vectors.constant(true, 2), context)))
                .containsExactly(row(1), row(2));
    }

    @Test
    void filterRefusesAConditionThatIsNoTruthValue() {
        assertThatThrownBy(() -> BatchInput.drain(
                        new FilterOperator(BatchInput.of(Vectors.longs(1)), rows -> Vectors.values("yes"), context)))
                .hasMessage("Type mismatch: expected Boolean but was String in a condition");
    }

    @Test
    void projectKeepsTheSelection() {
        assertThat(BatchInput.drain(new ProjectOperator(
                        threeBatches(),
                        List.of(rows -> rows.column(0), rows -> Vectors.constant("x", rows.physicalRows())),
                        BatchInput.plainLayout(2),
                        context)))
                .containsExactly(row(1, "x"), row(3, "x"), row(4, "x"), row(5, "x"));
    }

    @Test
    void skipAndLimitCountSelectedRows() {
        assertThat(BatchInput.drain(new SkipOperator(threeBatches(), 0))).hasSize(4);
        assertThat(BatchInput.drain(new SkipOperator(threeBatches(), 1))).containsExactly(row(3), row(4), row(5));
        assertThat(BatchInput.drain(new SkipOperator(threeBatches(), 3))).containsExactly(row(5));
        assertThat(BatchInput.drain(new SkipOperator(threeBatches(), Long.MAX_VALUE)))
                .isEmpty();
        assertThat(BatchInput.drain(new LimitOperator(threeBatches(), 3))).containsExactly(row(1), row(3), row(4));
        assertThat(BatchInput.drain(new LimitOperator(threeBatches(), Long.MAX_VALUE)))
                .hasSize(4);
    }

    @Test
    void limitClosesItsInputWithTheLastRow() {
        BatchInput input = threeBatches();
        LimitOperator limit = new LimitOperator(input, 2);
        assertThat(limit.advance()).isTrue();
        assertThat(input.isClosed()).isTrue();
        assertThat(BatchInput.rows(limit.batch())).containsExactly(row(1), row(3));
        assertThat(limit.advance()).isFalse();
    }

    @Test
    void limitOfNothingReadsNothing() {
        BatchInput input = threeBatches();
        LimitOperator limit = new LimitOperator(input, 0);
        assertThat(limit.advance()).isFalse();
        assertThat(input.advance()).as("the first batch is still there").isTrue();
    }

    @Test
    void unionGivesOneInputAfterTheOther() {
        BatchInput first = threeBatches();
        BatchInput second = BatchInput.of(Vectors.texts("x"));
        assertThat(BatchInput.drain(new UnionAllOperator(List.of(first, second), BatchInput.plainLayout(1))))
                .containsExactly(row(1), row(3), row(4), row(5), row("x"));
        assertThat(first.isClosed() && second.isClosed()).isTrue();
    }

    @Test
    void singleRowIsOneRow() {
        assertThat(BatchInput.drain(new SingleRowOperator())).containsExactly(List.of());
        assertThat(BatchInput.drain(new NoRowsOperator(BatchInput.plainLayout(2))))
                .isEmpty();
    }

    @Test
    void unwindRepeatsTheRowForEachElement() {
        assertThat(BatchInput.drain(new UnwindOperator(
                        BatchInput.of(Vectors.longs(1, 2, 3, 4)),
                        rows -> Vectors.values(List.of("a", NULL), NULL, List.of(), "single"),
                        BatchInput.plainLayout(2),
                        context)))
                .containsExactly(row(1, "a"), row(1, NULL), row(4, "single"));
        assertThat(context.memory().reservedBytes()).isZero();
    }

    @Test
    void unwindTakesALongListInPieces() {
        int length = 3 * RowBatch.TARGET_ROWS + 7;
        Value list = Value.of(Collections.nCopies(length, Value.of(9)));
        UnwindOperator unwind = new UnwindOperator(
                BatchInput.of(Vectors.longs(1)),
                rows -> new io.spangraph.engine.row.Vector.ConstantVector(list, 1),
                BatchInput.plainLayout(2),
                context);
        int rows = 0;
        while (unwind.advance()) {
            assertThat(unwind.batch().rowCount()).isLessThanOrEqualTo(RowBatch.TARGET_ROWS);
            rows += unwind.batch().rowCount();
        }
        assertThat(rows).isEqualTo(length);
    }

    @Test
    void everyLoopSeesACancelledQuery() {
        List<RowBatch> batches = IntStream.range(0, 5)
                .mapToObj(i -> RowBatch.of(List.of(Vectors.longs(i)), 1))
                .toList();
        assertThatThrownBy(() -> BatchInput.drain(new FilterOperator(
                        BatchInput.cancelling(BatchInput.of(batches, 1), context.cancellation(), 2),
                        rows -> Vectors.constant(false, 1),
                        context)))
                .hasMessage("The query was cancelled.");
    }
}
