package io.spangraph.engine.exec.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.exec.expression.CompiledExpression;
import io.spangraph.engine.exec.fixture.BatchInput;
import io.spangraph.engine.exec.fixture.NaiveJoin;
import io.spangraph.engine.exec.fixture.RandomVectors;
import io.spangraph.engine.exec.fixture.RandomVectors.Form;
import io.spangraph.engine.exec.fixture.SpillSandbox;
import io.spangraph.engine.exec.fixture.Vectors;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.model.value.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** With hardly any memory, a join of every kind gives the same rows. Columns: a number, two keys, anything. */
class SpillingJoinTest {
    private static final long TINY = 64 << 10;
    private static final int WIDTH = 4;

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

    private static Operator join(
            JoinKind kind,
            List<RowBatch> build,
            List<RowBatch> probe,
            int[] keys,
            Optional<CompiledExpression> residual,
            QueryContext context) {
        return new HashJoinOperator(
                kind,
                BatchInput.of(build, WIDTH),
                BatchInput.of(probe, WIDTH),
                keys,
                keys,
                residual,
                BatchInput.joinColumns(kind, WIDTH, WIDTH),
                List.of(),
                context);
    }

    private void agrees(
            JoinKind kind,
            List<RowBatch> build,
            List<RowBatch> probe,
            int[] keys,
            Optional<CompiledExpression> residual) {
        Operator spilling = join(kind, build, probe, keys, residual, sandbox.context(TINY));
        List<List<Value>> rows = BatchInput.drain(spilling);
        assertThat(SpillSandbox.counted(rows))
                .isEqualTo(SpillSandbox.counted(
                        BatchInput.drain(join(kind, build, probe, keys, residual, BatchInput.context()))));
        assertThat(rows).isNotEmpty();
        assertThat(spilling.spilledBytes()).isPositive();
    }

    /** Some pairs fulfil it, some do not, for some it is null. */
    private static CompiledExpression condition() {
        return batch -> {
            Object[] truths = new Object[batch.physicalRows()];
            for (int i = 0; i < truths.length; i++) {
                long sum = number(batch, 0, i) + number(batch, WIDTH, i);
                truths[i] = sum % 7 == 0 ? Vectors.NULL : (Object) (sum % 3 != 0);
            }
            return Vectors.booleans(truths);
        };
    }

    private static long number(RowBatch batch, int column, int row) {
        return ((Value.IntegerValue) batch.column(column).value(row)).value();
    }

    @ParameterizedTest
    @EnumSource
    void keysOfEveryForm(JoinKind kind) {
        for (Form form : List.of(Form.LONGS, Form.DOUBLES, Form.TEXTS, Form.VALUES)) {
            List<RowBatch> build = SpillSandbox.batches(1, 5_000, 2_000, List.of(form, Form.LONGS, Form.VALUES));
            List<RowBatch> probe = SpillSandbox.batches(2, 4_000, 2_000, List.of(form, Form.LONGS, Form.TEXTS));
            agrees(kind, build, probe, new int[] {1}, form == Form.TEXTS ? Optional.of(condition()) : Optional.empty());
        }
    }

    @ParameterizedTest
    @EnumSource
    void keysOfTwoColumnsInChangingForms(JoinKind kind) {
        for (int seed = 0; seed < 2; seed++) {
            RandomVectors vectors = new RandomVectors(seed);
            List<RowBatch> build = new ArrayList<>();
            List<RowBatch> probe = new ArrayList<>();
            for (int part = 0; part < 4; part++) {
                Form form = vectors.anyForm();
                List<Form> forms = List.of(form, Form.LONGS, vectors.anyForm());
                build.addAll(SpillSandbox.batches(seed * 10 + part, 1_000, 60, forms));
                probe.addAll(SpillSandbox.batches(seed * 10 + part + 5, 500, 60, forms));
            }
            agrees(kind, build, probe, new int[] {1, 2}, Optional.empty());
        }
    }

    @ParameterizedTest
    @EnumSource
    void oneKeyWithMostOfTheRows(JoinKind kind) {
        List<RowBatch> build = skewed(SpillSandbox.batches(3, 5_000, 1_000, forms()), 20);
        List<RowBatch> probe = SpillSandbox.batches(4, 1_500, 1_000, forms());
        agrees(kind, build, probe, new int[] {1}, Optional.empty());
        agrees(kind, build, probe, new int[] {1}, Optional.of(condition()));
    }

    @ParameterizedTest
    @EnumSource
    void oneKeyOnly(JoinKind kind) {
        List<RowBatch> build = skewed(SpillSandbox.batches(3, 4_000, 2_000, forms()), Integer.MAX_VALUE);
        List<RowBatch> probe = skewed(SpillSandbox.batches(4, 30, 2_000, forms()), Integer.MAX_VALUE);
        boolean givesMatched = kind != JoinKind.ANTI && kind != JoinKind.RIGHT_ANTI;
        agrees(kind, build, probe, new int[] {1}, givesMatched ? Optional.empty() : Optional.of(never()));
        agrees(kind, build, probe, new int[] {1}, givesMatched ? Optional.of(condition()) : Optional.of(never()));
    }

