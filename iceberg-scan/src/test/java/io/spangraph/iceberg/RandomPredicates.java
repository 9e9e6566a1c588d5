package io.spangraph.iceberg;

import io.spangraph.engine.expr.Expression.CompareOperator;
import io.spangraph.engine.spi.ScanPredicate;
import io.spangraph.model.value.Value;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Predicates over the columns of {@link RandomRows}, with values near the rows' own and far from them. */
final class RandomPredicates {
    private final Random random;

    RandomPredicates(Random random) {
        this.random = random;
    }

    ScanPredicate next(int depth) {
        int kind = random.nextInt(depth > 0 ? 9 : 7);
        String column = RandomRows.COLUMNS.get(random.nextInt(RandomRows.COLUMNS.size()));
        return switch (kind) {
            case 0 -> new ScanPredicate.IsNull(column);
            case 1 -> new ScanPredicate.IsNotNull(column);
            case 2 -> new ScanPredicate.In(column, values(column, 1 + random.nextInt(5)));
            case 3 -> new ScanPredicate.StartsWith("text", prefix());
            case 7 -> new ScanPredicate.And(operands(depth));
            case 8 -> new ScanPredicate.Or(operands(depth));
            default -> new ScanPredicate.Compare(column, operator(), value(column));
        };
    }

    private List<ScanPredicate> operands(int depth) {
        return IntStream.range(0, random.nextInt(4))
                .mapToObj(i -> next(depth - 1))
                .toList();
    }

    /** Also such as end within a character of two UTF-16 units. */
    private String prefix() {
        String text = RandomRows.text(random);
        return text.substring(0, random.nextInt(Math.min(3, text.length() + 1)));
    }

    private CompareOperator operator() {
        return CompareOperator.values()[random.nextInt(CompareOperator.values().length)];
    }

    private List<Value> values(String column, int count) {
        List<Value> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(value(column));
        }
        return values;
    }

    /** Mostly of the column's kind; now and then of another. */
    private Value value(String column) {
        return switch (random.nextInt(12) == 0 ? "any" : column) {
            case "flag" -> Value.of(random.nextBoolean());
            case "small", "large", "single", "wide", "money" -> number();
            case "text" -> Value.of(RandomRows.text(random));
            case "uuid" -> Value.of(RandomRows.uuid(random).toString());
            case "day" -> new Value.DateValue(LocalDate.ofEpochDay(random.nextInt(40)));
            case "clock" -> new Value.LocalTimeValue(LocalTime.ofNanoOfDay(random.nextInt(5) * 1_500L));
            case "local" -> new Value.LocalDateTimeValue(LocalDateTime.ofInstant(instant(), ZoneOffset.UTC));
            case "instant" ->
                new Value.DateTimeValue(
                        instant().atZone(random.nextBoolean() ? ZoneOffset.UTC : ZoneId.of("Europe/Berlin")));
            default -> RandomRows.COLUMNS.size() > random.nextInt(20) ? Value.of("7") : number();
        };
    }

    private Instant instant() {
        if (random.nextInt(15) == 0) {
            return random.nextBoolean() ? Instant.MAX.minusSeconds(1L << 37) : Instant.MIN.plusSeconds(1L << 37);
        }
        return Instant.ofEpochSecond(random.nextInt(40) * 86_400L, random.nextInt(3) * 500L);
    }

    private Value number() {
        return switch (random.nextInt(14)) {
            case 0 -> Value.of(3.5);
            case 1 -> Value.of(Double.NaN);
            case 2 -> Value.of(Double.POSITIVE_INFINITY);
            case 3 -> Value.of(-0.0);
            case 4 -> Value.of(1e19);
            case 5 -> Value.of(1L << 40);
            case 6 -> Value.of((1L << 53) + 1);
            case 7 -> Value.of(Long.MAX_VALUE);
            case 8 -> Value.of(0.1);
            case 9 -> Value.of((double) 0.1f);
            case 10 -> Value.of((double) random.nextInt(10));
            default -> Value.of(random.nextInt(10) - 2L);
        };
    }
}
