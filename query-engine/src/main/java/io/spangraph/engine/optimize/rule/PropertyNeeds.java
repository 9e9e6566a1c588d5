package io.spangraph.engine.optimize.rule;

import io.spangraph.engine.expr.AggregateCall;
import io.spangraph.engine.expr.AggregateCall.AggregateFunction;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Expression.Compare;
import io.spangraph.engine.expr.Expression.FunctionCall;
import io.spangraph.engine.expr.Expression.In;
import io.spangraph.engine.expr.Expression.IsNull;
import io.spangraph.engine.expr.Expression.Literal;
import io.spangraph.engine.expr.Expression.Property;
import io.spangraph.engine.expr.Expression.Subscript;
import io.spangraph.engine.expr.Expression.VariableRef;
import io.spangraph.engine.expr.ExpressionTree;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.plan.EdgeCandidate;
import io.spangraph.engine.plan.VertexCandidate;
import io.spangraph.model.schema.PropertyMapping;
import io.spangraph.model.value.Value;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Which properties of which variables are asked for; a mutable note that {@link PruneProperties} carries down a plan. */
final class PropertyNeeds {
    /** Functions that ask a node or relationship for its identity, labels or type only. */
    private static final Set<String> OF_IDENTITY = Set.of("elementid", "id", "labels", "type");

    private final Map<Variable, Need> needs = new HashMap<>();

    /** What is asked of one variable; for a plain value that it is asked for at all. */
    private static final class Need {
        private final Set<String> names = new HashSet<>();
        private boolean whole;
        private boolean lazyToo;

        void addAll(Need other) {
            names.addAll(other.names);
            whole |= other.whole;
            lazyToo |= other.lazyToo;
        }
    }

    PropertyNeeds copy() {
        PropertyNeeds copy = new PropertyNeeds();
        copy.addAll(this);
        return copy;
    }

    void addAll(PropertyNeeds others) {
        others.needs.forEach((variable, need) -> of(variable).addAll(need));
    }

    /** The variable as a value: with all properties but the lazy ones. */
    void addWhole(Variable variable) {
        of(variable).whole = true;
    }

    /** What is asked of one variable above is asked of another below. */
    void passOn(Variable below, PropertyNeeds above, Variable variable) {
        if (above.needs.containsKey(variable)) {
            of(below).addAll(above.of(variable));
        }
    }

    boolean asksFor(Variable variable) {
        return needs.containsKey(variable);
    }

    /** What an aggregate asks for; counting nodes takes their identity only. */
    void add(AggregateCall call) {
        boolean counts = call.function() == AggregateFunction.COUNT;
        call.arguments().forEach(counts ? this::addOrdering : this::add);
    }

    /** What it takes to compare by the expression: of a node or relationship the identity. */
    void addOrdering(Expression expression) {
        if (!isEntity(expression)) {
            add(expression);
        }
    }

    /** What it takes to evaluate the expression. */
    void add(Expression expression) {
        if (expression instanceof VariableRef(Variable variable)) {
            addWhole(variable);
        } else if (expression instanceof Property(VariableRef subject, String name)) {
            of(subject.variable()).names.add(name);
        } else if (expression instanceof Subscript(VariableRef subject, Expression index)
                && subject.variable().isEntity()) {
            addSubscript(subject.variable(), index);
        } else {
            boolean ofIdentity = expression instanceof IsNull
                    || expression instanceof Compare
                    || expression instanceof In
                    || expression instanceof Expression.HasLabels
                    || (expression instanceof FunctionCall call
                            && OF_IDENTITY.contains(call.name().toLowerCase(Locale.ROOT)));
            ExpressionTree.children(expression).forEach(ofIdentity ? this::addOrdering : this::add);
        }
    }

    Set<String> ofVertices(Variable node, List<VertexCandidate> candidates) {
        Set<String> names = new TreeSet<>();
        candidates.forEach(
                candidate -> addMapped(node, candidate.type().properties().values(), names));
        return names;
    }

    Set<String> ofEdges(Variable relationship, List<EdgeCandidate> candidates) {
        Set<String> names = new TreeSet<>();
        candidates.forEach(candidate ->
                addMapped(relationship, candidate.type().properties().values(), names));
        return names;
    }

    private void addMapped(Variable variable, Collection<PropertyMapping> mapped, Set<String> names) {
        Need need = needs.getOrDefault(variable, new Need());
        for (PropertyMapping property : mapped) {
            if (need.lazyToo || need.names.contains(property.name()) || (need.whole && !property.lazy())) {
                names.add(property.name());
            }
        }
    }

    private void addSubscript(Variable variable, Expression index) {
        if (index instanceof Literal(Value.StringValue(String name))) {
            of(variable).names.add(name);
        } else {
            of(variable).lazyToo = true;
            add(index);
        }
    }

    private static boolean isEntity(Expression expression) {
        return expression instanceof VariableRef(Variable variable) && variable.isEntity();
    }

    private Need of(Variable variable) {
        return needs.computeIfAbsent(variable, any -> new Need());
    }
}
