package io.spangraph.engine.run;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.expr.FunctionContext;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.physical.PhysicalPlan;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.QueryPlan;
import io.spangraph.engine.plan.QueryPlan.Mode;
import io.spangraph.engine.plan.QueryPlan.ResultColumn;
import io.spangraph.engine.procedure.ProcedureContext;
import io.spangraph.engine.procedure.ServerFacts;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.run.QueryRunner.PinScope;
import io.spangraph.model.schema.GraphSchema;
import io.spangraph.model.table.TableName;
import io.spangraph.model.table.TableSchema;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Runs the plans of a query's procedures as parts of that query: optimised and checked as any plan, for the same reader,
 * over the same snapshots, and counted against the same limits.
 */
final class ProcedurePlans implements ProcedureContext {
    private final FunctionContext functions;
    private final ServerFacts server;
    private final ScanBinder binder;
    private final QueryScans scans;
    private final BiFunction<QueryPlan, PinScope, PhysicalPlan> planner;

    /** @param planner optimises, plans and checks */
    ProcedurePlans(
            FunctionContext functions,
            ServerFacts server,
            ScanBinder binder,
            QueryScans scans,
            BiFunction<QueryPlan, PinScope, PhysicalPlan> planner) {
        this.functions = functions;
        this.server = server;
        this.binder = binder;
        this.scans = scans;
        this.planner = planner;
    }

    @Override
    public GraphSchema schema() {
        return functions.schema();
    }

    @Override
    public QueryContext query() {
        return functions.query();
    }

    @Override
    public ServerFacts server() {
        return server;
    }

    @Override
    public Optional<TableSchema> table(TableName name) {
        return binder.table(name);
    }

    @Override
    public Stream<List<Value>> rows(LogicalPlan plan, List<Variable> columns) {
        List<ResultColumn> named = columns.stream()
                .map(column -> new ResultColumn(column.name(), column))
                .toList();
        PlannedReads planned = new PlannedReads();
        PhysicalPlan physical = binder.chosen(
                planner.apply(new QueryPlan(Mode.RUN, plan, named, List.of()), PinScope.of(principal())), planned);
        binder.planAll(physical, planned);
        scans.add(planned);
        ReplacingJoins joins = new ReplacingJoins(functions, binder, scans, planned, this);
        OperatorBuilder builder = new OperatorBuilder(
                functions, binder, planned, new PlanLayouts(), this, joins, (part, operator) -> operator);
        Operator root = builder.build(physical);
        scans.addOperators(builder.storageReads());
        Rows rows = new Rows(root, columns.size());
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(rows, Spliterator.ORDERED), false)
                .onClose(() -> {
                    root.close();
                    scans.end(planned, builder.storageReads());
                });
    }

    /** The rows of an operator, one by one. */
    private final class Rows implements Iterator<List<Value>> {
        private final Operator root;
        private final int width;
        private RowBatch batch = RowBatch.of(List.of(), 0);
        private int next;

        Rows(Operator root, int width) {
            this.root = root;
            this.width = width;
        }

        @Override
        public boolean hasNext() {
            while (next >= batch.rowCount()) {
                query().cancellation().poll();
                if (!root.advance()) {
                    query().cancellation().poll();
                    return false;
                }
                batch = root.batch();
                next = 0;
            }
            return true;
        }

        @Override
        public List<Value> next() {
            if (!hasNext()) {
                throw new NoSuchElementException("the rows have ended");
            }
            List<Value> row = new ArrayList<>(width);
            for (int column = 0; column < width; column++) {
                row.add(batch.value(next, column));
            }
            next++;
            return row;
        }
    }
}
