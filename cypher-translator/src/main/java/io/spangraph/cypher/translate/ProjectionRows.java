package io.spangraph.cypher.translate;

import io.spangraph.cypher.ast.AstSubquery;
import io.spangraph.cypher.bind.Binding;
import io.spangraph.cypher.bind.ExpressionBinder;
import io.spangraph.cypher.bind.SubqueryLift;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.LogicalPlan.SortKey;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The rows that the items of a WITH or RETURN make, and what an order or a condition over them may mention. */
interface ProjectionRows {
    /** The items, in the order in which they are written. */
    List<Binding> items();

    ExpressionBinder sortBinder(SubqueryLift subqueries);

    ExpressionBinder whereBinder(SubqueryLift subqueries);

    /** Passes on what a query in an order or condition mentions, or refuses names that are out of its reach. */
    void carry(AstSubquery query);

    /** What a row of the plan has for those queries. */
    List<Variable> variables();

    /**
     * The plan where rows are ordered and cut before the queries in the items are evaluated, so that they run for the
     * rows that are left; empty where they decide the order, or where there are none.
     */
    default Optional<LogicalPlan> planOfCut(List<SortKey> keys, UnaryOperator<LogicalPlan> orderAndCut) {
        return Optional.empty();
    }

    /** The plan; to be asked for last, because it carries what the binders were asked for. */
    LogicalPlan plan();
}
