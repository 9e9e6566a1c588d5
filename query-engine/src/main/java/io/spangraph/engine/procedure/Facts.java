package io.spangraph.engine.procedure;

import io.spangraph.model.value.Value;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the values of which procedures' rows consist. */
final class Facts {
    static final Value NO_TEXTS = Value.of(List.<Value>of());
    static final Value EMPTY_MAP = new Value.MapValue(Map.of());

    private Facts() {}

    static Value text(String text) {
        return Value.of(text);
    }

    static Value text(Optional<String> text) {
        return text.map(Value::of).orElse(Value.NULL);
    }

    static Value texts(Collection<String> texts) {
        return Value.of(texts.stream().map(Value::of).toList());
    }

    /** A map of keys and values that follow each other. */
    static Value map(Object... entries) {
        return new Value.MapValue(entries(entries));
    }

    /** Properties in the order in which they are given. */
    static Map<String, Value> entries(Object... entries) {
        Map<String, Value> map = new LinkedHashMap<>();
        for (int i = 0; i < entries.length; i += 2) {
            map.put((String) entries[i], (Value) entries[i + 1]);
        }
        return map;
    }
}
