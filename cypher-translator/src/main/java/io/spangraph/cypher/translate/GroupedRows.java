package io.spangraph.cypher.translate;

import io.spangraph.cypher.ast.AstExpression;
import io.spangraph.cypher.ast.AstExpression.Name;
import io.spangraph.cypher.ast.AstExpression.PropertyAccess;
import io.spangraph.cypher.ast.AstExpression.Subquery;
import io.spangraph.cypher.ast.AstMentions;
import io.spangraph.cypher.ast.AstSubquery;
import io.spangraph.cypher.bind.Aggregates;
import io.spangraph.cypher.bind.Binding;
import io.spangraph.cypher.bind.ExpressionBinder;
import io.spangraph.cypher.bind.PathPart;
import io.spangraph.cypher.bind.SchemaNames;
import io.spangraph.cypher.bind.Scope;
import io.spangraph.cypher.bind.SubqueryLift;
import io.spangraph.cypher.bind.Substitution;
import io.spangraph.cypher.bind.TypedExpression;
import io.spangraph.cypher.bind.Variables;
import io.spangraph.cypher.error.CypherErrors;
import io.spangraph.engine.expr.AggregateCall;
import io.spangraph.engine.expr.Expression.VariableRef;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.expr.Variable.Kind;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.LogicalPlan.Aggregate;
import io.spangraph.engine.plan.LogicalPlan.AggregateItem;
import io.spangraph.engine.plan.LogicalPlan.Item;
import io.spangraph.engine.plan.LogicalPlan.Project;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Items with aggregates: the others are the grouping keys. What an item computes of aggregates is projected above the
 * grouping, and may use nothing but aggregates, constants, parameters and keys.
 */
final class GroupedRows implements ProjectionRows {
    private final Part before;
    private final boolean distinct;
    private final Variables variables;
    private final SchemaNames schema;
    private final ExpressionBinder rowBinder;
    private final LiftedRows ofRows;
    private final LiftedRows ofGroups;
    private final List<Binding> items = new ArrayList<>();
    private final List<Item> output = new ArrayList<>();
    private final List<Item> keys = new ArrayList<>();
    private final List<AggregateItem> aggregates = new ArrayList<>();
    private final Map<AstExpression, Binding> keyOf = new HashMap<>();
    private final Map<AstExpression, Binding> aggregateOf = new HashMap<>();
    private final Map<AstExpression, Binding> itemOf = new HashMap<>();
    private final Set<Variable> carried = new HashSet<>();
    private Scope keyScope = Scope.EMPTY;
    private Scope itemScope = Scope.EMPTY;
    private boolean computes;

    GroupedRows(
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
        this.ofRows = subqueries.over(before.plan()::variables);
        this.ofGroups = subqueries.over(() -> keys.stream().map(Item::variable).toList());
        this.rowBinder = new ExpressionBinder(before.scope(), schema, variables, Substitution.none(), ofRows);
        written.stream().filter(item -> !Aggregates.contains(item.expression())).forEach(this::addKey);
        written.forEach(this::addItem);
    }

    private void addKey(ProjectedItem item) {
        TypedExpression bound = rowBinder.bind(item.expression());
        Binding binding = ItemBindings.of(item, bound, before.scope(), variables);
        keys.add(new Item(bound.expression(), binding.variable()));
        itemOf.put(item.expression(), binding);
        if (item.expression() instanceof Name name) {
            keyScope = keyScope.with(name.name(), binding);
        }
        if (item.expression() instanceof Name || item.expression() instanceof PropertyAccess) {
            keyOf.putIfAbsent(item.expression(), binding);
        }
        itemScope = itemScope.with(item.name(), binding);
    }

    private void addItem(ProjectedItem item) {
        Optional<Binding> key = Aggregates.contains(item.expression()) ? Optional.empty() : itemScope.find(item.name());
        Binding binding = key.orElseGet(() -> addAggregateItem(item));
        items.add(binding);
        if (key.isPresent()) {
            output.add(new Item(new VariableRef(binding.variable()), binding.variable()));
        }
    }

    private Binding addAggregateItem(ProjectedItem item) {
        boolean single = Aggregates.isAggregate(item.expression()) && !aggregateOf.containsKey(item.expression());
        Binding binding;
        if (single) {
            binding = addAggregate(item.expression(), variables.named(item.name(), Kind.VALUE));
            output.add(new Item(new VariableRef(binding.variable()), binding.variable()));
        } else {
            ExpressionBinder binder = new ExpressionBinder(keyScope, schema, variables, this::inItem, ofGroups);
            TypedExpression bound = binder.bind(item.expression());
            binding = Binding.value(variables.named(item.name(), Kind.VALUE), bound.type());
            output.add(new Item(bound.expression(), binding.variable()));
            computes = true;
        }
        itemOf.putIfAbsent(item.expression(), binding);
        itemScope = itemScope.with(item.name(), binding);
        return binding;
    }

