package io.spangraph.engine.run;

import io.spangraph.engine.explain.ExpressionPrinter;
import io.spangraph.engine.expr.Conjunction;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.physical.ScanTemplate;
import io.spangraph.engine.physical.ScanTemplate.ScanColumn;
import io.spangraph.engine.physical.ScopePattern;
import io.spangraph.engine.physical.ScopePattern.Step;
import io.spangraph.engine.physical.ScopePattern.Way;
import io.spangraph.engine.row.ColumnId;
import java.util.List;
import java.util.stream.Collectors;

/** A pattern inside scopes in one line, for EXPLAIN. */
final class ScopePatternText {
    private ScopePatternText() {}

    static String of(ScopePattern pattern) {
        return side(pattern, 0) + steps(pattern, pattern.steps()) + " IN " + String.join(", ", pattern.scope());
    }

    private static String steps(ScopePattern pattern, List<Step> steps) {
        return steps.stream().map(step -> step(pattern, step)).collect(Collectors.joining());
    }

    private static String step(ScopePattern pattern, Step step) {
        return switch (step) {
            case Step.Hop hop ->
                switch (hop.way()) {
                    case SAME_ROW -> ", " + name(pattern, hop.from()) + " = " + side(pattern, hop.to());
                    case TO_PARENT -> ", " + name(pattern, hop.from()) + "-->" + side(pattern, hop.to());
                    case TO_CHILDREN -> ", " + name(pattern, hop.from()) + "<--" + side(pattern, hop.to());
                };
            case Step.Walk walk -> ", " + walk(pattern, walk);
            case Step.Keep keep -> " WHERE " + ExpressionPrinter.print(keep.condition());
            case Step.Exists(boolean negated, List<Step> inner) ->
                (negated ? " NOT EXISTS {" : " EXISTS {")
                        + steps(pattern, inner).substring(1) + " }";
            case Step.Optionally(List<Step> inner) ->
                " OPTIONAL {" + steps(pattern, inner).substring(1) + " }";
        };
    }

    private static String walk(ScopePattern pattern, Step.Walk walk) {
        String max = walk.max().isPresent() ? Integer.toString(walk.max().getAsInt()) : "";
        String edges = "-[" + subject(pattern, walk.edge()) + "*" + walk.min() + ".." + max + "]-";
        ScanTemplate steps = pattern.sides().get(walk.step());
        return name(pattern, walk.from())
                + (walk.way() == Way.TO_CHILDREN ? "<" + edges : edges + ">")
                + side(pattern, walk.to())
                + (steps.predicates().isEmpty() ? "" : " THROUGH " + side(pattern, walk.step()));
    }

    static String name(ScopePattern pattern, int side) {
        List<Variable> variables = pattern.sides().get(side).columns().stream()
                .map(ScanColumn::id)
                .map(ColumnId::variable)
                .toList();
        return variables.stream()
                .filter(variable -> variable.kind() == Variable.Kind.NODE)
                .findFirst()
                .or(() -> variables.stream().findFirst())
                .map(Variable::name)
                .orElse("");
    }

    private static String side(ScopePattern pattern, int side) {
        return "(" + subject(pattern, side) + ")";
    }

    private static String subject(ScopePattern pattern, int side) {
        ScanTemplate template = pattern.sides().get(side);
        String where = template.predicates().isEmpty()
                ? ""
                : " WHERE " + ExpressionPrinter.print(Conjunction.of(template.predicates()));
        return name(pattern, side) + ":" + template.subject().name() + where;
    }
}
