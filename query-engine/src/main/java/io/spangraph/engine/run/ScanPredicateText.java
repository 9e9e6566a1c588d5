package io.spangraph.engine.run;

import io.spangraph.engine.spi.ScanPredicate;
import io.spangraph.model.value.ValueText;
import java.util.List;
import java.util.stream.Collectors;

/** Scan predicates as text, for plans. */
final class ScanPredicateText {
    private static final int MAX_VALUES = 5;

    private ScanPredicateText() {}

    static String of(ScanPredicate predicate) {
        return switch (predicate) {
            case ScanPredicate.And(List<ScanPredicate> operands) -> joined(operands, " AND ", "true");
            case ScanPredicate.Or(List<ScanPredicate> operands) -> joined(operands, " OR ", "false");
            case ScanPredicate.Compare compare ->
                compare.column() + " " + compare.operator().symbol() + " " + ValueText.excerpt(compare.value());
            case ScanPredicate.In in ->
                in.column()
                        + in.values().stream()
                                .limit(MAX_VALUES)
                                .map(ValueText::excerpt)
                                .collect(Collectors.joining(
                                        ", ", " IN [", in.values().size() > MAX_VALUES ? ", ...]" : "]"));
            case ScanPredicate.IsNull(String column) -> column + " IS NULL";
            case ScanPredicate.IsNotNull(String column) -> column + " IS NOT NULL";
            case ScanPredicate.StartsWith(String column, String prefix) -> column + " STARTS WITH '" + prefix + "'";
        };
    }

    private static String joined(List<ScanPredicate> operands, String operator, String empty) {
        return operands.isEmpty()
                ? empty
                : operands.stream().map(ScanPredicateText::of).collect(Collectors.joining(operator, "(", ")"));
    }
}