    private static CompiledExpression never() {
        return batch -> Vectors.constant(false, batch.physicalRows());
    }

    private static List<Form> forms() {
        return List.of(Form.LONGS, Form.TEXTS, Form.LONGS);
    }

    /** The first key is 7 but in every n-th row. */
    private static List<RowBatch> skewed(List<RowBatch> batches, int other) {
        return batches.stream()
                .map(batch -> batch.withColumns(List.of(
                        batch.column(0),
                        Vectors.longs(IntStream.range(0, batch.physicalRows())
                                .mapToObj(i -> (i + 1) % other == 0
                                                && batch.column(1).value(i) instanceof Value.IntegerValue(long number)
                                        ? (Object) number
                                        : 7L)
                                .toArray()),
                        batch.column(2),
                        batch.column(3))))
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void agreesWithTryingEachPair(JoinKind kind) {
        List<RowBatch> build = SpillSandbox.batches(5, 1_800, 700, forms());
        List<RowBatch> probe = SpillSandbox.batches(6, 600, 700, forms());
        int[] keys = {1};
        Operator join = join(kind, build, probe, keys, Optional.empty(), sandbox.context(TINY));
        assertThat(SpillSandbox.counted(BatchInput.drain(join)))
                .isEqualTo(SpillSandbox.counted(NaiveJoin.join(
                        kind, NaiveJoin.rows(build), NaiveJoin.rows(probe), keys, keys, WIDTH, WIDTH, pair -> true)));
        assertThat(join.spilledBytes()).isPositive();
    }

    @ParameterizedTest
    @EnumSource
    void columnsThatNobodyReadsAreLeftOut(JoinKind kind) {
        List<RowBatch> build = SpillSandbox.batches(5, 3_000, 700, forms());
        List<RowBatch> probe = SpillSandbox.batches(6, 1_000, 700, forms());
        int[] read =
                kind.givesPairs() ? new int[] {3, 0, WIDTH + 2} : new int[] {kind.givesBuildColumns() ? 3 : WIDTH + 3};
        JoinColumns columns = new JoinColumns(BatchInput.plainLayout(read.length), read, new int[] {0, WIDTH});
        List<List<Value>> given = new ArrayList<>();
        List<List<Value>> expected = new ArrayList<>();
        for (boolean spills : new boolean[] {true, false}) {
            Operator join = new HashJoinOperator(
                    kind,
                    BatchInput.of(build, WIDTH),
                    BatchInput.of(probe, WIDTH),
                    new int[] {1},
                    new int[] {1},
                    Optional.of(condition()),
                    columns,
                    List.of(),
                    spills ? sandbox.context(TINY) : BatchInput.context());
            (spills ? given : expected).addAll(BatchInput.drain(join));
            assertThat(join.spilledBytes() > 0).isEqualTo(spills);
        }
        assertThat(SpillSandbox.counted(given)).isNotEmpty().isEqualTo(SpillSandbox.counted(expected));
    }

    @Test
    void scansAreNarrowedByABuildSideThatFitsOnly() {
        List<String> restricted = new ArrayList<>();
        for (int rows : new int[] {50, 20_000}) {
            List<RowBatch> build = SpillSandbox.batches(7, rows, 40, forms());
            try (Operator join = new HashJoinOperator(
                    JoinKind.INNER,
                    BatchInput.of(build, WIDTH),
                    BatchInput.of(build.subList(0, 1), WIDTH),
                    new int[] {0},
                    new int[] {0},
                    Optional.empty(),
                    BatchInput.joinColumns(2 * WIDTH),
                    List.of(new SidewaysKey(0, (column, values) -> restricted.add(column + rows), "n")),
                    sandbox.context(1 << 20))) {
                assertThat(join.advance()).isTrue();
            }
        }
        assertThat(restricted).containsExactly("n50");
    }

    @Test
    void nothingIsLeftWhenItIsCancelledOrNotReadToItsEnd() {
        List<RowBatch> build = SpillSandbox.batches(1, 9_000, 4_000, forms());
        List<RowBatch> probe = SpillSandbox.batches(2, 9_000, 4_000, forms());
        QueryContext context = sandbox.context(TINY);
        try (Operator join = new HashJoinOperator(
                JoinKind.INNER,
                BatchInput.of(build, WIDTH),
                BatchInput.cancelling(BatchInput.of(probe, WIDTH), context.cancellation(), 20),
                new int[] {1},
                new int[] {1},
                Optional.empty(),
                BatchInput.joinColumns(2 * WIDTH),
                List.of(),
                context)) {
            assertThatThrownBy(join::advance).hasMessage("The query was cancelled.");
            assertThat(sandbox.space().bytesInUse()).isPositive();
        }
        try (Operator join =
                join(JoinKind.INNER, build, probe, new int[] {1}, Optional.empty(), sandbox.context(TINY))) {
            assertThat(join.advance()).isTrue();
            assertThat(sandbox.space().bytesInUse()).isPositive();
        }
    }
}
