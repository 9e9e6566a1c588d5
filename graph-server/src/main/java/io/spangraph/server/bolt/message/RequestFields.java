package io.spangraph.server.bolt.message;

import io.spangraph.model.value.Value;
import io.spangraph.model.value.ValueText;
import io.spangraph.server.bolt.packstream.PackStreamException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The entries of a request's map by their types. A null stands for an entry that is not there, as drivers use it. */
record RequestFields(Map<String, Value> entries) {

    String requiredText(String key) {
        return text(key).orElseThrow(() -> new PackStreamException("'" + key + "' is missing."));
    }

    Optional<String> text(String key) {
        return entry(key).map(value -> textOf(key, value));
    }

    Optional<Long> integer(String key) {
        return entry(key).map(value -> {
            if (value instanceof Value.IntegerValue(long number)) {
                return number;
            }
            throw unexpected(key, value, "an integer");
        });
    }

    Optional<Map<String, Value>> map(String key) {
        return entry(key).map(value -> {
            if (value instanceof Value.MapValue(Map<String, Value> inner)) {
                return inner;
            }
            throw unexpected(key, value, "a map");
        });
    }

    Optional<List<String>> texts(String key) {
        return entry(key).map(value -> texts(key, value));
    }

    static List<String> texts(String key, Value value) {
        if (value instanceof Value.ListValue(List<Value> elements)) {
            List<String> texts = new ArrayList<>(elements.size());
            elements.forEach(element -> texts.add(textOf(key, element)));
            return texts;
        }
        throw unexpected(key, value, "a list of strings");
    }

    private static String textOf(String key, Value value) {
        if (value instanceof Value.StringValue(String text)) {
            return text;
        }
        throw unexpected(key, value, "a string");
    }

    static PackStreamException unexpected(String key, Value value, String expected) {
        return new PackStreamException("'" + key + "' is " + ValueText.excerpt(value) + "; expected " + expected + ".");
    }

    private Optional<Value> entry(String key) {
        return Optional.ofNullable(entries.get(key)).filter(value -> !value.isNull());
    }
}
