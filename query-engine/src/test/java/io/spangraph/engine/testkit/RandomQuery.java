package io.spangraph.engine.testkit;

import io.spangraph.engine.expr.AggregateCall;
import io.spangraph.engine.expr.AggregateCall.AggregateFunction;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Expression.Compare;
import io.spangraph.engine.expr.Expression.CompareOperator;
import io.spangraph.engine.expr.Expression.FunctionCall;
import io.spangraph.engine.expr.Expression.ListLiteral;
import io.spangraph.engine.expr.Expression.Literal;
import io.spangraph.engine.expr.Expression.Or;
import io.spangraph.engine.expr.Expression.Property;
import io.spangraph.engine.expr.Expression.VariableRef;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.expr.Variable.Kind;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.LogicalPlan.Aggregate;
import io.spangraph.engine.plan.LogicalPlan.AggregateItem;
import io.spangraph.engine.plan.LogicalPlan.Distinct;
import io.spangraph.engine.plan.LogicalPlan.Filter;
import io.spangraph.engine.plan.LogicalPlan.Item;
import io.spangraph.engine.plan.LogicalPlan.Limit;
import io.spangraph.engine.plan.LogicalPlan.Project;
import io.spangraph.engine.plan.LogicalPlan.SingleRow;
import io.spangraph.engine.plan.LogicalPlan.Skip;
import io.spangraph.engine.plan.LogicalPlan.Sort;
import io.spangraph.engine.plan.LogicalPlan.SortKey;
import io.spangraph.engine.plan.LogicalPlan.Union;
import io.spangraph.engine.plan.LogicalPlan.Unwind;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * A random query as a translator would emit it. Every answer is determined as a bag of rows, and in order where
 * {@link #ordered()} says so: LIMIT follows a total order, and of a group of nodes only what all of them share is used.
 */
public final class RandomQuery {
    private final Random random;
    private final RandomPredicates predicates;
    private final RandomPatterns patterns;
    private final RandomSubqueries subqueries;
    private LogicalPlan plan = new SingleRow();
    private boolean ordered;
    private int nextVariable;

    public RandomQuery(Random random, RandomGraph graph, Optional<String> tenant) {
        this.random = random;
        this.predicates = new RandomPredicates(random, graph, tenant);
        this.patterns = new RandomPatterns(random, predicates, this::variable);
        this.subqueries = new RandomSubqueries(random, predicates, patterns, this::variable);
        if (chance(8)) {
            union();
        } else {
            if (chance(12) && predicates.parents().isEmpty()) {
                unwind();
            }
            boolean neighbours = plan instanceof SingleRow && chance(35);
            plan = neighbours ? patterns.neighboursInsideScope(plan) : patterns.match(plan);
            if (neighbours && chance(85)) {
                aggregate(Optional.of(chance(75) ? nodes().getFirst() : oneOf(nodes())));
            }
            if (chance(34)) {
                shortestPath();
            }
            int further = random.nextInt(4);
            for (int i = 0; i < further; i++) {
                clause();
            }
            if (chance(65)) {
                clauseOfEachRow();
            }
            if (chance(25)) {
                clauseOfEachRow();
            }
        }
        returnRows();
    }

    public LogicalPlan plan() {
        return plan;
    }

    public List<Variable> columns() {
        return plan.variables();
    }

    /** True if the rows have one order only. */
    public boolean ordered() {
        return ordered;
    }

    public Map<String, Value> parameters() {
        return predicates.parameters();
    }

    /** The first id that no variable has. */
    public int nextVariable() {
        return nextVariable;
    }

    private Variable variable(String name, Kind kind) {
        int id = nextVariable++;
        return new Variable(name + id, id, kind);
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private void clause() {
        switch (random.nextInt(9)) {
            case 0 -> plan = patterns.match(plan);
            case 1, 2 -> subquery(patterns.optionalMatch(plan));
            case 3 -> subquery(patterns.exists(plan));
            case 4 -> unwind();
            case 5, 6, 7 -> with();
            default -> guardedFilters();
        }
    }

    /** What is computed for each row by itself: subqueries and paths. */
    private void clauseOfEachRow() {
        switch (random.nextInt(10)) {
            case 0, 1, 2, 3 -> subquery(subqueries.rollUp(plan));
            case 4, 5, 6, 7 -> subquery(subqueries.call(plan));
            case 8 -> subquery(subqueries.exists(plan));
            default -> shortestPath();
        }
    }

    private void shortestPath() {
        if (!patterns.startable(plan).isEmpty()) {
            plan = subqueries.shortestPath(plan);
        }
    }

    private void subquery(LogicalPlan apply) {
        List<Variable> outer = apply.inputs().getFirst().variables();
        List<Variable> asked = simple(chance(70) ? outer : apply.variables());
        plan = chance(45) && !asked.isEmpty() ? new Filter(apply, predicates.condition(asked)) : apply;
    }

    private void unwind() {
        Variable element = variable("e", Kind.VALUE);
        List<Expression> elements = new ArrayList<>(List.of(new Literal(Value.of("p")), new Literal(Value.of(1L))));
        Expression list = new ListLiteral(elements);
        if (!nodes().isEmpty() && chance(50)) {
            list = new ListLiteral(List.of(value(), new Literal(Value.of("q"))));
        }
        plan = new Unwind(plan, list, element);
        if (chance(60)) {
            plan = new Filter(plan, predicates.condition(simple(plan.variables())));
        }
    }

    private void guardedFilters() {
        if (!nodes().isEmpty()) {
            for (Expression condition : predicates.guarded(oneOf(nodes()))) {
                plan = new Filter(plan, condition);
            }
        }
    }

    /** WITH: passes variables on, computes values, groups, and filters what comes of it. */
    private void with() {
        if (chance(40)) {
            aggregate();
            List<Variable> keys =
                    ((Aggregate) plan).keys().stream().map(Item::variable).toList();
            if (!keys.isEmpty() && chance(75)) {
                plan = new Filter(plan, predicates.condition(keys));
            } else {
                filterAfterWith(60);
            }
            return;
        }
        List<Item> items = new ArrayList<>();
        boolean valuesOnly = chance(45);
        for (Variable variable : plan.variables()) {
            if (!valuesOnly && chance(85)) {
                boolean renamed = chance(30);
                items.add(new Item(
                        new VariableRef(variable), renamed ? variable(variable.name(), variable.kind()) : variable));
                if (renamed) {
                    patterns.rename(variable, items.getLast().variable());
                }
            }
        }
        if (items.isEmpty() || chance(60)) {
            items.add(computed("v"));
        }
        if (valuesOnly) {
            items.add(computed("v"));
        }
        plan = new Project(plan, items);
        if (chance(35)) {
            plan = new Distinct(plan);
            patterns.freeze(plan.variables());
        }
        if (valuesOnly || chance(40)) {
            plan = new Sort(plan, totalOrder());
            boolean onlyValues = plan.variables().stream().noneMatch(Variable::isEntity);
            if (onlyValues && chance(65)) {
                plan = new Limit(plan, new Literal(Value.of(1L + random.nextInt(3))));
            }
        }
        if (plan instanceof Limit) {
            filterAfterLimit();
        } else {
            filterAfterWith(85);
        }
    }

    /**
     * What is large in the order stands first in one of its directions, so that a filter asks for other rows than it would
     * below the limit.
     */
    private void filterAfterLimit() {
        Optional<Variable> first = plan.variables().stream()
                .filter(variable -> !variable.isEntity())
                .findFirst();
        if (first.isPresent() && chance(60)) {
            Expression value = new VariableRef(first.get());
            plan = new Filter(
                    plan,
                    new Or(List.of(
                            below(value, Value.of(1L + random.nextInt(3))),
                            below(value, Value.of(oneOf(List.of("k2", "n", "p")))))));
        } else {
            filterAfterWith(95);
        }
    }

    private static Expression below(Expression value, Value limit) {
        return new Compare(CompareOperator.LESS, value, new Literal(limit));
    }

    private void filterAfterWith(int percent) {
        List<Variable> simple = simple(plan.variables());
        if (chance(percent) && !simple.isEmpty()) {
            plan = new Filter(plan, predicates.condition(simple));
        }
    }

    private Item computed(String name) {
        Item item = new Item(predicates.computedOf(value()), variable(name, Kind.VALUE));
        predicates.computed(item.variable(), item.expression());
        return item;
    }

    private void aggregate() {
        aggregate(Optional.of(nodes())
                .filter(nodes -> !nodes.isEmpty() && chance(30))
                .map(this::oneOf));
    }

    private void aggregate(Optional<Variable> node) {
        List<Item> keys = new ArrayList<>();
        if (chance(node.isPresent() ? 60 : 70)) {
            keys.add(computed("k"));
        }
        node.ifPresent(key -> keys.add(new Item(new VariableRef(key), key)));
        List<AggregateItem> aggregates = new ArrayList<>();
        aggregates.add(new AggregateItem(aggregateCall(), variable("a", Kind.VALUE)));
        if (chance(40)) {
            aggregates.add(new AggregateItem(
                    new AggregateCall(AggregateFunction.COUNT_ROWS, List.of(), false), variable("c", Kind.VALUE)));
        }
        plan = new Aggregate(plan, keys, aggregates);
        patterns.freeze(plan.variables());
    }

    private AggregateCall aggregateCall() {
        if (nodes().isEmpty()) {
            return new AggregateCall(AggregateFunction.COUNT_ROWS, List.of(), false);
        }
        Variable node = oneOf(nodes());
        Expression x = new Property(new VariableRef(node), "x");
        return switch (random.nextInt(6)) {
            case 0 -> new AggregateCall(AggregateFunction.COUNT, List.of(new VariableRef(node)), chance(50));
            case 1 -> new AggregateCall(AggregateFunction.SUM, List.of(x), chance(30));
            case 2 -> new AggregateCall(AggregateFunction.AVG, List.of(x), false);
            case 3 -> new AggregateCall(AggregateFunction.MIN, List.of(value()), false);
            case 4 -> new AggregateCall(AggregateFunction.MAX, List.of(value()), false);
            default -> new AggregateCall(AggregateFunction.COUNT, List.of(value()), chance(50));
        };
    }

    /** Rows of two patterns under the same names, with a condition on both. */
    private void union() {
        List<LogicalPlan> sides = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            LogicalPlan match = patterns.match(new SingleRow());
            plan = match;
            sides.add(new Project(
                    match,
                    List.of(computed("u"), new Item(new VariableRef(oneOf(nodes())), variable("n", Kind.NODE)))));
        }
        plan = new Union(
                sides.get(0),
                sides.get(1),
                sides.get(0).variables(),
                sides.get(1).variables());
        patterns.freeze(plan.variables());
        if (chance(85)) {
            plan = new Filter(plan, predicates.condition(plan.variables()));
        }
    }

    private void returnRows() {
        if (chance(30)) {
            aggregate();
        } else {
            List<Item> items = new ArrayList<>();
            List<Variable> bound = plan.variables();
            if (!bound.isEmpty() && chance(60)) {
                Variable whole = oneOf(bound);
                items.add(new Item(new VariableRef(whole), whole));
            }
            int values = 1 + random.nextInt(2);
            for (int i = 0; i < values; i++) {
                items.add(computed("r"));
            }
            plan = new Project(plan, items);
            if (chance(20)) {
                plan = identities(new Distinct(plan));
            }
        }
        if (chance(45)) {
            orderAndLimit();
        }
    }

    /** Rows of one identity may differ in their properties, and any one of them stands for all. */
    private LogicalPlan identities(LogicalPlan distinct) {
        List<Item> items = new ArrayList<>();
        for (Variable variable : distinct.variables()) {
            Expression value = new VariableRef(variable);
            items.add(
                    variable.isEntity()
                            ? new Item(new FunctionCall("elementId", List.of(value)), variable("i", Kind.VALUE))
                            : new Item(value, variable));
        }
        return new Project(distinct, items);
    }

    private void orderAndLimit() {
        ordered = true;
        plan = new Sort(plan, totalOrder());
        if (chance(30)) {
            List<Item> items = new ArrayList<>();
            plan.variables().forEach(variable -> items.add(new Item(new VariableRef(variable), variable)));
            plan = new Project(plan, items);
        }
        if (chance(40)) {
            plan = new Skip(plan, new Literal(Value.of(1L)));
        }
        if (chance(80)) {
            // A filter that passes the limit shows where it lets in rows that the limit keeps out.
            boolean filtered = chance(40);
            plan = new Limit(plan, new Literal(Value.of(filtered ? 1L : 2L + random.nextInt(5))));
            if (filtered) {
                filterAfterLimit();
            }
        }
    }

    private List<SortKey> totalOrder() {
        List<SortKey> keys = new ArrayList<>();
        plan.variables().forEach(variable -> keys.add(new SortKey(new VariableRef(variable), chance(50))));
        return keys;
    }

    /** A value of some variable that is bound. */
    private Expression value() {
        List<Variable> simple = simple(plan.variables());
        if (simple.isEmpty()) {
            return new Literal(Value.of(1L));
        }
        Variable variable = oneOf(simple);
        return variable.isEntity()
                ? new Property(new VariableRef(variable), predicates.property(variable))
                : new VariableRef(variable);
    }

    private List<Variable> simple(List<Variable> variables) {
        return variables.stream().filter(this::isSimple).toList();
    }

    private List<Variable> nodes() {
        return plan.variables().stream()
                .filter(variable -> variable.kind() == Kind.NODE)
                .toList();
    }

    /** Not a list, nor a node that stands for equal ones of which some have no row: it may have the values of any. */
    private boolean isSimple(Variable variable) {
        return variable.isEntity()
                ? !(patterns.isFrozen(variable) && predicates.nodesMayStandIn())
                : !patterns.isWalk(variable);
    }
}
