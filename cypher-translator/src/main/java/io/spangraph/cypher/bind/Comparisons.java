package io.spangraph.cypher.bind;

import io.spangraph.cypher.ast.AstExpression.Comparison;
import io.spangraph.engine.expr.Expression.CompareOperator;
import io.spangraph.engine.plan.Notification;
import io.spangraph.engine.plan.Notification.Severity;
import java.util.Locale;
import java.util.Optional;

/** Finds comparisons that are legal and never true, which is hardly what their author meant. */
final class Comparisons {
    private Comparisons() {}

    /** What to tell the author of a comparison of values of these types; empty where it may be true. */
    static Optional<Notification> check(
            Comparison written, CompareOperator operator, TypedExpression left, TypedExpression right) {
        if (left.type() == StaticType.NULL || right.type() == StaticType.NULL) {
            return Optional.of(
                    neverTrue(written, "A comparison with null is null for every row. Write IS NULL or IS NOT NULL."));
        }
        // What is of another type is unequal for sure, which may be what is asked for.
        if (operator == CompareOperator.NOT_EQUAL || !left.type().isNeverComparedWith(right.type())) {
            return Optional.empty();
        }
        return Optional.of(neverTrue(
                written,
                "A value of type " + left.type().spelling() + " is never equal to, before or after one of type "
                        + right.type().spelling() + ". " + advice(left.type(), right.type())));
    }

    private static String advice(StaticType left, StaticType right) {
        if (left.isTemporal() && right.isTemporal()) {
            return "Convert one of them, for instance by date(...) or datetime(...).";
        }
        if (left.isTemporal() || right.isTemporal()) {
            return ofTemporal(left.isTemporal() ? left : right, left.isTemporal() ? right : left);
        }
        return "Convert one of them, for instance by toInteger(...) or toString(...).";
    }

    private static String ofTemporal(StaticType temporal, StaticType other) {
        if (other == StaticType.STRING) {
            String function = temporal.spelling().toLowerCase(Locale.ROOT);
            return "Make a " + temporal.spelling() + " of the text: " + function + "('...').";
        }
        return other.isNumber()
                ? "A time stamp becomes a DateTime by datetime({epochMillis: ...})."
                : "Convert one of them.";
    }

    private static Notification neverTrue(Comparison written, String description) {
        return new Notification(
                "Neo.ClientNotification.Statement.ComparisonNeverTrue",
                Severity.WARNING,
                "A comparison of the query is never true.",
                description,
                Optional.of(written.place().position()));
    }
}
