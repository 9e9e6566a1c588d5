package io.spangraph.engine.testkit;

import io.spangraph.engine.expr.AggregateCall;
import io.spangraph.engine.expr.AggregateCall.AggregateFunction;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Expression.FunctionCall;
import io.spangraph.engine.expr.Expression.ListLiteral;
import io.spangraph.engine.expr.Expression.Literal;
import io.spangraph.engine.expr.Expression.Property;
import io.spangraph.engine.expr.Expression.VariableRef;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.expr.Variable.Kind;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.LogicalPlan.Aggregate;
import io.spangraph.engine.plan.LogicalPlan.AggregateItem;
import io.spangraph.engine.plan.LogicalPlan.Apply;
import io.spangraph.engine.plan.LogicalPlan.ApplyKind;
import io.spangraph.engine.plan.LogicalPlan.Argument;
import io.spangraph.engine.plan.LogicalPlan.Distinct;
import io.spangraph.engine.plan.LogicalPlan.Filter;
import io.spangraph.engine.plan.LogicalPlan.Item;
import io.spangraph.engine.plan.LogicalPlan.Limit;
import io.spangraph.engine.plan.LogicalPlan.Project;
import io.spangraph.engine.plan.LogicalPlan.RollUpApply;
import io.spangraph.engine.plan.LogicalPlan.SemiApply;
import io.spangraph.engine.plan.LogicalPlan.ShortestPath;
import io.spangraph.engine.plan.LogicalPlan.Skip;
import io.spangraph.engine.plan.LogicalPlan.Sort;
import io.spangraph.engine.plan.LogicalPlan.SortKey;
import io.spangraph.engine.plan.LogicalPlan.Union;
import io.spangraph.engine.plan.LogicalPlan.Unwind;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;

/**
 * Random subqueries: counted, collected, called or asked for existence, with everything in them that works for each outer
 * row by itself. What they give is determined: a list is collected in a total order, and which rows a limit takes is told
 * by a total order or does not matter.
 */
final class RandomSubqueries {
    private final Random random;
    private final RandomPredicates predicates;
    private final RandomPatterns patterns;
    private final BiFunction<String, Kind, Variable> newVariable;

    RandomSubqueries(
            Random random,
            RandomPredicates predicates,
            RandomPatterns patterns,
            BiFunction<String, Kind, Variable> newVariable) {
        this.random = random;
        this.predicates = predicates;
        this.patterns = patterns;
        this.newVariable = newVariable;
    }

    /** COUNT, COLLECT, or a pattern comprehension. */
    LogicalPlan rollUp(LogicalPlan before) {
        if (chance(55)) {
            LogicalPlan inner = chance(60) ? inner(before) : computing(before);
            return new RollUpApply(before, inner, new AggregateItem(count(inner), variable("n")));
        }
        LogicalPlan rows = inner(before);
        Item item = computed(rows);
        LogicalPlan sorted = totallySorted(new Project(rows, List.of(item)));
        if (chance(30)) {
            sorted = sliced(sorted);
        }
        AggregateFunction function = chance(50) ? AggregateFunction.COLLECT : AggregateFunction.COLLECT_ROWS;
        AggregateCall call = new AggregateCall(function, List.of(new VariableRef(item.variable())), false);
        Variable list = variable("l");
        patterns.noteList(list);
        return new RollUpApply(before, sorted, new AggregateItem(call, list));
    }

    /** CALL { }. */
    LogicalPlan call(LogicalPlan before) {
        return new Apply(before, computing(before), chance(75) ? ApplyKind.INNER : ApplyKind.OPTIONAL);
    }

    /** EXISTS { } of a whole query. */
    LogicalPlan exists(LogicalPlan before) {
        return new SemiApply(before, computing(before), chance(50));
    }

    private LogicalPlan inner(LogicalPlan before) {
        return chance(38) ? patterns.independent(before) : patterns.inner(before, 25);
    }

    /** An inner side that gives values only, and computes them in several of the ways that a subquery can. */
    private LogicalPlan computing(LogicalPlan before) {
        LogicalPlan rows = source(before);
        if (chance(18)) {
            return countedOfSome(rows);
        }
        boolean grouped = chance(30);
        LogicalPlan plan = grouped ? aggregated(rows, true) : values(rows);
        if (chance(30)) {
            plan = new Distinct(plan);
        }
        if (chance(45)) {
            plan = sliced(totallySorted(plan));
            if (chance(40)) {
                plan = new Filter(plan, predicates.condition(plan.variables()));
            }
        }
        return chance(35) ? aggregated(plan, false) : plan;
    }

    private LogicalPlan source(LogicalPlan before) {
        return switch (random.nextInt(10)) {
            case 0, 1 -> union(before);
            case 2, 3 -> unwound(before);
            case 4, 5, 6 -> nested(before);
            default -> inner(before);
        };
    }

    private LogicalPlan values(LogicalPlan rows) {
        List<Item> items = new ArrayList<>(List.of(computed(rows)));
        if (chance(40)) {
            items.add(computed(rows));
        }
        return new Project(rows, items);
    }

