package io.spangraph.engine.physical;

import io.spangraph.engine.row.ColumnId;
import java.util.function.Supplier;

/**
 * One choice among operators that give the same rows, made when the operators of a plan are known. As with the rules of
 * the optimizer, tests switch each of them off and compare answers.
 */
public interface PhysicalRule {
    /** Verb and object, as {@code docs/rules.md} calls it. */
    default String name() {
        return getClass().getSimpleName();
    }

    /** One sentence for {@code docs/rules.md}. */
    String summary();

    /**
     * The plan with this choice made wherever it pays; the columns of its rows stay.
     *
     * @param newColumns makes a column that nothing else has
     */
    PhysicalPlan apply(PhysicalPlan plan, Supplier<ColumnId> newColumns);
}
