package io.spangraph.engine.exec.aggregate;

import static io.spangraph.engine.exec.fixture.BatchInput.row;
import static io.spangraph.engine.exec.fixture.Vectors.NULL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.exec.fixture.BatchInput;
import io.spangraph.engine.exec.fixture.Vectors;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.model.value.Value;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DistinctTest {
    private final QueryContext context = BatchInput.context();

    @Test
    void passesOnTheFirstRowOfEachIdentity() {
        RowBatch first = RowBatch.of(
                List.of(Vectors.values("Span", "Span", NULL), Vectors.longs(1, 1, NULL), Vectors.texts("x", "y", NULL)),
                3);
        RowBatch second = RowBatch.of(
                List.of(
                        Vectors.constant("Span", 4),
                        Vectors.doubles(2.0, 1.0, 3.0, 2.0),
                        Vectors.texts("a", "b", "c", "d")),
                4);

        assertThat(BatchInput.drain(new Distinct(
                        BatchInput.of(List.of(first, second.select(new int[] {0, 1, 3}), first), 3),
                        List.of(0, 1),
                        context)))
                .containsExactly(row("Span", 1, "x"), row(NULL, NULL, NULL), row("Span", 2.0, "a"));
        assertThat(context.memory().reservedBytes()).isZero();
    }

    @Test
    void streams() {
        BatchInput input = BatchInput.of(
                List.of(RowBatch.of(List.of(Vectors.longs(1)), 1), RowBatch.of(List.of(Vectors.longs(2)), 1)), 1);
        try (Distinct distinct = new Distinct(input, List.of(0), context)) {
            assertThat(distinct.advance()).isTrue();
            assertThat(input.batch().column(0).value(0)).isEqualTo(Value.of(1));
        }
        assertThat(input.isClosed()).isTrue();
    }

    @Test
    void passesOnOneRowWithoutIdentity() {
        assertThat(BatchInput.drain(new Distinct(BatchInput.of(Vectors.longs(1, 2)), List.of(), context)))
                .containsExactly(row(1));
    }

    @Test
    void stopsWhenTheQueryIsCancelled() {
        BatchInput input = BatchInput.of(
                IntStream.range(0, 5)
                        .mapToObj(i -> RowBatch.of(List.of(Vectors.longs(7)), 1))
                        .toList(),
                1);
        try (Distinct distinct =
                new Distinct(BatchInput.cancelling(input, context.cancellation(), 2), List.of(0), context)) {
            assertThat(distinct.advance()).isTrue();
            assertThatThrownBy(distinct::advance).hasMessage("The query was cancelled.");
        }
    }
}