    private LogicalPlan aggregated(LogicalPlan rows, boolean grouped) {
        List<Item> keys = grouped ? List.of(computed(rows)) : List.of();
        List<AggregateItem> aggregates = new ArrayList<>();
        aggregates.add(new AggregateItem(count(rows), variable("c")));
        if (chance(50)) {
            AggregateFunction function = chance(50) ? AggregateFunction.MIN : AggregateFunction.MAX;
            AggregateCall call = new AggregateCall(function, List.of(value(rows)), false);
            aggregates.add(new AggregateItem(call, variable("m")));
        }
        LogicalPlan plan = new Aggregate(rows, keys, aggregates);
        return chance(15) ? new Filter(plan, predicates.condition(plan.variables())) : plan;
    }

    /** Which rows a limit takes does not matter where they are only counted. */
    private LogicalPlan countedOfSome(LogicalPlan rows) {
        LogicalPlan some = chance(40) ? new Skip(rows, number(1)) : rows;
        LogicalPlan limited = new Limit(some, number(random.nextInt(4)));
        AggregateCall count = new AggregateCall(AggregateFunction.COUNT_ROWS, List.of(), false);
        return new Aggregate(limited, List.of(), List.of(new AggregateItem(count, variable("c"))));
    }

    private LogicalPlan union(LogicalPlan before) {
        List<LogicalPlan> sides = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            LogicalPlan rows = inner(before);
            sides.add(new Project(rows, List.of(computed(rows))));
        }
        return new Union(
                sides.get(0),
                sides.get(1),
                sides.get(0).variables(),
                sides.get(1).variables());
    }

    private LogicalPlan unwound(LogicalPlan before) {
        LogicalPlan rows = chance(50) ? new Argument(before.variables()) : inner(before);
        Expression list = new ListLiteral(List.of(value(rows), new Literal(Value.of("p")), number(1)));
        Variable element = variable("e");
        return new Unwind(rows, list, element);
    }

    /** A subquery for each row of a subquery. */
    private LogicalPlan nested(LogicalPlan before) {
        LogicalPlan rows = inner(before);
        LogicalPlan plan = switch (random.nextInt(3)) {
            case 0 -> rollUp(rows);
            case 1 -> call(rows);
            default -> exists(rows);
        };
        return chance(50) ? aggregated(plan, false) : values(plan);
    }

    private LogicalPlan totallySorted(LogicalPlan plan) {
        List<SortKey> keys = plan.variables().stream()
                .map(variable -> new SortKey(new VariableRef(variable), chance(30)))
                .toList();
        return new Sort(plan, keys);
    }

    private LogicalPlan sliced(LogicalPlan sorted) {
        LogicalPlan plan = chance(40) ? new Skip(sorted, number(1)) : sorted;
        return chance(85) ? new Limit(plan, number(1 + random.nextInt(3))) : plan;
    }

    private AggregateCall count(LogicalPlan rows) {
        List<Variable> nodes = rows.variables().stream()
                .filter(variable -> variable.kind() == Kind.NODE)
                .toList();
        return switch (random.nextInt(3)) {
            case 0 -> new AggregateCall(AggregateFunction.COUNT, List.of(value(rows)), chance(50));
            case 1 ->
                nodes.isEmpty()
                        ? new AggregateCall(AggregateFunction.COUNT_ROWS, List.of(), false)
                        : new AggregateCall(
                                AggregateFunction.COUNT, List.of(new VariableRef(oneOf(nodes))), chance(50));
            default -> new AggregateCall(AggregateFunction.COUNT_ROWS, List.of(), false);
        };
    }

    /**
     * The shortest walks between two nodes that are bound. One of several is taken as its length; all of them as they are.
     */
    LogicalPlan shortestPath(LogicalPlan before) {
        List<Variable> nodes = patterns.startable(before);
        Variable from = oneOf(nodes);
        Variable to = oneOf(nodes);
        boolean all = chance(50);
        ShortestPath path = patterns.shortestPath(before, from, to, all);
        if (all) {
            return path;
        }
        List<Item> items = new ArrayList<>();
        before.variables().forEach(variable -> items.add(new Item(new VariableRef(variable), variable)));
        items.add(new Item(new FunctionCall("size", List.of(new VariableRef(path.walk()))), variable("d")));
        return new Project(path, items);
    }

    private Item computed(LogicalPlan rows) {
        Item item = new Item(value(rows), variable("v"));
        predicates.computed(item.variable(), item.expression());
        return item;
    }

    private Expression value(LogicalPlan rows) {
        List<Variable> simple = rows.variables().stream()
                .filter(variable -> variable.isEntity() || !patterns.isWalk(variable))
                .toList();
        if (simple.isEmpty()) {
            return number(1);
        }
        Variable variable = oneOf(simple);
        return variable.isEntity()
                ? new Property(new VariableRef(variable), predicates.property(variable))
                : new VariableRef(variable);
    }

    private Variable variable(String name) {
        return newVariable.apply(name, Kind.VALUE);
    }

    private static Expression number(long value) {
        return new Literal(Value.of(value));
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
