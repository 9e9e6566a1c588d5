package io.spangraph.cypher.translate;

import io.spangraph.cypher.ast.Place;
import io.spangraph.cypher.bind.Binding;
import io.spangraph.cypher.bind.Scope;
import io.spangraph.cypher.bind.StaticType;
import io.spangraph.cypher.bind.Variables;
import io.spangraph.cypher.error.CypherErrors;
import io.spangraph.cypher.translate.QueryTranslator.Translated;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Expression.FunctionCall;
import io.spangraph.engine.expr.Expression.VariableRef;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.expr.Variable.Kind;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.LogicalPlan.Item;
import io.spangraph.engine.plan.LogicalPlan.Project;
import io.spangraph.engine.plan.LogicalPlan.Union;
import io.spangraph.engine.plan.QueryPlan.ResultColumn;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Puts the rows of two queries together. Columns meet by name, and where their kinds differ both become values. */
final class UnionTranslator {
    private UnionTranslator() {}

    static Translated union(Translated left, Translated right, Variables variables, Place place) {
        List<ResultColumn> ordered = inOrderOf(left.columns(), right.columns(), place);
        Set<Integer> mixed = new HashSet<>();
        for (int i = 0; i < ordered.size(); i++) {
            if (left.columns().get(i).variable().kind()
                    != ordered.get(i).variable().kind()) {
                mixed.add(i);
            }
        }
        Translated first = values(left, mixed, variables);
        Translated second = values(new Translated(right.plan(), ordered, right.scope()), mixed, variables);
        return new Translated(
                new Union(first.plan(), second.plan(), boundBy(first.columns()), boundBy(second.columns())),
                first.columns(),
                scope(first.columns()));
    }

    private static List<ResultColumn> inOrderOf(List<ResultColumn> left, List<ResultColumn> right, Place place) {
        List<ResultColumn> ordered = new ArrayList<>();
        for (ResultColumn column : left) {
            right.stream().filter(other -> other.name().equals(column.name())).forEach(ordered::add);
        }
        if (ordered.size() != left.size() || ordered.size() != right.size()) {
            throw CypherErrors.semantic(
                    "All sub queries in an UNION must have the same return column names", place.position());
        }
        return ordered;
    }

    /** The same rows with some columns as plain values: a call makes a value of a node, a reference passes it on. */
    private static Translated values(Translated query, Set<Integer> columns, Variables variables) {
        if (columns.isEmpty()) {
            return query;
        }
        List<Item> items = new ArrayList<>();
        List<ResultColumn> renamed = new ArrayList<>();
        for (int i = 0; i < query.columns().size(); i++) {
            ResultColumn column = query.columns().get(i);
            Expression reference = new VariableRef(column.variable());
            boolean value = columns.contains(i) && column.variable().isEntity();
            Variable variable = value ? variables.copyOf(column.variable(), Kind.VALUE) : column.variable();
            items.add(new Item(value ? new FunctionCall("coalesce", List.of(reference)) : reference, variable));
            renamed.add(new ResultColumn(column.name(), variable));
        }
        LogicalPlan plan = new Project(query.plan(), items);
        return new Translated(plan, renamed, query.scope());
    }

    /** What is known of a column is what its kind says: its values may come from either side. */
    private static Scope scope(List<ResultColumn> columns) {
        Scope scope = Scope.EMPTY;
        for (ResultColumn column : columns) {
            StaticType type = switch (column.variable().kind()) {
                case NODE -> StaticType.NODE;
                case RELATIONSHIP -> StaticType.RELATIONSHIP;
                case VALUE -> StaticType.ANY;
            };
            scope = scope.with(column.name(), Binding.value(column.variable(), type));
        }
        return scope;
    }

    private static List<Variable> boundBy(List<ResultColumn> columns) {
        return columns.stream().map(ResultColumn::variable).toList();
    }
}
