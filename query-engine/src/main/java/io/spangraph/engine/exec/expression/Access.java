package io.spangraph.engine.exec.expression;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.expr.temporal.TemporalParts;
import io.spangraph.model.value.Value;
import io.spangraph.model.value.ValueText;
import io.spangraph.model.value.Values;
import java.util.List;
import java.util.Map;

/** Access to a part of a value: {@code map.name}, {@code list[index]}, {@code list[from..to]}. */
final class Access {
    private Access() {}

    static Value property(Value subject, String name) {
        return switch (subject) {
            case Value.NullValue none -> none;
            case Value.MapValue(Map<String, Value> entries) -> entries.getOrDefault(name, Value.NULL);
            case Value.NodeValue node -> node.properties().getOrDefault(name, Value.NULL);
            case Value.RelationshipValue edge -> edge.properties().getOrDefault(name, Value.NULL);
            case Value other -> TemporalParts.part(other, name).orElseThrow(() -> noProperty(other, name));
        };
    }

    static Value subscript(Value container, Value index) {
        if (container.isNull() || index.isNull()) {
            return Value.NULL;
        }
        if (container instanceof Value.ListValue(List<Value> elements)) {
            if (index instanceof Value.IntegerValue(long position)) {
                long at = position < 0 ? position + elements.size() : position;
                return at < 0 || at >= elements.size() ? Value.NULL : elements.get((int) at);
            }
            throw wrongIndex("an Integer", index);
        }
        if (index instanceof Value.StringValue(String name)) {
            return property(container, name);
        }
        throw wrongIndex("a String", index);
    }

    static Value slice(Value list, Value from, Value to) {
        if (list.isNull() || from.isNull() || to.isNull()) {
            return Value.NULL;
        }
        if (!(list instanceof Value.ListValue(List<Value> elements))) {
            throw QueryException.of(
                    QueryErrorCode.TYPE_ERROR,
                    "Expected a List to take a slice of but got " + Values.typeName(list) + ": "
                            + ValueText.excerpt(list) + ".");
        }
        int start = bound(from, elements.size());
        int end = bound(to, elements.size());
        return Value.of(start >= end ? List.of() : elements.subList(start, end));
    }

    private static int bound(Value value, int size) {
        if (value instanceof Value.IntegerValue(long position)) {
            long at = position < 0 ? position + size : position;
            return (int) Math.max(0, Math.min(size, at));
        }
        throw wrongIndex("an Integer", value);
    }

    static QueryException wrongIndex(String expected, Value index) {
        return QueryException.of(
                QueryErrorCode.TYPE_ERROR,
                "Expected " + expected + " between the brackets but got " + Values.typeName(index) + ": "
                        + ValueText.excerpt(index) + ".");
    }

    private static QueryException noProperty(Value subject, String name) {
        return QueryException.of(
                QueryErrorCode.TYPE_ERROR,
                "Expected a Node, Relationship, Map or temporal value before '." + name + "' but got "
                        + Values.typeName(subject) + ": " + ValueText.excerpt(subject) + ".");
    }

    /** The path of a list of nodes and a list of the relationships between them. */
    static Value path(Value nodes, Value relationships) {
        if (!(nodes instanceof Value.ListValue(List<Value> places))
                || !(relationships instanceof Value.ListValue(List<Value> steps))) {
            return Value.NULL;
        }
        return new Value.PathValue(
                places.stream().map(Value.NodeValue.class::cast).toList(),
                steps.stream().map(Value.RelationshipValue.class::cast).toList());
    }
}
