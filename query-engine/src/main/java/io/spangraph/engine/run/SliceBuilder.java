package io.spangraph.engine.run;

import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.exec.aggregate.AggregateSpec;
import io.spangraph.engine.exec.apply.AggregateOfEach;
import io.spangraph.engine.exec.apply.SliceOfEach;
import io.spangraph.engine.exec.basic.LimitOperator;
import io.spangraph.engine.exec.basic.SkipOperator;
import io.spangraph.engine.exec.parallel.ParallelTopN;
import io.spangraph.engine.exec.parallel.Pipeline;
import io.spangraph.engine.exec.sort.OrderBound;
import io.spangraph.engine.exec.sort.SortSpec;
import io.spangraph.engine.exec.sort.TopN;
import io.spangraph.engine.exec.sort.TopNOfEach;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.physical.PhysicalPlan;
import io.spangraph.engine.physical.PhysicalPlan.OuterRow;
import io.spangraph.engine.physical.PhysicalPlan.SortColumn;
import io.spangraph.engine.row.RowLayout;
import io.spangraph.engine.run.NarrowableScans.OrderedScan;
import io.spangraph.engine.spi.FirstRows;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Makes the operators that count rows: over all of them, or inside of a subquery for each outer row. */
final class SliceBuilder {
    private final OperatorBuilder operators;

    SliceBuilder(OperatorBuilder operators) {
        this.operators = operators;
    }

    Operator skip(PhysicalPlan.Skip skip) {
        Operator input = operators.build(skip.input());
        long count = count(skip.count(), "SKIP");
        return skip.each()
                .<Operator>map(each -> slice(input, each, count, Long.MAX_VALUE))
                .orElseGet(() -> new SkipOperator(input, count));
    }

    Operator limit(PhysicalPlan.Limit limit) {
        Operator input = operators.build(limit.input(), Demand.FIRST);
        long count = count(limit.count(), "LIMIT");
        return limit.each()
                .<Operator>map(each -> slice(input, each, 0, count))
                .orElseGet(() -> new LimitOperator(input, count));
    }

    private Operator slice(Operator input, OuterRow each, long skip, long limit) {
        return new SliceOfEach(
                input,
                input.layout().requirePosition(each.ordinal()),
                skip,
                limit,
                operators.outerRows(each),
                operators.context());
    }

    Operator top(PhysicalPlan.TopN top) {
        RowLayout layout = operators.layout(top.input());
        List<SortSpec> keys = operators.sortSpecs(top.keys(), layout);
        long skip = top.skip().map(count -> count(count, "SKIP")).orElse(0L);
        long limit = count(top.limit(), "LIMIT");
        long first = skip > Long.MAX_VALUE - limit ? Long.MAX_VALUE : skip + limit;
        List<Pipeline> parallel =
                top.each().isPresent() || first > ParallelTopN.MAX_ROWS ? List.of() : operators.pipelines(top.input());
        Optional<OrderBound> reader = top.each().isPresent() ? Optional.empty() : reader(top, first);
        if (parallel.size() == 1) {
            Supplier<List<SortSpec>> specs = () -> operators.sortSpecs(top.keys(), layout);
            return new ParallelTopN(parallel.getFirst(), specs, skip, limit, reader, operators.context());
        }
        Operator input = operators.build(top.input(), Demand.ALL);
        return top.each()
                .<Operator>map(
                        each -> new TopNOfEach(input, ordinal(each, layout), keys, skip, limit, operators.context()))
                .orElseGet(() -> new TopN(input, keys, skip, limit, reader, operators.context()));
    }

    /** Tells the scans whose rows decide the order by their first key how far it has got. */
    private Optional<OrderBound> reader(PhysicalPlan.TopN top, long needed) {
        SortColumn key = top.keys().getFirst();
        List<OrderedScan> scans = new NarrowableScans(operators).decidingOrder(top.input(), key.column());
        OrderBound bound = new OrderBound(key.descending(), needed);
        for (OrderedScan scan : scans) {
            scan.scan().wantFirst(new FirstRows(scan.baseColumn(), key.descending(), bound::value));
        }
        return Optional.of(bound).filter(any -> !scans.isEmpty());
    }

    private SortSpec ordinal(OuterRow each, RowLayout layout) {
        return operators
                .sortSpecs(List.of(new SortColumn(each.ordinal(), false)), layout)
                .getFirst();
    }

    Operator aggregate(PhysicalPlan.AggregateOfEach aggregate) {
        RowLayout layout = operators.layout(aggregate.input());
        List<AggregateSpec> specs = aggregate.aggregates().stream()
                .map(column -> operators.aggregateSpec(column, layout))
                .toList();
        return new AggregateOfEach(
                operators.build(aggregate.input()),
                layout.requirePosition(aggregate.each().ordinal()),
                specs,
                operators.layout(aggregate),
                operators.outerRows(aggregate.each()),
                operators.context());
    }

    private long count(Expression count, String clause) {
        return RowCounts.of(count, clause, operators.functions());
    }
}
