package io.spangraph.cypher.bind;

import io.spangraph.cypher.ast.AstExpression;
import io.spangraph.cypher.error.CypherErrors;

/** What sums and products with dates, times and durations give, and what people write in other languages instead. */
final class TemporalOperands {
    private TemporalOperands() {}

    /** The type of the result; at least one of the operands is temporal. */
    static StaticType result(AstExpression.Arithmetic written, StaticType left, StaticType right) {
        return switch (written.operator()) {
            case ADD -> sum(written, left, right);
            case SUBTRACT -> difference(written, left, right);
            case MULTIPLY -> product(written, left, right);
            case DIVIDE -> {
                if (left == StaticType.DURATION && right.mayBe(StaticType.NUMBER)) {
                    yield StaticType.DURATION;
                }
                throw refused(written, left, right, "A duration is divided by a number: duration({days: 7}) / 2.");
            }
            case MODULO, POWER, CONCATENATE ->
                throw refused(written, left, right, "Write toString(...) to make a text of it.");
        };
    }

    private static StaticType sum(AstExpression.Arithmetic written, StaticType left, StaticType right) {
        if (left == StaticType.LIST || right == StaticType.LIST) {
            return StaticType.LIST;
        }
        if (left.isTemporal() && right == StaticType.DURATION) {
            return left;
        }
        if (left == StaticType.DURATION && right.isTemporal()) {
            return right;
        }
        boolean open = left == StaticType.ANY || right == StaticType.ANY;
        if (open || left == StaticType.NULL || right == StaticType.NULL) {
            return StaticType.ANY;
        }
        throw refused(written, left, right, "Write date() + duration({days: 7}), or toString(...) to make a text.");
    }

    private static StaticType difference(AstExpression.Arithmetic written, StaticType left, StaticType right) {
        if (right.mayBe(StaticType.DURATION)) {
            return left;
        }
        throw refused(
                written,
                left,
                right,
                right.isTemporal()
                        ? "Write duration.between(start, end), or duration.inDays(start, end).days."
                        : "Write date() - duration({days: 7}).");
    }

    private static StaticType product(AstExpression.Arithmetic written, StaticType left, StaticType right) {
        boolean fits = left == StaticType.DURATION && right.mayBe(StaticType.NUMBER)
                || right == StaticType.DURATION && left.mayBe(StaticType.NUMBER);
        if (fits) {
            return StaticType.DURATION;
        }
        throw refused(written, left, right, "A duration is multiplied with a number: duration({days: 7}) * 2.");
    }

    private static RuntimeException refused(
            AstExpression.Arithmetic written, StaticType left, StaticType right, String hint) {
        return CypherErrors.type(
                        "Cannot calculate " + left.spelling() + " "
                                + written.operator().symbol() + " " + right.spelling(),
                        written.place().position())
                .withHint(hint);
    }
}
