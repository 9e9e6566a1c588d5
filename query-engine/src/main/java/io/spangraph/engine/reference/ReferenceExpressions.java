package io.spangraph.engine.reference;

import io.spangraph.engine.expr.EntityField;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Expression.And;
import io.spangraph.engine.expr.Expression.Arithmetic;
import io.spangraph.engine.expr.Expression.Case;
import io.spangraph.engine.expr.Expression.Compare;
import io.spangraph.engine.expr.Expression.DistinctRelationships;
import io.spangraph.engine.expr.Expression.FieldRef;
import io.spangraph.engine.expr.Expression.FunctionCall;
import io.spangraph.engine.expr.Expression.HasLabels;
import io.spangraph.engine.expr.Expression.In;
import io.spangraph.engine.expr.Expression.IsNull;
import io.spangraph.engine.expr.Expression.ListLiteral;
import io.spangraph.engine.expr.Expression.Literal;
import io.spangraph.engine.expr.Expression.MapLiteral;
import io.spangraph.engine.expr.Expression.Negate;
import io.spangraph.engine.expr.Expression.Not;
import io.spangraph.engine.expr.Expression.Or;
import io.spangraph.engine.expr.Expression.Parameter;
import io.spangraph.engine.expr.Expression.Property;
import io.spangraph.engine.expr.Expression.SameRow;
import io.spangraph.engine.expr.Expression.Slice;
import io.spangraph.engine.expr.Expression.Subscript;
import io.spangraph.engine.expr.Expression.TextMatch;
import io.spangraph.engine.expr.Expression.VariableRef;
import io.spangraph.engine.expr.Expression.When;
import io.spangraph.engine.expr.Expression.Xor;
import io.spangraph.engine.expr.FunctionContext;
import io.spangraph.engine.expr.ScalarFunction;
import io.spangraph.engine.expr.ScalarFunctions;
import io.spangraph.engine.expr.Variable;
import io.spangraph.model.value.Value;
import io.spangraph.model.value.Value.EdgeId;
import io.spangraph.model.value.Value.RelationshipValue;
import io.spangraph.model.value.Values;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Evaluates expressions over one row by walking them, from left to right and no further than needed. */
final class ReferenceExpressions {
    /** Functions that take a node or relationship for its identity and need no property of it. */
    private static final Set<String> OF_IDENTITY = Set.of("elementid", "id", "labels", "type");

    private final FunctionContext context;

    ReferenceExpressions(FunctionContext context) {
        this.context = context;
    }

    /** True if the condition is true; an error if it is neither a Boolean nor null. */
    boolean holds(Expression condition, ReferenceRow row) {
        return truth(condition, row).orElse(false);
    }

    Value evaluate(Expression expression, ReferenceRow row) {
        return switch (expression) {
            case Literal literal -> literal.value();
            case Parameter parameter -> context.query().parameter(parameter.name());
            case VariableRef reference -> row.get(reference.variable()).whole();
            case Property(VariableRef subject, String name) ->
                row.get(subject.variable()).property(name);
            case Property property -> new Bound.Plain(evaluate(property.subject(), row)).property(property.name());
            case FieldRef field -> field(row.get(field.variable()), field.field());
            case And and -> junction(and.operands(), false, row);
            case Or or -> junction(or.operands(), true, row);
            case Xor xor -> {
                Optional<Boolean> left = truth(xor.left(), row);
                Optional<Boolean> right = truth(xor.right(), row);
                yield answer(left.flatMap(a -> right.map(b -> a ^ b)));
            }
            case Not not -> answer(truth(not.operand(), row).map(truth -> !truth));
            case Compare compare -> compare(compare, row);
            case IsNull isNull -> Value.of(identity(isNull.operand(), row).isNull() != isNull.negated());
            case In in -> in(identity(in.operand(), row), evaluate(in.list(), row));
            case TextMatch match -> textMatch(match, row);
            case Arithmetic arithmetic ->
                ReferenceArithmetic.ofQuery(
                        arithmetic.operator(), evaluate(arithmetic.left(), row), evaluate(arithmetic.right(), row));
            case Negate negate -> ReferenceArithmetic.opposite(evaluate(negate.operand(), row));
            case Case cases -> cases(cases, row);
            case ListLiteral list ->
                Value.of(list.elements().stream()
                        .map(element -> evaluate(element, row))
                        .toList());
            case MapLiteral map -> {
                Map<String, Value> entries = new LinkedHashMap<>();
                map.entries().forEach((name, entry) -> entries.put(name, evaluate(entry, row)));
                yield new Value.MapValue(entries);
            }
            case Subscript subscript -> subscript(subscript, row);
            case Slice slice -> slice(slice, row);
            case Expression.ListComprehension loop -> ReferenceLists.comprehension(this, loop, row);
            case Expression.ListPredicate loop -> ReferenceLists.predicate(this, loop, row);
            case Expression.Reduce loop -> ReferenceLists.reduce(this, loop, row);
            case Expression.Path path -> ReferenceLists.path(this, path, row);
            case FunctionCall call -> call(call, row);
            case HasLabels labels -> hasLabels(labels, row);
            case DistinctRelationships distinct -> Value.of(distinct(distinct.relationships(), row));
            case SameRow same -> sameRow(row.get(same.left()), row.get(same.right()));
        };
    }

