package io.spangraph.engine.exec.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spangraph.engine.context.Cancellation;
import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.exec.fixture.BatchInput;
import io.spangraph.engine.exec.fixture.RandomVectors;
import io.spangraph.engine.exec.fixture.RandomVectors.Form;
import io.spangraph.engine.exec.fixture.SpillSandbox;
import io.spangraph.engine.row.RowBatch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With hardly any memory, DISTINCT gives the same rows: of each identity the first. */
class SpillingDistinctTest {
    private static final long TINY = 64 << 10;

    @TempDir
    private Path directory;

    private SpillSandbox sandbox;

    @BeforeEach
    void open() {
        sandbox = new SpillSandbox(directory);
    }

    @AfterEach
    void nothingIsLeft() {
        sandbox.close();
    }

    private void agrees(List<RowBatch> batches, int width, List<Integer> identity, boolean spills) {
        Operator distinct = new Distinct(BatchInput.of(batches, width), identity, sandbox.context(TINY));
        assertThat(SpillSandbox.counted(BatchInput.drain(distinct)))
                .isEqualTo(SpillSandbox.counted(
                        BatchInput.drain(new Distinct(BatchInput.of(batches, width), identity, BatchInput.context()))));
        assertThat(distinct.spilledBytes() > 0).isEqualTo(spills);
    }

    @ParameterizedTest
    @EnumSource(names = {"LONGS", "DOUBLES", "TEXTS", "VALUES"})
    void everyFormOfIdentity(Form form) {
        List<RowBatch> batches = SpillSandbox.batches(5, 30_000, 20_000, List.of(form, Form.TEXTS));
        agrees(batches, 3, List.of(1), true);
        agrees(batches, 3, List.of(2, 1), true);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void identitiesInChangingForms(long seed) {
        RandomVectors vectors = new RandomVectors(seed);
        List<RowBatch> batches = new ArrayList<>();
        for (int part = 0; part < 6; part++) {
            batches.addAll(
                    SpillSandbox.batches(seed * 10 + part, 4_000, 8_000, List.of(vectors.anyForm(), Form.LONGS)));
        }
        agrees(batches, 3, List.of(1, 2), true);
    }

    @Test
    void fewIdentitiesNeedNoDisk() {
        agrees(SpillSandbox.batches(5, 30_000, 5, List.of(Form.LONGS, Form.BOOLEANS)), 3, List.of(1, 2), false);
    }

    @Test
    void nothingIsLeftWhenItIsCancelledOrNotReadToItsEnd() {
        List<RowBatch> batches = SpillSandbox.batches(5, 30_000, 20_000, List.of(Form.LONGS));
        QueryContext context = sandbox.context(TINY);
        try (Operator distinct = new Distinct(BatchInput.of(batches, 2), List.of(1), context)) {
            while (sandbox.space().bytesInUse() == 0) {
                assertThat(distinct.advance()).isTrue();
            }
            context.cancellation().cancel(Cancellation.Reason.KILLED);
            assertThatThrownBy(distinct::advance).hasMessage("The query was cancelled.");
        }
    }
}
