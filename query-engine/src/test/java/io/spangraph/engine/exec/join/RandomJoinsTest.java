package io.spangraph.engine.exec.join;

import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.exec.expression.CompiledExpression;
import io.spangraph.engine.exec.fixture.BatchInput;
import io.spangraph.engine.exec.fixture.NaiveJoin;
import io.spangraph.engine.exec.fixture.RandomVectors;
import io.spangraph.engine.exec.fixture.RandomVectors.Form;
import io.spangraph.engine.exec.fixture.Vectors;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.Vector;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RandomJoinsTest {
    private static final int ROUNDS = 40;
    private static final Predicate<List<Value>> ALWAYS = pair -> true;

    private final QueryContext context = BatchInput.context();

    /** Batches of a number, which tells rows apart, and keys; about half of the rows are selected in some. */
    private static List<RowBatch> batches(Random random, RandomVectors vectors, int keys, Optional<Form> form) {
        List<RowBatch> batches = new ArrayList<>();
        int count = random.nextInt(6);
        int different = 3 + random.nextInt(30 / keys);
        for (int i = 0; i < count; i++) {
            int length = 1 + random.nextInt(60);
            int first = i * 1000;
            List<Vector> columns = new ArrayList<>();
            columns.add(
                    Vectors.longs(IntStream.range(first, first + length).boxed().toArray()));
            for (int key = 0; key < keys; key++) {
                columns.add(vectors.vector(form.orElseGet(vectors::anyForm), length, different));
            }
            RowBatch batch = RowBatch.of(columns, length);
            batches.add(random.nextBoolean() ? batch : BatchInput.selectSome(batch, random));
        }
        return batches;
    }

    /** Depends on the numbers of both rows; null for some pairs. */
    private static Object truth(Value buildNumber, Value probeNumber) {
        long sum = ((Value.IntegerValue) buildNumber).value() + ((Value.IntegerValue) probeNumber).value();
        return sum % 7 == 0 ? Vectors.NULL : (Object) (sum % 3 != 0);
    }

    private static CompiledExpression condition(int buildWidth) {
        return batch -> {
            Object[] truths = new Object[batch.physicalRows()];
            for (int i = 0; i < truths.length; i++) {
                truths[i] =
                        truth(batch.column(0).value(i), batch.column(buildWidth).value(i));
            }
            return Vectors.booleans(truths);
        };
    }

    @ParameterizedTest
    @EnumSource
    void agreesWithTryingEachPair(JoinKind kind) {
        int given = 0;
        for (int seed = 0; seed < ROUNDS; seed++) {
            Random random = new Random(seed);
            RandomVectors vectors = new RandomVectors(seed);
            int keys = 1 + seed % 3;
            Optional<Form> form = switch (seed % 5) {
                case 0 -> Optional.of(Form.LONGS);
                case 1 -> Optional.of(Form.TEXTS);
                default -> Optional.empty();
            };
            given += check(
                    random,
                    kind,
                    batches(random, vectors, keys, form),
                    batches(random, vectors, keys, form),
                    keys,
                    seed % 2 == 1);
        }
        assertThat(given).isGreaterThan(200);
        assertThat(context.memory().reservedBytes()).isZero();
    }

    /** Checks a join of some of the columns. */
    private int check(
            Random random, JoinKind kind, List<RowBatch> build, List<RowBatch> probe, int keys, boolean conditional) {
        int[] positions = IntStream.rangeClosed(1, keys).toArray();
        int width = keys + 1;
        boolean pairs = kind.givesPairs();
        List<List<Value>> expected = NaiveJoin.join(
                kind,
                NaiveJoin.rows(build),
                NaiveJoin.rows(probe),
                positions,
                positions,
                width,
                width,
                conditional ? pair -> truth(pair.get(0), pair.get(width)).equals(true) : ALWAYS);

        int first = kind.givesBuildColumns() ? 0 : width;
        int[] kept = IntStream.range(first, kind.givesProbeColumns() ? 2 * width : width)
                .filter(column -> random.nextInt(4) > 0)
                .toArray();
        List<List<Value>> actual = BatchInput.drain(new HashJoinOperator(
                kind,
                BatchInput.of(build, width),
                BatchInput.of(probe, width),
                positions,
                positions,
                conditional ? Optional.of(condition(width)) : Optional.empty(),
                new JoinColumns(BatchInput.plainLayout(kept.length), kept, new int[] {0, width}),
                List.of(),
                context));

        List<List<Value>> ofKept = expected.stream()
                .map(row -> IntStream.of(kept)
                        .map(column -> column - first)
                        .mapToObj(row::get)
                        .toList())
                .toList();
        if (pairs) {
            assertThat(actual).containsExactlyInAnyOrderElementsOf(ofKept);
        } else {
            assertThat(actual).isEqualTo(ofKept);
        }
        return expected.size();
    }
}
