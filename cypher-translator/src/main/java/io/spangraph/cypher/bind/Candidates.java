package io.spangraph.cypher.bind;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The types of the schema that a variable may stand for, with their properties: a property that none of them has is
 * most likely a typo.
 */
public record Candidates(Map<String, Set<String>> propertiesByType) {
    private static final int MOST_NAMED = 3;

    /** The types that are in both. */
    public Candidates and(Candidates other) {
        Map<String, Set<String>> both = new TreeMap<>(propertiesByType);
        both.keySet().retainAll(other.propertiesByType.keySet());
        return new Candidates(both);
    }

    boolean isEmpty() {
        return propertiesByType.isEmpty();
    }

    Set<String> properties() {
        Set<String> names = new TreeSet<>();
        propertiesByType.values().forEach(names::addAll);
        return names;
    }

    /** How an error names them: {@code Span}, {@code Agent or Span}; empty when they are too many to name. */
    String owner() {
        Collection<String> names = new TreeSet<>(propertiesByType.keySet());
        return names.size() > MOST_NAMED ? "" : " on " + String.join(" or ", names);
    }
}
