package io.spangraph.cypher.translate;

import io.spangraph.cypher.ast.AstClause.Item;
import io.spangraph.cypher.ast.AstClause.With;
import io.spangraph.cypher.ast.AstExpression.Name;
import io.spangraph.cypher.ast.AstMentions;
import io.spangraph.cypher.bind.Binding;
import io.spangraph.cypher.bind.Scope;
import io.spangraph.cypher.error.CypherErrors;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.LogicalPlan.Apply;
import io.spangraph.engine.plan.LogicalPlan.ApplyKind;
import io.spangraph.engine.plan.LogicalPlan.Argument;
import java.util.List;

/**
 * The row around a subquery. Its names are visible in all of the subquery, also behind a WITH that does not list them,
 * and cannot be given to anything else.
 */
record OuterRow(List<Variable> variables, Scope scope) {
    OuterRow {
        variables = List.copyOf(variables);
    }

    /** There is nothing around the query, or nothing that stays visible. */
    static OuterRow none() {
        return new OuterRow(List.of(), Scope.EMPTY);
    }

    /** Whether names from outside are mentioned. */
    boolean isMentioned(AstMentions mentions) {
        return !scope.only(mentions::has).names().isEmpty();
    }

    void refuseShadows(With clause) {
        for (Item item : clause.projection().items()) {
            boolean itself =
                    item.expression() instanceof Name name && name.name().equals(item.name());
            if (!itself && scope.find(item.name()).isPresent()) {
                throw CypherErrors.semantic(
                        "The variable `" + item.name()
                                + "` is shadowing a variable with the same name from the outer scope and needs to be"
                                + " renamed",
                        item.alias().map(Name::place).orElse(item.place()).position());
            }
        }
    }

    /** Rows after a WITH, which see this row again where something later asks for it. */
    Part around(Part rows, AstMentions later) {
        List<Variable> there = rows.plan().variables();
        boolean missing = scope.only(later::has).bindings().stream()
                .map(Binding::variable)
                .anyMatch(variable -> variables.contains(variable) && !there.contains(variable));
        LogicalPlan plan = missing ? new Apply(new Argument(variables), rows.plan(), ApplyKind.INNER) : rows.plan();
        return new Part(plan, scope.hiddenBy(rows.scope()));
    }
}
