package io.spangraph.cypher.bind;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** The names that can be used at a place of a query. Immutable. */
public final class Scope {
    /** The scope in which a query starts. */
    public static final Scope EMPTY = new Scope(new TreeMap<>(), Set.of());

    private final TreeMap<String, Binding> bindings;
    private final Set<String> notImported;

    private Scope(TreeMap<String, Binding> bindings, Set<String> notImported) {
        this.bindings = bindings;
        this.notImported = Set.copyOf(notImported);
    }

    /** This scope within a CALL that leaves the other names of this one outside. */
    public Scope within(Scope outside) {
        return new Scope(bindings, outside.names());
    }

    /** True for a name that is known outside of a CALL, and was not imported. */
    boolean isOutside(String name) {
        return notImported.contains(name) && !bindings.containsKey(name);
    }

    public Optional<Binding> find(String name) {
        return Optional.ofNullable(bindings.get(name));
    }

    /** This scope and one more name, which hides an older binding of it. */
    public Scope with(String name, Binding binding) {
        TreeMap<String, Binding> more = new TreeMap<>(bindings);
        forgetParts(more, name);
        more.put(name, binding);
        return new Scope(more, notImported);
    }

    /** The names that an author knows, in alphabetical order, as {@code RETURN *} lists them. */
    public Set<String> names() {
        Set<String> names = new TreeSet<>(bindings.keySet());
        names.removeIf(PathPart::isHidden);
        return names;
    }

    public Collection<Binding> bindings() {
        return Collections.unmodifiableCollection(bindings.values());
    }

    /** The names that satisfy the condition, and what is known of them. */
    public Scope only(Predicate<String> condition) {
        TreeMap<String, Binding> kept = new TreeMap<>();
        for (String name : names()) {
            if (condition.test(name)) {
                for (PathPart part : PathPart.values()) {
                    find(part.nameOf(name)).ifPresent(binding -> kept.put(part.nameOf(name), binding));
                }
            }
        }
        return new Scope(kept, notImported);
    }

    /** Both scopes; names of the other one hide those of this one. */
    public Scope hiddenBy(Scope other) {
        TreeMap<String, Binding> both = new TreeMap<>((Map<String, Binding>) bindings);
        other.bindings.keySet().forEach(name -> forgetParts(both, name));
        both.putAll(other.bindings);
        return new Scope(both, notImported);
    }

    /** A name that stands for something else has other parts, or none. */
    private static void forgetParts(Map<String, Binding> bindings, String name) {
        for (PathPart part : PathPart.values()) {
            bindings.remove(part.nameOf(name));
        }
    }
}
