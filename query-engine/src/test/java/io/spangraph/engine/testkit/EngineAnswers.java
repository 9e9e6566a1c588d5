package io.spangraph.engine.testkit;

import io.spangraph.engine.context.Execution;
import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.optimize.Optimizer;
import io.spangraph.engine.optimize.Rule;
import io.spangraph.engine.plan.QueryPlan;
import io.spangraph.engine.plan.QueryPlan.Mode;
import io.spangraph.engine.plan.QueryPlan.ResultColumn;
import io.spangraph.engine.run.DefaultQueryRunner;
import io.spangraph.engine.run.QueryRunner.PinScope;
import io.spangraph.engine.run.QueryRunner.PreparedQuery;
import io.spangraph.engine.run.ResultCursor;
import io.spangraph.engine.spi.SnapshotSelector;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.List;

/** The answers of the engine to random cases, over tables in memory. */
public final class EngineAnswers {
    private EngineAnswers() {}

    /** The rows that the engine gives when it has these rules. */
    public static List<List<Value>> rows(RandomCase drawn, List<Rule> rules, Execution execution) {
        try (InMemoryScanSource source =
                new InMemoryScanSource(drawn.graph().tables().values())) {
            DefaultQueryRunner runner = new DefaultQueryRunner(drawn.graph().schema(), source, new Optimizer(rules));
            List<ResultColumn> columns = new ArrayList<>();
            for (Variable variable : drawn.query().columns()) {
                columns.add(new ResultColumn(variable.name(), variable));
            }
            QueryPlan query = new QueryPlan(Mode.RUN, drawn.query().plan(), columns, List.of());
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
}