    /** As {@link #evaluate}, but of a node or relationship the identity only: enough to compare, sort and count. */
    Value identity(Expression expression, ReferenceRow row) {
        return expression instanceof VariableRef(Variable variable)
                ? row.get(variable).identity()
                : evaluate(expression, row);
    }

    Optional<Boolean> truth(Expression condition, ReferenceRow row) {
        return switch (evaluate(condition, row)) {
            case Value.BooleanValue(boolean truth) -> Optional.of(truth);
            case Value.NullValue none -> Optional.empty();
            case Value other -> throw ReferenceErrors.typeError("a Boolean", other);
        };
    }

    private Value junction(List<Expression> operands, boolean deciding, ReferenceRow row) {
        boolean unknown = false;
        for (Expression operand : operands) {
            Optional<Boolean> truth = truth(operand, row);
            if (truth.equals(Optional.of(deciding))) {
                return Value.of(deciding);
            }
            unknown |= truth.isEmpty();
        }
        return unknown ? Value.NULL : Value.of(!deciding);
    }

    private Value compare(Compare compare, ReferenceRow row) {
        Value left = identity(compare.left(), row);
        Value right = identity(compare.right(), row);
        return answer(
                switch (compare.operator()) {
                    case EQUAL -> Values.equal(left, right);
                    case NOT_EQUAL -> Values.equal(left, right).map(equal -> !equal);
                    case LESS -> Values.lessThan(left, right);
                    case LESS_OR_EQUAL -> Values.lessOrEqual(left, right);
                    case GREATER -> Values.lessThan(right, left);
                    case GREATER_OR_EQUAL -> Values.lessOrEqual(right, left);
                });
    }

    private static Value in(Value operand, Value list) {
        if (list.isNull()) {
            return Value.NULL;
        }
        if (!(list instanceof Value.ListValue(List<Value> elements))) {
            throw ReferenceErrors.typeError("a List", list);
        }
        boolean unknown = false;
        for (Value element : elements) {
            Optional<Boolean> equal = Values.equal(operand, element);
            if (equal.equals(Optional.of(true))) {
                return Value.TRUE;
            }
            unknown |= equal.isEmpty();
        }
        return unknown ? Value.NULL : Value.FALSE;
    }

    private Value textMatch(TextMatch match, ReferenceRow row) {
        if (!(evaluate(match.text(), row) instanceof Value.StringValue(String text))
                || !(evaluate(match.pattern(), row) instanceof Value.StringValue(String pattern))) {
            return Value.NULL;
        }
        return Value.of(
                switch (match.operator()) {
                    case STARTS_WITH -> text.startsWith(pattern);
                    case ENDS_WITH -> text.endsWith(pattern);
                    case CONTAINS -> text.contains(pattern);
                    case MATCHES -> text.matches(pattern);
                });
    }

    private Value cases(Case cases, ReferenceRow row) {
        for (When when : cases.branches()) {
            if (holds(when.condition(), row)) {
                return evaluate(when.value(), row);
            }
        }
        return cases.otherwise().map(value -> evaluate(value, row)).orElse(Value.NULL);
    }

    private Value subscript(Subscript subscript, ReferenceRow row) {
        Value index = evaluate(subscript.index(), row);
        if (index instanceof Value.StringValue(String name)) {
            return subscript.container() instanceof VariableRef(Variable variable)
                    ? row.get(variable).property(name)
                    : new Bound.Plain(evaluate(subscript.container(), row)).property(name);
        }
        Value container = evaluate(subscript.container(), row);
        if (container instanceof Value.ListValue(List<Value> elements)
                && index instanceof Value.IntegerValue(long position)) {
            long at = position < 0 ? position + elements.size() : position;
            return at >= 0 && at < elements.size() ? elements.get((int) at) : Value.NULL;
        }
        return container.isNull() ? Value.NULL : ReferenceErrors.requireNull(index, "an index");
    }