    private Binding addAggregate(AstExpression written, Variable variable) {
        AggregateCall call = Aggregates.bind(written, rowBinder);
        aggregates.add(new AggregateItem(call, variable));
        Binding binding = Binding.value(variable, Aggregates.resultType(call));
        aggregateOf.put(written, binding);
        return binding;
    }

    private Optional<TypedExpression> aggregate(AstExpression expression) {
        if (!Aggregates.isAggregate(expression)) {
            return Optional.empty();
        }
        Binding known = aggregateOf.get(expression);
        return Optional.of(
                reference(known == null ? addAggregate(expression, variables.anonymous(Kind.VALUE)) : known));
    }

    private static TypedExpression reference(Binding binding) {
        return new TypedExpression(new VariableRef(binding.variable()), binding.type());
    }

    /** What the parts of an item with aggregates are above the grouping. */
    private Optional<TypedExpression> inItem(AstExpression expression) {
        Binding key = keyOf.get(expression);
        if (key != null) {
            return Optional.of(reference(key));
        }
        if (expression instanceof Name name) {
            refuseImplicit(name);
        }
        if (expression instanceof Subquery subquery) {
            AstMentions.names(subquery.query())
                    .filter(name -> keyScope.find(name.name()).isEmpty())
                    .forEach(this::refuseImplicit);
        }
        return aggregate(expression);
    }

    private void refuseImplicit(Name name) {
        if (before.scope().find(name.name()).isPresent()) {
            throw CypherErrors.semantic(
                            "Aggregation column contains implicit grouping expressions: '"
                                    + PathPart.display(name.name())
                                    + "' is used beside an aggregating function but is no column of its own",
                            name.place().position())
                    .withHint("Return it as a column too, or compute the expression in a WITH before.");
        }
    }

    @Override
    public List<Binding> items() {
        return items;
    }

    @Override
    public ExpressionBinder sortBinder(SubqueryLift subqueries) {
        Scope visible = keyScope.hiddenBy(itemScope);
        return new ExpressionBinder(visible, schema, variables, expression -> inOrder(expression, visible), subqueries);
    }

    @Override
    public void carry(AstSubquery query) {
        ProjectionTranslator.refuseHidden(query, keyScope.hiddenBy(itemScope), before.scope());
    }

    @Override
    public List<Variable> variables() {
        return items.stream().map(Binding::variable).toList();
    }

    /** What the parts of an order are: items by what they say, their aliases, and further aggregates. */
    private Optional<TypedExpression> inOrder(AstExpression expression, Scope visible) {
        if (expression instanceof Name) {
            ProjectionTranslator.refuseHidden(expression, visible, before.scope());
            return Optional.empty();
        }
        Binding item = itemOf.get(expression);
        if (item != null) {
            return Optional.of(reference(item));
        }
        if (expression instanceof Subquery subquery) {
            carry(subquery.query());
        }
        if (distinct && Aggregates.isAggregate(expression)) {
            throw CypherErrors.semantic(
                    "In a WITH/RETURN with DISTINCT, it is not possible to order by an aggregation that is no column",
                    expression.place().position());
        }
        Optional<TypedExpression> aggregate = aggregate(expression);
        Optional.ofNullable(aggregateOf.get(expression)).map(Binding::variable).ifPresent(carried::add);
        return aggregate;
    }

    @Override
    public ExpressionBinder whereBinder(SubqueryLift subqueries) {
        Scope visible = itemScope;
        return new ExpressionBinder(
                visible,
                schema,
                variables,
                expression -> {
                    if (expression instanceof Name || expression instanceof Subquery) {
                        ProjectionTranslator.refuseHidden(expression, visible, before.scope());
                    }
                    return Optional.empty();
                },
                subqueries);
    }

    @Override
    public LogicalPlan plan() {
        Aggregate aggregated = new Aggregate(ofRows.over(before.plan()), keys, aggregates);
        if (!computes) {
            return aggregated;
        }
        LogicalPlan grouped = ofGroups.over(aggregated);
        List<Item> all = new ArrayList<>(output);
        List<Variable> there = output.stream().map(Item::variable).toList();
        for (Variable variable : grouped.variables()) {
            if (!there.contains(variable) && carried.contains(variable)) {
                all.add(new Item(new VariableRef(variable), variable));
            }
        }
        return new Project(grouped, all);
    }
}
