package io.spangraph.iceberg.plan;

import io.spangraph.engine.spi.ScanPredicate;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.types.Types.NestedField;

/**
 * One of the conditions that all have to hold, in each of the forms that planning and reading use. Compared by identity:
 * a condition can hold ten thousand keys.
 */
public final class Conjunct {
    private final Optional<ScanPredicate> source;
    private final Condition condition;
    private final Expression pruning;
    private final Expression partitionPruning;
    private final boolean provable;

    private Conjunct(Optional<ScanPredicate> source, Condition condition, boolean provable) {
        this.source = source;
        this.condition = condition;
        this.pruning = PruningExpressions.ofBounds(condition);
        this.partitionPruning = PruningExpressions.ofPartitions(condition);
        this.provable = provable;
    }

    /** @param source what it came from, unless that is the pin, which the engine checks by itself */
    static Conjunct of(Optional<ScanPredicate> source, Condition condition) {
        return new Conjunct(source, condition, PruningExpressions.isExact(condition));
    }

    /**
     * Run-time keys, which the engine checks by itself. That all rows of a file have one of them is next to never
     * proven, and each try would cost a pass over thousands of keys.
     */
    static Conjunct ofKeys(Condition condition) {
        return new Conjunct(Optional.empty(), condition, false);
    }

    public Optional<ScanPredicate> source() {
        return source;
    }

    public Condition condition() {
        return condition;
    }

    /** The columns that the condition reads. */
    public Set<NestedField> columns() {
        Set<NestedField> found = new HashSet<>();
        Condition.collectColumns(condition, found);
        return found;
    }

    /** True wherever the condition is; for bounds of columns and for row groups. */
    public Expression pruning() {
        return pruning;
    }

    /** True wherever the condition is; for values of partitions. */
    public Expression partitionPruning() {
        return partitionPruning;
    }

    /** Whether it is worth to ask if all rows of a file satisfy it: pruning is true exactly where the condition is. */
    public boolean provable() {
        return provable;
    }
}
