package io.spangraph.iceberg.equivalence;

import io.spangraph.engine.expr.Expression.CompareOperator;
import io.spangraph.engine.spi.Pin;
import io.spangraph.engine.spi.RuntimeKeys;
import io.spangraph.engine.spi.ScanPredicate;
import io.spangraph.model.schema.MappingExpression.ColumnPath;
import io.spangraph.model.value.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * What is asked of a table.
 *
 * @param threads how many threads read the parts of the scan
 */
record RandomQuery(
        List<String> columns, ScanPredicate predicate, RuntimeKeys keys, Pin pin, boolean references, int threads) {

    /** Makes queries whose values are mostly the table's own, or next to them. */
    static final class Generator {
        private static final int MANY = 1_000;

        private final Random random;
        private final List<String> columns;
        private final List<GenericRows.Row> rows;

        Generator(Random random, List<String> columns, List<GenericRows.Row> rows) {
            this.random = random;
            this.columns = columns;
            this.rows = rows;
        }

        private boolean oneIn(int cases) {
            return random.nextInt(cases) == 0;
        }

        RandomQuery next() {
            List<String> wanted = new ArrayList<>(columns);
            Collections.shuffle(wanted, random);
            wanted = wanted.subList(0, random.nextInt(wanted.size() + 1));
            ScanPredicate predicate = columns.isEmpty() || oneIn(6) ? ScanPredicate.TRUE : predicate(2);
            return new RandomQuery(
                    List.copyOf(wanted), predicate, keys(), pin(), random.nextBoolean(), oneIn(4) ? 3 : 1);
        }

        private RuntimeKeys keys() {
            if (columns.isEmpty() || !oneIn(5)) {
                return RuntimeKeys.NONE;
            }
            String column = column();
            Set<Value> values = new HashSet<>(values(column, 1 + random.nextInt(20)));
            return new RuntimeKeys(List.of(new RuntimeKeys.KeySet(column, values)));
        }

        private Pin pin() {
            List<String> texts = columns.stream()
                    .filter(column -> rows.stream().anyMatch(row -> row.value(column) instanceof Value.StringValue))
                    .toList();
            if (texts.isEmpty() || !oneIn(8)) {
                return new Pin.All();
            }
            String owner = texts.get(random.nextInt(texts.size()));
            return rows.get(random.nextInt(rows.size())).value(owner) instanceof Value.StringValue(String tenant)
                    ? new Pin.Tenant(new ColumnPath(owner, List.of()), tenant)
                    : new Pin.All();
        }

        private String column() {
            return columns.get(random.nextInt(columns.size()));
        }

        private ScanPredicate predicate(int depth) {
            String column = column();
            return switch (random.nextInt(depth > 0 ? 10 : 7)) {
                case 0 -> new ScanPredicate.IsNull(column);
                case 1 -> new ScanPredicate.IsNotNull(column);
                case 2 -> new ScanPredicate.In(column, values(column, oneIn(10) ? MANY : 1 + random.nextInt(6)));
                case 3 -> prefix(column);
                case 7, 8 -> new ScanPredicate.And(operands(depth));
                case 9 -> new ScanPredicate.Or(operands(depth));
                default -> new ScanPredicate.Compare(column, operator(), value(column));
            };
        }

        private List<ScanPredicate> operands(int depth) {
            List<ScanPredicate> operands = new ArrayList<>();
            int count = 1 + random.nextInt(3);
            for (int i = 0; i < count; i++) {
                operands.add(predicate(depth - 1));
            }
            return operands;
        }

        private CompareOperator operator() {
            return CompareOperator.values()[random.nextInt(CompareOperator.values().length)];
        }

        private ScanPredicate prefix(String column) {
            if (value(column) instanceof Value.StringValue(String text)) {
                return new ScanPredicate.StartsWith(column, text.substring(0, random.nextInt(text.length() + 1)));
            }
            return new ScanPredicate.Compare(column, CompareOperator.EQUAL, value(column));
        }

        private List<Value> values(String column, int count) {
            List<Value> values = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                values.add(value(column));
            }
            return values;
        }

        private Value value(String column) {
            if (rows.isEmpty() || oneIn(12)) {
                return other();
            }
            Value own = rows.get(random.nextInt(rows.size())).value(column);
            if (own.isNull() || own instanceof Value.ListValue || own instanceof Value.MapValue) {
                return other();
            }
            return oneIn(4) ? near(own) : own;
        }

        private Value near(Value value) {
            return switch (value) {
                case Value.IntegerValue(long number) ->
                    oneIn(3) ? Value.of(number + 0.5) : Value.of(number + (random.nextBoolean() ? 1 : -1));
                case Value.FloatValue(double number) ->
                    Value.of(random.nextBoolean() ? Math.nextUp(number) : (long) number);
                case Value.StringValue(String text) ->
                    Value.of(random.nextBoolean() ? text + "a" : text.substring(0, text.length() / 2));
                case Value.DateValue(java.time.LocalDate day) -> new Value.DateValue(day.plusDays(1));
                case Value.LocalTimeValue(java.time.LocalTime time) -> new Value.LocalTimeValue(time.plusNanos(1));
                case Value.LocalDateTimeValue(java.time.LocalDateTime time) ->
                    new Value.LocalDateTimeValue(time.plus(Duration.ofNanos(500)));
                case Value.DateTimeValue(java.time.ZonedDateTime time) ->
                    new Value.DateTimeValue(time.minus(Duration.ofNanos(500)));
                default -> value;
            };
        }

        /** A value of no certain kind. */
        private Value other() {
            return switch (random.nextInt(7)) {
                case 0 -> Value.of(Double.NaN);
                case 1 -> Value.of(-0.0);
                case 2 -> Value.of("");
                case 3 -> Value.of(Long.MIN_VALUE);
                case 4 -> Value.of(1e300);
                case 5 -> Value.TRUE;
                default -> Value.of(random.nextInt(9));
            };
        }
    }
}
