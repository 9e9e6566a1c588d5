package io.spangraph.engine.reference;

import io.spangraph.model.schema.MappingExpression;
import io.spangraph.model.schema.MappingExpression.Binary;
import io.spangraph.model.schema.MappingExpression.Call;
import io.spangraph.model.schema.MappingExpression.Case;
import io.spangraph.model.schema.MappingExpression.Cast;
import io.spangraph.model.schema.MappingExpression.ColumnPath;
import io.spangraph.model.schema.MappingExpression.Constant;
import io.spangraph.model.schema.MappingExpression.Element;
import io.spangraph.model.schema.MappingExpression.In;
import io.spangraph.model.schema.MappingExpression.IsNull;
import io.spangraph.model.schema.MappingExpression.Negate;
import io.spangraph.model.schema.MappingExpression.Not;
import io.spangraph.model.schema.MappingExpression.When;
import io.spangraph.model.value.Value;
import io.spangraph.model.value.ValueText;
import io.spangraph.model.value.Values;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Evaluates mapping expressions over one base row, by the null rules of SQL. */
final class ReferenceMapping {
    private ReferenceMapping() {}

    static Value evaluate(MappingExpression expression, Map<String, Value> row) {
        return switch (expression) {
            case ColumnPath path -> path(path, row);
            case Constant constant -> constant.value();
            case Element element -> element(evaluate(element.container(), row), evaluate(element.index(), row));
            case Call call -> call(call, row);
            case Case branches -> branches(branches, row);
            case Binary binary -> binary(binary, row);
            case Not not ->
                truth(evaluate(not.operand(), row))
                        .map(truth -> Value.of(!truth))
                        .orElse(Value.NULL);
            case Negate negate -> negate(evaluate(negate.operand(), row));
            case IsNull isNull -> Value.of(evaluate(isNull.operand(), row).isNull() != isNull.negated());
            case In in -> in(in, row);
            case Cast cast -> ReferenceCast.cast(evaluate(cast.operand(), row), cast.type(), cast.lenient());
        };
    }

    private static Value path(ColumnPath path, Map<String, Value> row) {
        Value value = row.getOrDefault(path.column(), Value.NULL);
        for (String field : path.fields()) {
            value = value instanceof Value.MapValue(Map<String, Value> entries)
                    ? entries.getOrDefault(field, Value.NULL)
                    : Value.NULL;
        }
        return value;
    }

    private static Value element(Value container, Value index) {
        if (container instanceof Value.MapValue(Map<String, Value> entries)
                && index instanceof Value.StringValue(String key)) {
            return entries.getOrDefault(key, Value.NULL);
        }
        if (container instanceof Value.ListValue(List<Value> elements)
                && index instanceof Value.IntegerValue(long position)) {
            return position >= 0 && position < elements.size() ? elements.get((int) position) : Value.NULL;
        }
        return Value.NULL;
    }

    private static Value branches(Case branches, Map<String, Value> row) {
        for (When when : branches.branches()) {
            if (evaluate(when.condition(), row).isTrue()) {
                return evaluate(when.value(), row);
            }
        }
        return branches.otherwise().map(value -> evaluate(value, row)).orElse(Value.NULL);
    }

    private static Value in(In in, Map<String, Value> row) {
        Value operand = evaluate(in.operand(), row);
        boolean unknown = false;
        for (MappingExpression candidate : in.candidates()) {
            Optional<Boolean> equal = Values.equal(operand, evaluate(candidate, row));
            if (equal.equals(Optional.of(true))) {
                return Value.TRUE;
            }
            unknown |= equal.isEmpty();
        }
        return unknown ? Value.NULL : Value.FALSE;
    }

    private static Value binary(Binary binary, Map<String, Value> row) {
        Value left = evaluate(binary.left(), row);
        Value right = evaluate(binary.right(), row);
        return switch (binary.operator()) {
            case OR -> either(left, right, true);
            case AND -> either(left, right, false);
            case EQUAL -> answer(Values.equal(left, right));
            case NOT_EQUAL -> answer(Values.equal(left, right).map(equal -> !equal));
            case LESS -> answer(Values.lessThan(left, right));
            case LESS_OR_EQUAL -> answer(Values.lessOrEqual(left, right));
            case GREATER -> answer(Values.lessThan(right, left));
            case GREATER_OR_EQUAL -> answer(Values.lessOrEqual(right, left));
            case LIKE -> like(left, right);
            case ADD, SUBTRACT, MULTIPLY, DIVIDE -> ReferenceArithmetic.ofMapping(binary.operator(), left, right);
        };
    }

    /** OR if the deciding truth is true, AND if it is false. */
    private static Value either(Value left, Value right, boolean deciding) {
        Optional<Boolean> one = truth(left);
        Optional<Boolean> other = truth(right);
        if (one.equals(Optional.of(deciding)) || other.equals(Optional.of(deciding))) {
            return Value.of(deciding);
        }
        return one.isEmpty() || other.isEmpty() ? Value.NULL : Value.of(!deciding);
    }

    private static Value like(Value text, Value pattern) {
        if (!(text instanceof Value.StringValue(String subject))
                || !(pattern instanceof Value.StringValue(String like))) {
            return Value.NULL;
        }
        StringBuilder regex = new StringBuilder();
        for (char character : like.toCharArray()) {
            regex.append(character == '%' ? ".*" : character == '_' ? "." : Pattern.quote(String.valueOf(character)));
        }
        return Value.of(Pattern.compile(regex.toString(), Pattern.DOTALL)
                .matcher(subject)
                .matches());
    }

    private static Value negate(Value value) {
        return ReferenceArithmetic.ofMapping(MappingExpression.BinaryOperator.SUBTRACT, Value.of(0L), value);
    }

    private static Value call(Call call, Map<String, Value> row) {
        List<Value> arguments = call.arguments().stream()
                .map(argument -> evaluate(argument, row))
                .toList();
        Value first = arguments.getFirst();
        return switch (call.function()) {
            case COALESCE ->
                arguments.stream().filter(value -> !value.isNull()).findFirst().orElse(Value.NULL);
            case NULLIF -> Values.equal(first, arguments.get(1)).orElse(false) ? Value.NULL : first;
            case LOWER ->
                first.isNull() ? first : Value.of(ValueText.plain(first).toLowerCase(Locale.ROOT));
            case UPPER ->
                first.isNull() ? first : Value.of(ValueText.plain(first).toUpperCase(Locale.ROOT));
            case CONCAT -> concatenation(arguments);
            case GREATEST -> extreme(arguments, 1);
            case LEAST -> extreme(arguments, -1);
            case JSON, HASH, SUBSTR, SPLIT, REGEXP_EXTRACT, ROUND, EPOCH_MS, TO_DATE ->
                throw new UnsupportedOperationException(
                        "the reference evaluator has no " + call.function().spelling() + "()");
        };
    }

    private static Value concatenation(List<Value> parts) {
        return parts.stream().anyMatch(Value::isNull)
                ? Value.NULL
                : Value.of(parts.stream().map(ValueText::plain).collect(Collectors.joining()));
    }

    private static Value extreme(List<Value> values, int sign) {
        return values.stream()
                .filter(value -> !value.isNull())
                .reduce((a, b) -> sign * Values.compareForOrder(a, b) >= 0 ? a : b)
                .orElse(Value.NULL);
    }

    private static Optional<Boolean> truth(Value value) {
        return value instanceof Value.BooleanValue(boolean truth) ? Optional.of(truth) : Optional.empty();
    }

    private static Value answer(Optional<Boolean> truth) {
        return truth.map(Value::of).orElse(Value.NULL);
    }
}
