package io.spangraph.engine.expr;

import io.spangraph.engine.expr.Expression.And;
import io.spangraph.engine.expr.Expression.Literal;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** Takes conditions apart at their ANDs and puts them together again, because rules move single conjuncts. */
public final class Conjunction {
    private Conjunction() {}

    /** The conjuncts of a condition, nested ANDs taken apart, from left to right. */
    public static List<Expression> split(Expression condition) {
        List<Expression> conjuncts = new ArrayList<>();
        collect(condition, conjuncts);
        return conjuncts;
    }

    /** One condition that is true when all of these are, each said once; TRUE for none. */
    public static Expression of(List<Expression> conjuncts) {
        List<Expression> distinct = List.copyOf(new LinkedHashSet<>(conjuncts));
        return switch (distinct.size()) {
            case 0 -> new Literal(Value.TRUE);
            case 1 -> distinct.get(0);
            default -> new And(distinct);
        };
    }

    private static void collect(Expression condition, List<Expression> conjuncts) {
        if (condition instanceof And(List<Expression> operands)) {
            operands.forEach(operand -> collect(operand, conjuncts));
        } else {
            conjuncts.add(condition);
        }
    }
}
