package io.spangraph.engine.optimize.rule;

import io.spangraph.engine.optimize.Optimizer;
import io.spangraph.engine.optimize.Rule;
import java.util.List;

/** All rules in the order in which they are applied; {@code docs/rules.md} is the same list for readers. */
public final class DefaultRules {
    /** The one list. A comment says why a rule stands where it does. */
    public static final List<Rule> ALL = List.of(
            // First, because all others know types only.
            new ResolveLabels(),
            // As soon as there are scans to pin.
            new PinTenant(),
            // Before filters move: what is simpler moves further.
            new SimplifyCondition(),
            new InvertEpochConditions(),
            new MergeFilters(),
            // From the outer nodes of a plan to the inner ones, and last into scans.
            new PushFilterThroughUnion(),
            new PushFilterThroughSort(),
            new PushFilterThroughAggregate(),
            new PushFilterThroughProject(),
            new PushFilterThroughUnwind(),
            new PushFilterIntoApply(),
            new PushFilterIntoJoin(),
            new PushFilterIntoExpand(),
            new PushFilterIntoScan(),
            // When the scans know their predicates, which rule types out.
            new NarrowTypes(),
            // After that: with one type left it speaks of its properties, which can be carried further.
            new ElementIdToKey(),
            // With the types that are left: fewer types, and ends that have rows, imply more equalities.
            new RequireRow(),
            new DropDistinctCheck(),
            new CarryKeyPredicates(),
            // After what a predicate elsewhere says of the key of a node.
            new StartFromSelectiveEnd(),
            // After what is carried through scans: a node that is known by its key has none.
            new MeetKnownNode(),
            // When the hops have their final direction.
            new ReadEdgeFromRow(),
            // When it is known on which row a relationship, and so the key at its other end, stands.
            new DropForeignKeyHop(),
            new PushLimitThroughProject(),
            new SortLimitToTopN(),
            // Last, because every rule above may change what is asked for.
            new PruneProperties());

    private DefaultRules() {}

    /** An optimizer with all rules. */
    public static Optimizer optimizer() {
        return new Optimizer(ALL);
    }
}
