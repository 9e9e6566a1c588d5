package io.spangraph.engine.reference;

import io.spangraph.engine.expr.Expression.ListComprehension;
import io.spangraph.engine.expr.Expression.ListPredicate;
import io.spangraph.engine.expr.Expression.Path;
import io.spangraph.engine.expr.Expression.Reduce;
import io.spangraph.engine.expr.Variable;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Expressions that go through a list: each element as a row with one more variable. */
final class ReferenceLists {
    private ReferenceLists() {}

    static Value comprehension(ReferenceExpressions expressions, ListComprehension loop, ReferenceRow row) {
        Value list = expressions.evaluate(loop.list(), row);
        if (!(list instanceof Value.ListValue(List<Value> elements))) {
            return ReferenceErrors.requireNull(list, "a List");
        }
        List<Value> taken = new ArrayList<>();
        for (Value element : elements) {
            ReferenceRow inner = with(row, loop.element(), element);
            if (loop.condition()
                    .map(condition -> expressions.holds(condition, inner))
                    .orElse(true)) {
                taken.add(loop.value()
                        .map(value -> expressions.evaluate(value, inner))
                        .orElse(element));
            }
        }
        return Value.of(taken);
    }

    static Value predicate(ReferenceExpressions expressions, ListPredicate loop, ReferenceRow row) {
        Value list = expressions.evaluate(loop.list(), row);
        if (!(list instanceof Value.ListValue(List<Value> elements))) {
            return ReferenceErrors.requireNull(list, "a List");
        }
        List<Optional<Boolean>> truths = elements.stream()
                .map(element -> expressions.truth(loop.condition(), with(row, loop.element(), element)))
                .toList();
        boolean anyTrue = truths.contains(Optional.of(true));
        boolean anyFalse = truths.contains(Optional.of(false));
        boolean anyUnknown = truths.contains(Optional.<Boolean>empty());
        long trueOnes = truths.stream().filter(Optional.of(true)::equals).count();
        return switch (loop.quantifier()) {
            case ALL -> anyFalse ? Value.FALSE : anyUnknown ? Value.NULL : Value.TRUE;
            case ANY -> anyTrue ? Value.TRUE : anyUnknown ? Value.NULL : Value.FALSE;
            case NONE -> anyTrue ? Value.FALSE : anyUnknown ? Value.NULL : Value.TRUE;
            case SINGLE -> trueOnes > 1 ? Value.FALSE : anyUnknown ? Value.NULL : Value.of(trueOnes == 1);
        };
    }

    static Value reduce(ReferenceExpressions expressions, Reduce loop, ReferenceRow row) {
        Value list = expressions.evaluate(loop.list(), row);
        if (!(list instanceof Value.ListValue(List<Value> elements))) {
            return ReferenceErrors.requireNull(list, "a List");
        }
        Value accumulated = expressions.evaluate(loop.start(), row);
        for (Value element : elements) {
            ReferenceRow inner = with(with(row, loop.accumulator(), accumulated), loop.element(), element);
            accumulated = expressions.evaluate(loop.step(), inner);
        }
        return accumulated;
    }

    private static ReferenceRow with(ReferenceRow row, Variable element, Value value) {
        return row.with(element, new Bound.Plain(value));
    }

    static Value path(ReferenceExpressions expressions, Path path, ReferenceRow row) {
        Value nodes = expressions.evaluate(path.nodes(), row);
        Value relationships = expressions.evaluate(path.relationships(), row);
        if (nodes.isNull() || relationships.isNull()) {
            return Value.NULL;
        }
        List<Value.NodeValue> places = new ArrayList<>();
        ((Value.ListValue) nodes).elements().forEach(node -> places.add((Value.NodeValue) node));
        List<Value.RelationshipValue> steps = new ArrayList<>();
        ((Value.ListValue) relationships).elements().forEach(edge -> steps.add((Value.RelationshipValue) edge));
        return new Value.PathValue(places, steps);
    }
}
