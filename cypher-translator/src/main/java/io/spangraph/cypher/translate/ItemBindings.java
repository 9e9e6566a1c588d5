package io.spangraph.cypher.translate;

import io.spangraph.cypher.ast.AstExpression.Name;
import io.spangraph.cypher.bind.Binding;
import io.spangraph.cypher.bind.Scope;
import io.spangraph.cypher.bind.TypedExpression;
import io.spangraph.cypher.bind.Variables;
import io.spangraph.engine.expr.Expression.VariableRef;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.expr.Variable.Kind;

/** Gives the items of a projection their variables. */
final class ItemBindings {
    private ItemBindings() {}

    /**
     * What the name of the item stands for. A variable that goes on under its own name stays the same variable, and one
     * under a new name keeps its kind: a node is still a node.
     */
    static Binding of(ProjectedItem item, TypedExpression bound, Scope before, Variables variables) {
        if (item.expression() instanceof Name name && bound.expression() instanceof VariableRef(Variable variable)) {
            Binding known = before.find(name.name()).orElse(Binding.value(variable, bound.type()));
            return variable.name().equals(item.name())
                    ? known.as(variable)
                    : known.as(variables.named(item.name(), variable.kind()));
        }
        return Binding.value(variables.named(item.name(), Kind.VALUE), bound.type());
    }
}
