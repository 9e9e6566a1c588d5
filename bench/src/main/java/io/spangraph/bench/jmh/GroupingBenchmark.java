package io.spangraph.bench.jmh;

import io.spangraph.engine.context.Principal;
import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.context.QueryLimits;
import io.spangraph.engine.exec.aggregate.AggregateSpec;
import io.spangraph.engine.exec.aggregate.GroupColumn;
import io.spangraph.engine.exec.aggregate.GroupTable;
import io.spangraph.engine.exec.aggregate.Grouping;
import io.spangraph.engine.expr.AggregateCall.AggregateFunction;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.row.ColumnId;
import io.spangraph.engine.row.NullMask;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.RowLayout;
import io.spangraph.engine.row.Vector;
import io.spangraph.model.value.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Time per row of a sum and a count by a dictionary-coded text, with few labels and with many. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class GroupingBenchmark {
    private static final int BATCHES = 25;
    private static final int ROWS = BATCHES * RowBatch.TARGET_ROWS;
    private static final int NULL_PER_CENT = 55;
    private static final long SEED = 42;

    /** Different texts of the key. */
    @Param({"60", "500", "16000"})
    public int labels;

    private final Grouping grouping = new Grouping(
            List.of(new GroupColumn(0, true)),
            List.of(
                    AggregateSpec.of(AggregateFunction.SUM, false, List.of(rows -> rows.column(1))),
                    AggregateSpec.of(AggregateFunction.COUNT_ROWS, false, List.of())),
            new RowLayout(IntStream.range(0, 3)
                    .mapToObj(i -> ColumnId.of(new Variable("column" + i, i, Variable.Kind.VALUE)))
                    .toList()));
    private final List<RowBatch> batches = new ArrayList<>();
    private final QueryContext context = QueryContext.of(
            new Principal("bench", Optional.empty(), Set.of()),
            Map.of(),
            new QueryLimits(Duration.ofDays(1), Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE));

    @Setup
    public void fill() {
        SplittableRandom random = new SplittableRandom(SEED);
        List<Value> dictionary =
                IntStream.range(0, labels).mapToObj(i -> Value.of("label-" + i)).toList();
        for (int batch = 0; batch < BATCHES; batch++) {
            int[] codes = new int[RowBatch.TARGET_ROWS];
            long[] numbers = new long[RowBatch.TARGET_ROWS];
            BitSet nulls = new BitSet();
            for (int row = 0; row < codes.length; row++) {
                codes[row] = random.nextInt(labels);
                numbers[row] = random.nextInt(30_000);
                nulls.set(row, random.nextInt(100) < NULL_PER_CENT);
            }
            batches.add(RowBatch.of(
                    List.of(
                            new Vector.DictionaryVector(codes, dictionary),
                            new Vector.LongVector(numbers, NullMask.of(nulls), Vector.LongKind.INTEGER)),
                    codes.length));
        }
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public int group() {
        try (GroupTable groups = GroupTable.of(grouping, context)) {
            batches.forEach(groups::add);
            return groups.groups();
        }
    }
}
