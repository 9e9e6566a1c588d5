package io.spangraph.engine.testkit;

import io.spangraph.engine.context.Execution;
import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.optimize.Optimizer;
import io.spangraph.engine.optimize.Rule;
import io.spangraph.engine.physical.PhysicalPlan;
import io.spangraph.engine.physical.PhysicalPlanner;
import io.spangraph.engine.physical.PhysicalRule;
import io.spangraph.engine.physical.PhysicalRules;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.QueryPlan;
import io.spangraph.engine.plan.QueryPlan.Mode;
import io.spangraph.engine.plan.QueryPlan.ResultColumn;
import io.spangraph.engine.reference.ReferenceTable;
import io.spangraph.engine.run.DefaultQueryRunner;
import io.spangraph.engine.run.QueryRunner.PinScope;
import io.spangraph.engine.run.QueryRunner.PreparedQuery;
import io.spangraph.engine.run.ResultCursor;
import io.spangraph.engine.spi.SnapshotSelector;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The answers of the engine to random cases, over tables in memory. */
public final class EngineAnswers {
    private EngineAnswers() {}

    /** The rows that the engine gives when it has these rules. */
    public static List<List<Value>> rows(RandomCase drawn, List<Rule> rules, Execution execution) {
        return rows(drawn, rules, PhysicalRules.ALL, execution);
    }

    /**
     * The rows that the engine gives when it makes these choices of operators; with several threads over a source that
     * keeps links.
     */
    public static List<List<Value>> rows(
            RandomCase drawn, List<Rule> rules, List<PhysicalRule> choices, Execution execution) {
        Collection<ReferenceTable> tables = drawn.graph().tables().values();
        try (InMemoryScanSource source = execution.equals(Execution.SEQUENTIAL)
                ? new InMemoryScanSource(tables)
                : InMemoryScanSource.keepingLinks(tables)) {
            DefaultQueryRunner runner =
                    new DefaultQueryRunner(drawn.graph().schema(), source, new Optimizer(rules), choices);
            QueryPlan query = new QueryPlan(Mode.RUN, drawn.query().plan(), columns(drawn), List.of());
            QueryContext context = drawn.context(execution);
            PreparedQuery prepared = runner.prepare(query, PinScope.of(context.principal()));
            List<List<Value>> rows = new ArrayList<>();
            try (ResultCursor cursor = runner.run(
                    prepared, context, source.pin(drawn.graph().tables().keySet(), new SnapshotSelector.Current()))) {
                while (cursor.advance()) {
                    rows.add(List.copyOf(cursor.row()));
                }
            }
            if (context.memory().reservedBytes() != 0) {
                throw new AssertionError(context.memory().reservedBytes() + " bytes were not given back");
            }
            return rows;
        }
    }

    /** The operators of an optimised plan. */
    public static PhysicalPlan operators(RandomCase drawn, LogicalPlan optimized, List<PhysicalRule> choices) {
        return new PhysicalPlanner(drawn.graph().schema(), choices).plan(optimized, columns(drawn));
    }

    private static List<ResultColumn> columns(RandomCase drawn) {
        List<ResultColumn> columns = new ArrayList<>();
        for (Variable variable : drawn.query().columns()) {
            columns.add(new ResultColumn(variable.name(), variable));
        }
        return columns;
    }
}
