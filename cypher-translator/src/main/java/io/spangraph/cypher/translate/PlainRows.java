package io.spangraph.cypher.translate;

import io.spangraph.cypher.ast.AstExpression;
import io.spangraph.cypher.ast.AstExpression.Name;
import io.spangraph.cypher.ast.AstExpression.Subquery;
import io.spangraph.cypher.ast.AstMentions;
import io.spangraph.cypher.ast.AstSubquery;
import io.spangraph.cypher.ast.AstWalk;
import io.spangraph.cypher.bind.Binding;
import io.spangraph.cypher.bind.ExpressionBinder;
import io.spangraph.cypher.bind.SchemaNames;
import io.spangraph.cypher.bind.Scope;
import io.spangraph.cypher.bind.SubqueryLift;
import io.spangraph.cypher.bind.Substitution;
import io.spangraph.cypher.bind.TypedExpression;
import io.spangraph.cypher.bind.Variables;
import io.spangraph.engine.expr.Expression.VariableRef;
import io.spangraph.engine.expr.ExpressionTree;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.LogicalPlan.Item;
import io.spangraph.engine.plan.LogicalPlan.Project;
import io.spangraph.engine.plan.LogicalPlan.SortKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Items without aggregates. Unless they are made distinct, an order may still mention what was there before. */
final class PlainRows implements ProjectionRows {
    private final Part before;
    private final boolean distinct;
    private final Variables variables;
    private final SchemaNames schema;
    private final LiftedRows lifted;
    private final List<Binding> items = new ArrayList<>();
    private final List<Item> projected = new ArrayList<>();
    private final Map<AstExpression, Binding> computed = new HashMap<>();
    private final Set<Variable> carried = new LinkedHashSet<>();
    private Scope itemScope = Scope.EMPTY;

    PlainRows(
            List<ProjectedItem> written,
            boolean distinct,
            Part before,
            Variables variables,
            SchemaNames schema,
            Subqueries subqueries) {
        this.before = before;
        this.distinct = distinct;
        this.variables = variables;
        this.schema = schema;
        this.lifted = subqueries.over(before.plan()::variables);
        ExpressionBinder binder = new ExpressionBinder(before.scope(), schema, variables, Substitution.none(), lifted);
        for (ProjectedItem item : written) {
            TypedExpression bound = binder.bind(item.expression());
            Binding binding = ItemBindings.of(item, bound, before.scope(), variables);
            items.add(binding);
            projected.add(new Item(bound.expression(), binding.variable()));
            itemScope = itemScope.with(item.name(), binding);
            computed.putIfAbsent(item.expression(), binding);
        }
    }

    @Override
    public List<Binding> items() {
        return items;
    }

    @Override
    public ExpressionBinder sortBinder(SubqueryLift subqueries) {
        Scope visible = visible();
        return new ExpressionBinder(
                visible, schema, variables, expression -> substitute(expression, visible), subqueries);
    }

    @Override
    public ExpressionBinder whereBinder(SubqueryLift subqueries) {
        return sortBinder(subqueries);
    }

    private Scope visible() {
        return distinct ? itemScope : before.scope().hiddenBy(itemScope);
    }

    @Override
    public void carry(AstSubquery query) {
        AstMentions mentions = AstMentions.of(query);
        if (distinct) {
            ProjectionTranslator.refuseHidden(query, itemScope, before.scope());
            return;
        }
        List<Variable> there = before.plan().variables();
        visible().only(mentions::has).bindings().stream()
                .map(Binding::variable)
                .filter(there::contains)
                .forEach(this::carry);
    }

    @Override
    public List<Variable> variables() {
        List<Variable> all =
                new ArrayList<>(projected.stream().map(Item::variable).toList());
        all.addAll(carried);
        return all;
    }

    private Optional<TypedExpression> substitute(AstExpression expression, Scope visible) {
        Binding item = computed.get(expression);
        if (item != null && !(expression instanceof Name) && means(expression, visible)) {
            return Optional.of(new TypedExpression(new VariableRef(item.variable()), item.type()));
        }
        if (expression instanceof Subquery subquery) {
            carry(subquery.query());
        } else if (expression instanceof Name name) {
            if (distinct) {
                if (item != null && itemScope.find(name.name()).isEmpty()) {
                    return Optional.of(new TypedExpression(new VariableRef(item.variable()), item.type()));
                }
                ProjectionTranslator.refuseHidden(expression, itemScope, before.scope());
            } else {
                visible.find(name.name()).map(Binding::variable).ifPresent(this::carry);
            }
        }
        return Optional.empty();
    }

    /** True when no alias has given the names in the expression another meaning. */
    private boolean means(AstExpression expression, Scope visible) {
        return AstWalk.names(expression).stream().allMatch(name -> {
            Optional<Binding> now = distinct ? itemScope.find(name.name()) : visible.find(name.name());
            return now.isEmpty()
                    || now.map(Binding::variable)
                            .equals(before.scope().find(name.name()).map(Binding::variable));
        });
    }

    private void carry(Variable variable) {
        if (items.stream().noneMatch(item -> item.variable().equals(variable))) {
            carried.add(variable);
        }
    }

    @Override
    public LogicalPlan plan() {
        List<Item> all = new ArrayList<>(projected);
        carried.forEach(variable -> all.add(passed(variable)));
        return new Project(lifted.over(before.plan()), all);
    }

    @Override
    public Optional<LogicalPlan> planOfCut(List<SortKey> keys, UnaryOperator<LogicalPlan> orderAndCut) {
        Set<Variable> late =
                projected.stream().filter(this::isLate).map(Item::variable).collect(Collectors.toSet());
        boolean early =
                keys.stream().allMatch(key -> Collections.disjoint(ExpressionTree.variables(key.expression()), late));
        if (lifted.isEmpty() || distinct || !early || before.plan().variables().isEmpty()) {
            return Optional.empty();
        }
        Map<Variable, Item> first = new LinkedHashMap<>();
        before.plan().variables().forEach(variable -> first.put(variable, passed(variable)));
        projected.stream().filter(item -> !isLate(item)).forEach(item -> first.putIfAbsent(item.variable(), item));
        LogicalPlan left = orderAndCut.apply(new Project(before.plan(), List.copyOf(first.values())));
        List<Item> all = new ArrayList<>();
        projected.forEach(item -> all.add(isLate(item) ? item : passed(item.variable())));
        carried.forEach(variable -> all.add(passed(variable)));
        return Optional.of(new Project(lifted.over(left), all));
    }

    /** True for an item that needs the value of a query. */
    private boolean isLate(Item item) {
        return !Collections.disjoint(ExpressionTree.variables(item.expression()), lifted.results());
    }

    private static Item passed(Variable variable) {
        return new Item(new VariableRef(variable), variable);
    }
}
