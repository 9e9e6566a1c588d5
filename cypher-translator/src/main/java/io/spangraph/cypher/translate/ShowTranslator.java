package io.spangraph.cypher.translate;

import io.spangraph.cypher.ast.AstClause.Show;
import io.spangraph.cypher.ast.AstClause.SortItem;
import io.spangraph.cypher.ast.AstClause.Yields;
import io.spangraph.cypher.ast.AstExpression;
import io.spangraph.cypher.ast.AstExpression.Name;
import io.spangraph.cypher.ast.AstWalk;
import io.spangraph.cypher.bind.Binding;
import io.spangraph.cypher.bind.ExpressionBinder;
import io.spangraph.cypher.bind.SchemaNames;
import io.spangraph.cypher.bind.Scope;
import io.spangraph.cypher.bind.Variables;
import io.spangraph.cypher.error.CypherErrors;
import io.spangraph.cypher.translate.ProjectionTranslator.Projected;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Expression.VariableRef;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.expr.Variable.Kind;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.LogicalPlan.Item;
import io.spangraph.engine.plan.LogicalPlan.Limit;
import io.spangraph.engine.plan.LogicalPlan.Project;
import io.spangraph.engine.plan.LogicalPlan.Skip;
import io.spangraph.engine.plan.LogicalPlan.Sort;
import io.spangraph.engine.plan.LogicalPlan.SortKey;
import io.spangraph.engine.plan.LogicalPlan.YieldItem;
import io.spangraph.engine.plan.QueryPlan.ResultColumn;
import io.spangraph.engine.procedure.Procedure;
import io.spangraph.engine.procedure.Procedure.Column;
import io.spangraph.engine.procedure.ShowCommands;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Translates SHOW commands: the rows of the command, then ORDER BY, SKIP, LIMIT and WHERE in this order, then the new
 * names of YIELD. What orders and filters may use both the command's names and the new ones.
 */
final class ShowTranslator {
    private final Variables variables;
    private final SchemaNames schema;
    private final Subqueries subqueries;

    ShowTranslator(Variables variables, SchemaNames schema, Subqueries subqueries) {
        this.variables = variables;
        this.schema = schema;
        this.subqueries = subqueries;
    }

    /** A column that the command gives, and the name under which it goes on. */
    private record Shown(Column column, Name name) {}

    Projected translate(Show show, Part before) {
        Procedure command = ShowCommands.find(show.command())
                .orElseThrow(() -> new IllegalStateException("no command " + show.command()));
        List<Shown> shown = shown(show, command);
        checkDistinct(shown);
        Map<String, Variable> columns = new LinkedHashMap<>();
        usable(show, command, shown).forEach(name -> columns.put(name, variables.named(name, Kind.VALUE)));
        Scope usable = scope(command, shown, columns);
        LogicalPlan rows = new LogicalPlan.ProcedureCall(
                before.plan(),
                command.name(),
                arguments(show),
                columns.entrySet().stream()
                        .map(column -> new YieldItem(column.getKey(), column.getValue()))
                        .toList());
        LogicalPlan cut = cut(show, sorted(show, rows, new ExpressionBinder(usable, schema, variables)));
        LogicalPlan filtered = show.where()
                .map(condition ->
                        subqueries.filtered(new Part(cut, usable), condition).plan())
                .orElse(cut);
        return renamed(filtered, shown, columns);
    }

    private List<Expression> arguments(Show show) {
        ExpressionBinder binder = new ExpressionBinder(Scope.EMPTY, schema, variables);
        return show.arguments().stream()
                .map(argument -> binder.bind(argument).expression())
                .toList();
    }

    private static List<Shown> shown(Show show, Procedure command) {
        return switch (show.yields()) {
            case Yields.Unsaid unsaid ->
                command.columns().stream()
                        .filter(Column::brief)
                        .map(column -> new Shown(column, new Name(column.name(), show.place())))
                        .toList();
            case Yields.All all ->
                command.columns().stream()
                        .map(column -> new Shown(column, new Name(column.name(), all.place())))
                        .toList();
            case Yields.Columns columns ->
                columns.items().stream()
                        .map(item -> new Shown(ProcedureTranslator.column(item, command), item.bound()))
                        .toList();
        };
    }

    private static void checkDistinct(List<Shown> shown) {
        Set<String> seen = new HashSet<>();
        for (Shown one : shown) {
            if (!seen.add(one.name().name())) {
                throw CypherErrors.semantic(
                        "Multiple result columns with the same name are not supported: '"
                                + one.name().name() + "'",
                        one.name().place().position());
            }
        }
    }

    /** The columns that are shown, or that orders and filters mention, in the command's order. */
    private static List<String> usable(Show show, Procedure command, List<Shown> shown) {
        Set<String> used = shown.stream().map(one -> one.column().name()).collect(Collectors.toSet());
        if (!(show.yields() instanceof Yields.Unsaid)) {
            Stream<AstExpression> sorting = show.orderBy().stream().map(SortItem::expression);
            Stream.concat(sorting, show.where().stream())
                    .flatMap(expression -> AstWalk.names(expression).stream())
                    .forEach(name -> used.add(name.name()));
        }
        return command.columnNames().stream().filter(used::contains).toList();
    }

    private static Scope scope(Procedure command, List<Shown> shown, Map<String, Variable> columns) {
        Scope scope = Scope.EMPTY;
        for (Column column : command.columns()) {
            if (columns.containsKey(column.name())) {
                scope = scope.with(column.name(), binding(column, variable(column, columns)));
            }
        }
        for (Shown one : shown) {
            scope = scope.with(one.name().name(), binding(one.column(), variable(one.column(), columns)));
        }
        return scope;
    }

    private static Variable variable(Column column, Map<String, Variable> columns) {
        return Optional.ofNullable(columns.get(column.name())).orElseThrow();
    }

    private static Binding binding(Column column, Variable variable) {
        return Binding.value(variable, ProcedureTranslator.typeOf(column.type()));
    }

    private static LogicalPlan sorted(Show show, LogicalPlan rows, ExpressionBinder binder) {
        List<SortKey> keys = show.orderBy().stream()
                .map(item -> new SortKey(binder.bind(item.expression()).expression(), item.descending()))
                .toList();
        return keys.isEmpty() ? rows : new Sort(rows, keys);
    }

    private LogicalPlan cut(Show show, LogicalPlan rows) {
        RowCount count = new RowCount(variables, schema);
        LogicalPlan plan = rows;
        if (show.skip().isPresent()) {
            plan = new Skip(plan, count.bind(show.skip().get(), "SKIP"));
        }
        if (show.limit().isPresent()) {
            plan = new Limit(plan, count.bind(show.limit().get(), "LIMIT"));
        }
        return plan;
    }

    private Projected renamed(LogicalPlan rows, List<Shown> shown, Map<String, Variable> columns) {
        List<Item> items = new ArrayList<>();
        Scope scope = Scope.EMPTY;
        for (Shown one : shown) {
            Variable source = variable(one.column(), columns);
            String name = one.name().name();
            Variable variable = source.name().equals(name) ? source : variables.named(name, Kind.VALUE);
            items.add(new Item(new VariableRef(source), variable));
            scope = scope.with(name, binding(one.column(), variable));
        }
        List<Variable> wanted = items.stream().map(Item::variable).toList();
        LogicalPlan plan = wanted.equals(rows.variables()) ? rows : new Project(rows, items);
        return new Projected(
                new Part(plan, scope),
                wanted.stream()
                        .map(variable -> new ResultColumn(variable.name(), variable))
                        .toList());
    }
}
