package io.spangraph.engine.optimize.rule;

import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Expression.FunctionCall;
import io.spangraph.engine.expr.Expression.Literal;
import io.spangraph.engine.expr.Expression.MapLiteral;
import io.spangraph.engine.expr.Expression.Property;
import io.spangraph.engine.expr.Expression.VariableRef;
import io.spangraph.engine.expr.temporal.EpochBound.Image;
import io.spangraph.engine.expr.temporal.EpochBound.Unit;
import io.spangraph.model.value.Value;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An expression that makes a point in time of a property that counts milliseconds or seconds since 1970, in UTC. It grows
 * as the count grows, which is what lets a comparison be turned round.
 */
record EpochImage(Expression count, Image image, Unit unit) {
    private static final Set<String> UTC = Set.of("Z", "UTC", "Etc/UTC", "GMT");

    static Optional<EpochImage> of(Expression expression) {
        if (expression instanceof FunctionCall(String name, List<Expression> arguments)) {
            return ofCall(name.toLowerCase(Locale.ROOT), arguments);
        }
        boolean year = expression instanceof Property(Expression subject, String name) && name.equals("year");
        return year
                ? of(((Property) expression).subject())
                        .map(image -> new EpochImage(image.count, Image.YEAR, image.unit))
                : Optional.empty();
    }

    private static Optional<EpochImage> ofCall(String function, List<Expression> arguments) {
        if (arguments.size() == 1 && arguments.getFirst() instanceof MapLiteral(Map<String, Expression> entries)) {
            return switch (function) {
                case "datetime" -> ofMap(entries, Image.DATE_TIME);
                case "localdatetime" -> ofMap(entries, Image.LOCAL_DATE_TIME);
                default -> Optional.empty();
            };
        }
        return switch (function) {
            case "datetime.fromepochmillis" -> count(arguments.getFirst(), Image.DATE_TIME, Unit.MILLISECONDS);
            case "datetime.fromepoch" ->
                arguments.get(1).equals(new Literal(Value.of(0L)))
                        ? count(arguments.getFirst(), Image.DATE_TIME, Unit.SECONDS)
                        : Optional.empty();
            case "date" -> converted(arguments, Image.DATE);
            case "datetime" -> converted(arguments, Image.DATE_TIME).filter(EpochImage::isMoment);
            case "localdatetime" -> converted(arguments, Image.LOCAL_DATE_TIME).filter(EpochImage::isMoment);
            default -> Optional.empty();
        };
    }

    /** A date of a time; not a time of a date, which has lost its hours. */
    private static Optional<EpochImage> converted(List<Expression> arguments, Image to) {
        return arguments.size() == 1
                ? of(arguments.getFirst())
                        .filter(EpochImage::isMoment)
                        .map(image -> new EpochImage(image.count, to, image.unit))
                : Optional.empty();
    }

    private boolean isMoment() {
        return image == Image.DATE_TIME || image == Image.LOCAL_DATE_TIME;
    }

    private static Optional<EpochImage> ofMap(Map<String, Expression> entries, Image image) {
        if (!isUtc(entries)) {
            return Optional.empty();
        }
        for (Map.Entry<String, Expression> entry : entries.entrySet()) {
            if (entry.getKey().equals("epochMillis")) {
                return count(entry.getValue(), image, Unit.MILLISECONDS);
            }
            if (entry.getKey().equals("epochSeconds")) {
                return count(entry.getValue(), image, Unit.SECONDS);
            }
        }
        return Optional.empty();
    }

    /** True if the map has one entry, or a second one that names UTC. */
    private static boolean isUtc(Map<String, Expression> entries) {
        return entries.size() == 1
                || entries.size() == 2
                        && entries.getOrDefault("timezone", new Literal(Value.NULL))
                                instanceof Literal(Value.StringValue(String zone))
                        && UTC.contains(zone);
    }

    private static Optional<EpochImage> count(Expression count, Image image, Unit unit) {
        return count instanceof Property(VariableRef subject, String name)
                        && subject.variable().isEntity()
                ? Optional.of(new EpochImage(count, image, unit))
                : Optional.empty();
    }
}
