package io.spangraph.engine.physical;

import io.spangraph.engine.physical.ScanTemplate.ScanValue;
import io.spangraph.engine.physical.ScanTemplate.Subject;
import io.spangraph.engine.physical.ScopePattern.Step;
import io.spangraph.engine.plan.PinMode;
import io.spangraph.model.schema.MappingExpression;
import io.spangraph.model.schema.MappingExpression.ColumnPath;
import io.spangraph.model.schema.MappingExpression.Positioned;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the rows of a pattern's variables say of how much it can find, by what the mapping says of keys. */
final class RowBounds {
    private final ScopePattern pattern;
    private final List<Integer> bound = new ArrayList<>(List.of(0));
    private boolean rows = true;
    /** The side whose row decides all others that are bound. */
    private int deciding;

    RowBounds(ScopePattern pattern) {
        this.pattern = pattern;
        for (Step step : pattern.steps()) {
            follow(step);
            if (step instanceof Step.Hop hop) {
                bound.add(hop.to());
            } else if (step instanceof Step.Walk walk) {
                bound.add(walk.to());
            }
        }
    }

    /** The sides that are bound in whatever the pattern finds. */
    List<Integer> bound() {
        return List.copyOf(bound);
    }

    /** Whether the pattern finds each row of one side at most once, and so no more than there are rows. */
    boolean areRows() {
        return rows;
    }

    private void follow(Step step) {
        switch (step) {
            case Step.Hop hop -> follow(hop);
            // Many walks lead to one row, and from one row to many.
            case Step.Walk walk -> rows = false;
            case Step.Optionally optional -> optional.steps().forEach(this::follow);
            case Step.Keep keep -> {}
            case Step.Exists exists -> {}
        }
    }

    private void follow(Step.Hop hop) {
        switch (hop.way()) {
            case SAME_ROW -> {}
            case TO_PARENT -> rows &= hasUniqueKey(hop.to(), hop);
            case TO_CHILDREN -> {
                rows &= hop.from() == deciding && hasUniqueKey(hop.from(), hop);
                deciding = hop.to();
            }
        }
    }

    private boolean hasUniqueKey(int parent, Step.Hop hop) {
        Set<ScanValue> key = new LinkedHashSet<>();
        for (String column : pattern.links().get(hop.links()).key()) {
            key.add(new ScanValue.Mapped(new ColumnPath(column, List.of())));
        }
        pattern.scope().forEach(column -> key.add(new ScanValue.Mapped(new ColumnPath(column, List.of()))));
        return identity(pattern.sides().get(parent)).filter(key::containsAll).isPresent();
    }

    /** What no two rows of a side have in common, if the mapping says so. */
    static Optional<Set<ScanValue>> identity(ScanTemplate side) {
        if (!(side.subject() instanceof Subject.Vertices(var type, var edges)) || !type.unique()) {
            return Optional.empty();
        }
        Set<ScanValue> identity = new LinkedHashSet<>();
        type.id().forEach(part -> identity.add(new ScanValue.Mapped(part.expression())));
        Optional<MappingExpression> owner = type.tenant().map(Positioned::expression);
        // All rows that are pinned to a tenant are of one.
        owner.filter(tenant -> !side.pin().equals(new PinMode.ByTenant(tenant)))
                .ifPresent(tenant -> identity.add(new ScanValue.Mapped(tenant)));
        return Optional.of(identity);
    }
}