    private Value slice(Slice slice, ReferenceRow row) {
        Value list = evaluate(slice.list(), row);
        Value from = slice.from().map(bound -> evaluate(bound, row)).orElse(Value.of(0L));
        Value to = slice.to().map(bound -> evaluate(bound, row)).orElse(Value.of(Long.MAX_VALUE));
        if (!(list instanceof Value.ListValue(List<Value> elements))) {
            return ReferenceErrors.requireNull(list, "a List");
        }
        if (!(from instanceof Value.IntegerValue(long first)) || !(to instanceof Value.IntegerValue(long last))) {
            return Value.NULL;
        }
        int start = Math.clamp(first < 0 ? first + elements.size() : first, 0, elements.size());
        int end = Math.clamp(last < 0 ? last + elements.size() : last, 0, elements.size());
        return Value.of(start < end ? elements.subList(start, end) : List.of());
    }

    private Value call(FunctionCall call, ReferenceRow row) {
        ScalarFunction function = ScalarFunctions.find(call.name())
                .orElseThrow(() -> new IllegalArgumentException("no function " + call.name()));
        boolean ofIdentity = OF_IDENTITY.contains(call.name().toLowerCase(Locale.ROOT));
        List<Value> arguments = new ArrayList<>();
        for (Expression argument : call.arguments()) {
            arguments.add(ofIdentity ? identity(argument, row) : evaluate(argument, row));
        }
        boolean isNull = function.nullInNullOut() && arguments.stream().anyMatch(Value::isNull);
        return isNull ? Value.NULL : function.body().apply(arguments, context);
    }

    private Value hasLabels(HasLabels labels, ReferenceRow row) {
        return switch (identity(labels.node(), row)) {
            case Value.NodeValue node -> Value.of(labels.labels().matches(new HashSet<>(node.labels())));
            case Value other -> ReferenceErrors.requireNull(other, "a Node");
        };
    }

    private static boolean distinct(List<Variable> relationships, ReferenceRow row) {
        Set<EdgeId> seen = new HashSet<>();
        for (Variable variable : relationships) {
            Value value = row.get(variable).identity();
            List<Value> edges = value instanceof Value.ListValue(List<Value> elements) ? elements : List.of(value);
            for (Value edge : edges) {
                if (edge instanceof RelationshipValue relationship && !seen.add(relationship.id())) {
                    return false;
                }
            }
        }
        return true;
    }

    /** True if both are bound to the same row, or to the same vertex that exists by trust. */
    static Value sameRow(Bound left, Bound right) {
        if (left.identity().isNull() || right.identity().isNull()) {
            return Value.NULL;
        }
        return Value.of(left.row().equals(right.row()) && Values.equivalent(left.identity(), right.identity()));
    }

    private static Value field(Bound bound, EntityField field) {
        return switch (bound) {
            case Bound.Plain plain -> plain.value();
            case Bound.Many many -> many.whole();
            case Bound.Node node ->
                switch (field) {
                    case EntityField.TypeName name -> Value.of(node.type().name());
                    case EntityField.Tenant tenant ->
                        node.id().tenant().map(Value::of).orElse(Value.NULL);
                    case EntityField.Key key -> node.id().key().get(key.index());
                    case EntityField.PropertyField property -> node.property(property.name());
                    case EntityField other -> throw new IllegalArgumentException("a node has no " + other);
                };
            case Bound.Edge edge ->
                switch (field) {
                    case EntityField.TypeName name -> Value.of(edge.type().identifier());
                    case EntityField.Tenant tenant ->
                        edge.id().tenant().map(Value::of).orElse(Value.NULL);
                    case EntityField.Key key -> edge.id().key().get(key.index());
                    case EntityField.ScopeKey key -> edge.scopeKey().get(key.index());
                    case EntityField.EndKey(EntityField.End end, int index) ->
                        (end == EntityField.End.NEAR ? edge.nearId() : edge.farId())
                                .key()
                                .get(index);
                    case EntityField.Reversed reversed -> Value.of(edge.reversed());
                    case EntityField.PropertyField property -> edge.property(property.name());
                    case EntityField other -> throw new IllegalArgumentException("an edge has no " + other);
                };
        };
    }

    private static Value answer(Optional<Boolean> truth) {
        return truth.map(Value::of).orElse(Value.NULL);
    }
}
