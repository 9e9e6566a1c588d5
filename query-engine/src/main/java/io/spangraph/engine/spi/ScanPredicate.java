package io.spangraph.engine.spi;

import io.spangraph.engine.expr.Expression.CompareOperator;
import io.spangraph.model.value.Value;
import java.util.List;

/**
 * A condition on the columns of a base row that a source may use to skip data. A row passes when the condition is true;
 * false and unknown are the same here, and there is no NOT: what cannot be said so stays with the engine.
 */
public sealed interface ScanPredicate {
    /** Every row passes. */
    ScanPredicate TRUE = new And(List.of());

    record And(List<ScanPredicate> operands) implements ScanPredicate {
        public And {
            operands = List.copyOf(operands);
        }
    }

    record Or(List<ScanPredicate> operands) implements ScanPredicate {
        public Or {
            operands = List.copyOf(operands);
        }
    }

    /** A column against a value that is not null; unknown when the column is null. */
    record Compare(String column, CompareOperator operator, Value value) implements ScanPredicate {}

    /** One of these values, none of them null. */
    record In(String column, List<Value> values) implements ScanPredicate {
        public In {
            values = List.copyOf(values);
        }
    }

    record IsNull(String column) implements ScanPredicate {}

    record IsNotNull(String column) implements ScanPredicate {}

    record StartsWith(String column, String prefix) implements ScanPredicate {}

    /** Both, without nesting where one is trivial. */
    static ScanPredicate and(ScanPredicate left, ScanPredicate right) {
        if (left.equals(TRUE)) {
            return right;
        }
        return right.equals(TRUE) ? left : new And(List.of(left, right));
    }
}
