package io.spangraph.engine.explain;

import io.spangraph.engine.explain.PlanDescription.Profile;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A plan description as text: the last operator first, each input indented below its operator.
 *
 * <pre>{@code
 * ProduceResults: n
 *   EagerAggregation: count(s) AS n
 *     NodeByLabelScan: (s:Span)  {table: silver.pg_spans, estimatedFiles: 8}
 * }</pre>
 *
 * One form for EXPLAIN and PROFILE and for every door, so that what people compare is comparable.
 */
public final class PlanDescriptionPrinter {
    private static final String INDENT = "  ";
    private static final double NANOS_PER_MILLISECOND = 1e6;

    private PlanDescriptionPrinter() {}

    /** Lines, each ended by a line feed; arguments of several lines follow the tree. */
    public static String print(PlanDescription plan) {
        StringBuilder tree = new StringBuilder();
        StringBuilder appendix = new StringBuilder();
        print(plan, "", tree, appendix);
        return tree.append(appendix).toString();
    }

    private static void print(PlanDescription plan, String indent, StringBuilder tree, StringBuilder appendix) {
        tree.append(indent).append(plan.operator());
        if (!plan.details().isEmpty()) {
            tree.append(": ").append(plan.details());
        }
        String arguments = plan.arguments().entrySet().stream()
                .filter(argument -> !isLong(argument))
                .map(argument -> argument.getKey() + ": " + text(argument.getValue()))
                .collect(Collectors.joining(", "));
        if (!arguments.isEmpty()) {
            tree.append(INDENT).append('{').append(arguments).append('}');
        }
        plan.profile().ifPresent(profile -> tree.append(INDENT).append(text(profile)));
        tree.append('\n');
        plan.arguments().entrySet().stream()
                .filter(PlanDescriptionPrinter::isLong)
                .forEach(argument -> appendix.append('\n')
                        .append(argument.getKey())
                        .append(":\n")
                        .append(argument.getValue().toString().stripTrailing())
                        .append('\n'));
        plan.children().forEach(child -> print(child, indent + INDENT, tree, appendix));
    }

    private static boolean isLong(Map.Entry<String, Object> argument) {
        return argument.getValue() instanceof String text && text.indexOf('\n') >= 0;
    }

    /** Estimates are whole numbers, whatever type clients want them in. */
    private static String text(Object value) {
        return value instanceof Double number && number == Math.rint(number)
                ? Long.toString(number.longValue())
                : value.toString();
    }

    private static String text(Profile profile) {
        String read = profile.filesRead() == 0
                ? ""
                : ", " + profile.bytesRead() + " bytes of " + profile.filesRead() + " files";
        return String.format(
                Locale.ROOT, "(%d rows, %.1f ms%s)", profile.rows(), profile.nanos() / NANOS_PER_MILLISECOND, read);
    }
}
