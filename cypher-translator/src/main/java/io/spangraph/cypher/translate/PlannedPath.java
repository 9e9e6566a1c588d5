package io.spangraph.cypher.translate;

import io.spangraph.cypher.bind.PathPart;
import io.spangraph.cypher.translate.PlannedPattern.PlannedHop;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Expression.Arithmetic;
import io.spangraph.engine.expr.Expression.ArithmeticOperator;
import io.spangraph.engine.expr.Expression.FunctionCall;
import io.spangraph.engine.expr.Expression.ListLiteral;
import io.spangraph.engine.expr.Expression.Literal;
import io.spangraph.engine.expr.Expression.Path;
import io.spangraph.engine.expr.Expression.Slice;
import io.spangraph.engine.expr.Expression.VariableRef;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.plan.LogicalPlan.Item;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A named path: which variables hold which of its parts.
 *
 * @param parts only those that the query asks for
 */
record PlannedPath(PlannedPattern pattern, Map<PathPart, Variable> parts) {
    /** What computes the parts over a row of the pattern. */
    List<Item> items() {
        return parts.entrySet().stream()
                .map(part -> new Item(expression(part.getKey()), part.getValue()))
                .toList();
    }

    private Expression expression(PathPart part) {
        return switch (part) {
            case LENGTH -> length();
            case NODES -> nodes();
            case RELATIONSHIPS -> relationships();
            case WHOLE -> new Path(nodes(), relationships());
        };
    }

    private Expression length() {
        long single =
                pattern.hops().stream().filter(hop -> hop.walk().isEmpty()).count();
        List<Expression> terms = new ArrayList<>();
        pattern.hops()
                .forEach(hop -> hop.walk()
                        .ifPresent(walk -> terms.add(new FunctionCall("size", List.of(new VariableRef(walk))))));
        if (single > 0 || terms.isEmpty()) {
            terms.add(new Literal(Value.of(single)));
        }
        return sum(terms);
    }

    private Expression relationships() {
        List<Expression> lists = new ArrayList<>();
        List<Expression> open = new ArrayList<>();
        for (PlannedHop hop : pattern.hops()) {
            if (hop.walk().isPresent()) {
                close(open, lists);
                lists.add(new VariableRef(hop.walk().get()));
            } else {
                open.add(new VariableRef(hop.single()));
            }
        }
        close(open, lists);
        return lists.isEmpty() ? new ListLiteral(List.of()) : sum(lists);
    }

    /** A walk brings its own nodes, the one that it starts from first; that one is there already. */
    private Expression nodes() {
        if (pattern.hops().size() == 1 && pattern.hops().getFirst().between().isPresent()) {
            return new VariableRef(pattern.hops().getFirst().between().get());
        }
        List<Expression> lists = new ArrayList<>();
        List<Expression> open =
                new ArrayList<>(List.of(new VariableRef(pattern.nodes().getFirst())));
        for (int i = 0; i < pattern.hops().size(); i++) {
            Optional<Variable> between = pattern.hops().get(i).between();
            if (between.isPresent()) {
                close(open, lists);
                lists.add(new Slice(
                        new VariableRef(between.get()), Optional.of(new Literal(Value.of(1L))), Optional.empty()));
            } else {
                open.add(new VariableRef(pattern.nodes().get(i + 1)));
            }
        }
        close(open, lists);
        return sum(lists);
    }

    private static void close(List<Expression> open, List<Expression> lists) {
        if (!open.isEmpty()) {
            lists.add(new ListLiteral(open));
            open.clear();
        }
    }

    private static Expression sum(List<Expression> terms) {
        return terms.stream()
                .reduce((left, right) -> new Arithmetic(ArithmeticOperator.ADD, left, right))
                .orElseThrow();
    }
}
