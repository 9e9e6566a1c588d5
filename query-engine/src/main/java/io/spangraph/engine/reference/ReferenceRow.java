package io.spangraph.engine.reference;

import io.spangraph.engine.expr.Variable;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A row of an evaluation: what each variable is bound to. Immutable. */
record ReferenceRow(Map<Variable, Bound> bindings) {
    static final ReferenceRow EMPTY = new ReferenceRow(Map.of());

    Bound get(Variable variable) {
        return Optional.ofNullable(bindings.get(variable))
                .orElseThrow(() ->
                        new IllegalStateException("variable " + variable + " is not bound among " + bindings.keySet()));
    }

    ReferenceRow with(Variable variable, Bound bound) {
        Map<Variable, Bound> more = new LinkedHashMap<>(bindings);
        more.put(variable, bound);
        return new ReferenceRow(more);
    }

    ReferenceRow with(ReferenceRow other) {
        Map<Variable, Bound> more = new LinkedHashMap<>(bindings);
        more.putAll(other.bindings);
        return new ReferenceRow(more);
    }

    /** The row with null for each of these that it does not bind. */
    ReferenceRow withNulls(Collection<Variable> variables) {
        Map<Variable, Bound> more = new LinkedHashMap<>(bindings);
        variables.forEach(variable -> more.putIfAbsent(variable, Bound.NOTHING));
        return new ReferenceRow(more);
    }
}
