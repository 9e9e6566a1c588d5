package io.spangraph.engine.optimize.rule;

import io.spangraph.engine.expr.ElementIds;
import io.spangraph.engine.expr.EntityField.Key;
import io.spangraph.engine.expr.EntityField.TypeName;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Expression.And;
import io.spangraph.engine.expr.Expression.Compare;
import io.spangraph.engine.expr.Expression.CompareOperator;
import io.spangraph.engine.expr.Expression.FieldRef;
import io.spangraph.engine.expr.Expression.FunctionCall;
import io.spangraph.engine.expr.Expression.In;
import io.spangraph.engine.expr.Expression.ListLiteral;
import io.spangraph.engine.expr.Expression.Literal;
import io.spangraph.engine.expr.Expression.Or;
import io.spangraph.engine.expr.Expression.Property;
import io.spangraph.engine.expr.Expression.VariableRef;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.optimize.Rule;
import io.spangraph.engine.optimize.RuleContext;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.LogicalPlan.VertexScan;
import io.spangraph.engine.plan.VertexCandidate;
import io.spangraph.model.schema.ElementIdCodec;
import io.spangraph.model.schema.VertexType;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Says what an element id says of the key, so that a node is found by its id as fast as by its key.
 *
 * <pre>
 *   NodeByLabelScan n:Agent|Span|Trace WHERE elementId(n) = 'Trace[x]'
 * becomes
 *   NodeByLabelScan n:Trace WHERE elementId(n) = 'Trace[x]' AND n.trace_id = 'x'
 * </pre>
 *
 * Of a parameter the type is known only when the plan runs:
 *
 * <pre>
 *   NodeByLabelScan n:Span|Trace WHERE elementId(n) = $id
 * becomes
 *   NodeByLabelScan n:Span|Trace WHERE elementId(n) = $id
 *       AND (n.#type = 'Span' AND n.#key0 IN elementIdKeys($id, 'Span', 0)
 *         OR n.#type = 'Trace' AND n.#key0 IN elementIdKeys($id, 'Trace', 0))
 * </pre>
 *
 * The condition on the id stays and decides: the key is no more than what has to hold as well. What is no element id
 * matches nothing.
 */
public final class ElementIdToKey implements Rule {
    private static final Set<String> ID_FUNCTIONS = Set.of("elementId", "id");

    @Override
    public String summary() {
        return "Says what an element id says of the type and the key.";
    }

    @Override
    public Optional<LogicalPlan> apply(LogicalPlan plan, RuleContext context) {
        if (!(plan instanceof VertexScan scan)) {
            return Optional.empty();
        }
        VertexScan said = scan;
        for (Expression predicate : scan.predicates()) {
            Optional<Expression> ids = ids(predicate, scan.node());
            if (ids.isPresent()) {
                said = said(said, ids.get(), context);
            }
        }
        return said.equals(scan) ? Optional.empty() : Optional.of(said);
    }

    /** The element id or the list of them that the node has to have. */
    private static Optional<Expression> ids(Expression predicate, Variable node) {
        if (predicate instanceof Compare compare && compare.operator() == CompareOperator.EQUAL) {
            return ids(compare.left(), compare.right(), node).or(() -> ids(compare.right(), compare.left(), node));
        }
        return predicate instanceof In in ? ids(in.operand(), in.list(), node) : Optional.empty();
    }

    private static Optional<Expression> ids(Expression call, Expression ids, Variable node) {
        boolean ofNode = call instanceof FunctionCall(String name, List<Expression> arguments)
                && ID_FUNCTIONS.contains(name)
                && arguments.equals(List.of(new VariableRef(node)));
        return ofNode && Movable.isConstantOfQuery(ids) ? Optional.of(ids) : Optional.empty();
    }

    private static VertexScan said(VertexScan scan, Expression ids, RuleContext context) {
        Optional<Value> known = literal(ids);
        ElementIdCodec codec = new ElementIdCodec(context.schema(), Optional.empty());
        List<VertexCandidate> candidates = scan.candidates().stream()
                .filter(candidate -> known.map(value -> !ElementIds.keyValues(
                                        value, codec, candidate.type().name(), 0)
                                .isEmpty())
                        .orElse(true))
                .toList();
        VertexScan narrowed = scan.withCandidates(candidates);
        if (candidates.isEmpty()) {
            return narrowed;
        }
        if (candidates.size() == 1) {
            VertexScan result = narrowed;
            for (Expression keyPart : keyParts(scan.node(), candidates.get(0).type(), ids, known, codec)) {
                result = result.withPredicates(PushFilterIntoScan.with(result.predicates(), keyPart));
            }
            return result;
        }
        List<Expression> alternatives = new ArrayList<>();
        for (VertexCandidate candidate : candidates) {
            List<Expression> alternative = new ArrayList<>();
            alternative.add(new Compare(
                    CompareOperator.EQUAL,
                    new FieldRef(scan.node(), new TypeName()),
                    new Literal(Value.of(candidate.type().name()))));
            for (int i = 0; i < candidate.type().id().size(); i++) {
                alternative.add(new In(
                        new FieldRef(scan.node(), new Key(i)), keyValues(ids, candidate.type(), i, known, codec)));
            }
            alternatives.add(new And(alternative));
        }
        return narrowed.withPredicates(PushFilterIntoScan.with(narrowed.predicates(), new Or(alternatives)));
    }

    private static List<Expression> keyParts(
            Variable node, VertexType type, Expression ids, Optional<Value> known, ElementIdCodec codec) {
        List<Expression> parts = new ArrayList<>();
        for (int i = 0; i < type.id().size(); i++) {
            int part = i;
            Expression column = type.propertyFor(type.id().get(i).expression())
                    .map(name -> (Expression) new Property(new VariableRef(node), name))
                    .orElse(new FieldRef(node, new Key(part)));
            parts.add(oneOf(column, keyValues(ids, type, i, known, codec)));
        }
        return parts;
    }

    private static Expression oneOf(Expression column, Expression values) {
        return values instanceof Literal(Value.ListValue(List<Value> list)) && list.size() == 1
                ? new Compare(CompareOperator.EQUAL, column, new Literal(list.get(0)))
                : new In(column, values);
    }

    private static Expression keyValues(
            Expression ids, VertexType type, int part, Optional<Value> known, ElementIdCodec codec) {
        return known.map(value ->
                        (Expression) new Literal(Value.of(ElementIds.keyValues(value, codec, type.name(), part))))
                .orElseGet(() -> new FunctionCall(
                        "elementIdKeys",
                        List.of(ids, new Literal(Value.of(type.name())), new Literal(Value.of((long) part)))));
    }

    private static Optional<Value> literal(Expression ids) {
        if (ids instanceof Literal(Value value)) {
            return Optional.of(value);
        }
        if (ids instanceof ListLiteral(List<Expression> elements)) {
            List<Value> values = new ArrayList<>();
            for (Expression element : elements) {
                if (element instanceof Literal(Value value)) {
                    values.add(value);
                }
            }
            return values.size() == elements.size() ? Optional.of(Value.of(values)) : Optional.empty();
        }
        return Optional.empty();
    }
}
