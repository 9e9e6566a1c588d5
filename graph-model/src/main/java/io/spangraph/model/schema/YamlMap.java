package io.spangraph.model.schema;

import io.spangraph.model.DidYouMean;
import io.spangraph.model.SourcePosition;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/** A map of the file with its keys in order and each key's place; duplicate and unknown keys are problems. */
final class YamlMap {
    private final String what;
    private final SourcePosition position;
    private final Map<String, Entry> entries;

    YamlMap(String what, SourcePosition position, Map<String, Entry> entries) {
        this.what = what;
        this.position = position;
        this.entries = new LinkedHashMap<>(entries);
    }

    /** A key and what it holds. */
    record Entry(String key, SourcePosition position, Node value) {}

    /** How messages name this map: {@code vertex type 'Span'}. */
    String what() {
        return what;
    }

    SourcePosition position() {
        return position;
    }

    /** The same map, standing where its key does: messages about a whole type point at its name. */
    YamlMap at(SourcePosition place) {
        return new YamlMap(what, place, entries);
    }

    Collection<Entry> entries() {
        return entries.values();
    }

    Optional<Node> value(String key) {
        return Optional.ofNullable(entries.get(key)).map(Entry::value);
    }

    boolean has(String key) {
        return entries.containsKey(key);
    }

    /** The place of a key, or of the map where the key is absent. */
    SourcePosition positionOf(String key) {
        return Optional.ofNullable(entries.get(key)).map(Entry::position).orElse(position);
    }

    /** The value of a key that must be there. */
    Optional<Node> required(String key, String example, ProblemLog problems) {
        if (!has(key)) {
            problems.add(position, capital(what) + " has no '" + key + "'. Expected " + example + ".");
        }
        return value(key);
    }

    /** Refuses the keys that the section does not have. */
    void refuseUnknownKeys(MappingSection section, ProblemLog problems) {
        for (Entry entry : entries.values()) {
            String key = entry.key();
            if (section.keys().contains(key)) {
                continue;
            }
            if (section.reserved().contains(key)) {
                problems.add(entry.position(), "Key '" + key + "' in " + what + " is reserved, not supported yet.");
                continue;
            }
            String hint = DidYouMean.closest(key, section.keys())
                    .map(found -> " Did you mean '" + found + "'?")
                    .or(() -> section.below(key).map(inner -> " It belongs in " + inner.title() + "."))
                    .orElse("");
            problems.add(
                    entry.position(),
                    "Unknown key '" + key + "' in " + what + ". Expected one of: " + String.join(", ", section.keys())
                            + "." + hint);
        }
    }

    /** Refuses a map that has both keys or neither; true when it has one of them. */
    boolean hasOneOf(String first, String second, MappingSection section, ProblemLog problems) {
        if (has(first) != has(second)) {
            return true;
        }
        boolean explained = entries.keySet().stream().anyMatch(section.reserved()::contains);
        if (has(first)) {
            problems.add(
                    position,
                    capital(what) + " has both '" + first + "' and '" + second + "'. Expected one of the two.");
        } else if (!explained) {
            problems.add(
                    position,
                    capital(what) + " has neither '" + first + "' nor '" + second + "'. Expected one of the two.");
        }
        return false;
    }

    static String capital(String text) {
        return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
