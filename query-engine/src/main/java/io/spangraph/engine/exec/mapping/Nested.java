package io.spangraph.engine.exec.mapping;

import io.spangraph.model.value.Value;
import io.spangraph.model.value.ValueText;
import java.util.List;
import java.util.Map;

/** Values inside other values; null where there is none. */
final class Nested {
    private Nested() {}

    static Value field(Value value, List<String> path) {
        Value inner = value;
        for (String name : path) {
            inner = inner instanceof Value.MapValue(Map<String, Value> entries)
                    ? entries.getOrDefault(name, Value.NULL)
                    : Value.NULL;
        }
        return inner;
    }

    static Value element(Value container, Value index) {
        if (index.isNull()) {
            return Value.NULL;
        }
        if (container instanceof Value.MapValue(Map<String, Value> entries)) {
            return entries.getOrDefault(ValueText.plain(index), Value.NULL);
        }
        boolean inside = container instanceof Value.ListValue(List<Value> elements)
                && index instanceof Value.IntegerValue(long position)
                && position >= 0
                && position < elements.size();
        return inside
                ? ((Value.ListValue) container).elements().get((int) ((Value.IntegerValue) index).value())
                : Value.NULL;
    }
}
