package io.spangraph.cypher.translate;

import io.spangraph.cypher.ast.AstExpression.CollectSubquery;
import io.spangraph.cypher.ast.AstExpression.CountSubquery;
import io.spangraph.cypher.ast.AstExpression.Exists;
import io.spangraph.cypher.ast.AstExpression.Subquery;
import io.spangraph.cypher.bind.Scope;
import io.spangraph.cypher.bind.StaticType;
import io.spangraph.cypher.bind.SubqueryLift;
import io.spangraph.cypher.bind.TypedExpression;
import io.spangraph.cypher.bind.Variables;
import io.spangraph.cypher.error.CypherErrors;
import io.spangraph.cypher.translate.QueryTranslator.Translated;
import io.spangraph.engine.expr.AggregateCall;
import io.spangraph.engine.expr.AggregateCall.AggregateFunction;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Expression.Compare;
import io.spangraph.engine.expr.Expression.CompareOperator;
import io.spangraph.engine.expr.Expression.Literal;
import io.spangraph.engine.expr.Expression.VariableRef;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.expr.Variable.Kind;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.LogicalPlan.Aggregate;
import io.spangraph.engine.plan.LogicalPlan.AggregateItem;
import io.spangraph.engine.plan.LogicalPlan.Join;
import io.spangraph.engine.plan.LogicalPlan.Limit;
import io.spangraph.engine.plan.LogicalPlan.RollUpApply;
import io.spangraph.engine.plan.LogicalPlan.SingleRow;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The queries that expressions over some rows contain. Each becomes one column of these rows; a query that says nothing
 * about the row is evaluated once for all of them.
 */
final class LiftedRows implements SubqueryLift {
    private final Subqueries subqueries;
    private final Variables variables;
    private final Supplier<List<Variable>> rows;
    private final List<Lifted> lifted = new ArrayList<>();
    private final Map<Met, TypedExpression> values = new HashMap<>();

    /** A query in its scope: the operand of a CASE is written once and tested several times. */
    private record Met(Subquery subquery, Scope scope) {}

    private record Lifted(LogicalPlan inner, boolean correlated, AggregateItem result) {}

    LiftedRows(Subqueries subqueries, Variables variables, Supplier<List<Variable>> rows) {
        this.subqueries = subqueries;
        this.variables = variables;
        this.rows = rows;
    }

    @Override
    public TypedExpression lift(Subquery subquery, Scope scope) {
        Met met = new Met(subquery, scope);
        TypedExpression known = values.get(met);
        if (known != null) {
            return known;
        }
        boolean correlated = Subqueries.isCorrelated(subquery.query(), scope);
        Translated inner = subqueries.inner(subquery.query(), variables(), scope);
        TypedExpression value = switch (subquery) {
            case Exists exists -> {
                Limit first = new Limit(inner.plan(), new Literal(Value.of(1L)));
                Expression count = add(first, correlated, count());
                yield new TypedExpression(
                        new Compare(CompareOperator.GREATER, count, new Literal(Value.of(0L))), StaticType.BOOLEAN);
            }
            case CountSubquery count -> new TypedExpression(add(inner.plan(), correlated, count()), StaticType.INTEGER);
            case CollectSubquery collect -> new TypedExpression(collect(collect, inner, correlated), StaticType.LIST);
        };
        values.put(met, value);
        return value;
    }

    /** What a query that is met now may use of a row. */
    private List<Variable> variables() {
        List<Variable> all = new ArrayList<>(rows.get());
        all.addAll(results());
        return all;
    }

    boolean isEmpty() {
        return lifted.isEmpty();
    }

    /** The columns that hold the values of the queries met so far. */
    Set<Variable> results() {
        return lifted.stream().map(one -> one.result().variable()).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The rows with a further column for each query. */
    LogicalPlan over(LogicalPlan plan) {
        LogicalPlan result = plan;
        for (Lifted one : lifted) {
            if (one.correlated()) {
                result = new RollUpApply(result, one.inner(), one.result());
            } else {
                LogicalPlan once = new Aggregate(one.inner(), List.of(), List.of(one.result()));
                result = result instanceof SingleRow ? once : new Join(result, once, List.of());
            }
        }
        return result;
    }

    private Expression add(LogicalPlan inner, boolean correlated, AggregateCall call) {
        Variable result = variables.anonymous(Kind.VALUE);
        lifted.add(new Lifted(inner, correlated, new AggregateItem(call, result)));
        return new VariableRef(result);
    }

    private static AggregateCall count() {
        return new AggregateCall(AggregateFunction.COUNT_ROWS, List.of(), false);
    }

    /** A list of the values of all rows, nulls too. */
    private Expression collect(CollectSubquery written, Translated inner, boolean correlated) {
        if (inner.columns().size() != 1) {
            throw CypherErrors.semantic(
                            "A COLLECT subquery must return exactly one column, but this one returns "
                                    + inner.columns().size(),
                            written.place().position())
                    .withHint("Put several values into one list or map: RETURN [a, b].");
        }
        Expression value = new VariableRef(inner.columns().getFirst().variable());
        return add(inner.plan(), correlated, new AggregateCall(AggregateFunction.COLLECT_ROWS, List.of(value), false));
    }
}
