package io.spangraph.engine.expr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.spangraph.engine.context.Cancellation;
import io.spangraph.engine.context.Execution;
import io.spangraph.engine.context.MemoryBudget;
import io.spangraph.engine.context.Principal;
import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.context.QueryLimits;
import io.spangraph.engine.exec.expression.ExpressionCompiler;
import io.spangraph.engine.expr.Expression.Arithmetic;
import io.spangraph.engine.expr.Expression.ArithmeticOperator;
import io.spangraph.engine.expr.Expression.Compare;
import io.spangraph.engine.expr.Expression.CompareOperator;
import io.spangraph.engine.expr.Expression.FunctionCall;
import io.spangraph.engine.expr.Expression.Literal;
import io.spangraph.engine.expr.Expression.Property;
import io.spangraph.model.schema.GraphSchema;
import io.spangraph.model.schema.GraphSchema.Tenancy;
import io.spangraph.model.value.Value;
import io.spangraph.model.value.ValueText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemporalFunctionsTest {
    private static final QueryLimits LIMITS = new QueryLimits(Duration.ofMinutes(1), 1_000, 1_000_000, 1_000_000);
    private static final FunctionContext CONTEXT = new FunctionContext(
            new GraphSchema("empty", Map.of(), Map.of(), Tenancy.SINGLE, List.of(), List.of()),
            new QueryContext(
                    new Principal("tester", Optional.empty(), Set.of()),
                    Map.of(),
                    LIMITS,
                    new MemoryBudget(LIMITS.maxMemoryBytes()),
                    Cancellation.after(LIMITS.timeout()),
                    Instant.parse("2026-11-21T10:15:30.123456789Z"),
                    Execution.SEQUENTIAL));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "date          | 2026-11-21                | 2026-11-21",
                "date          | 20261121                  | 2026-11-21",
                "date          | 2026-11                   | 2026-11-01",
                "date          | 202611                    | 2026-11-01",
                "date          | 2026                      | 2026-01-01",
                "date          | 2026-W47-6                | 2026-11-21",
                "date          | 2026W47                   | 2026-11-16",
                "date          | 2026-Q4-52                | 2026-11-21",
                "date          | 2026-325                  | 2026-11-21",
                "date          | 2026325                   | 2026-11-21",
                "date          | -0044-03-15               | -0044-03-15",
                "localtime     | 21:40:32.142              | 21:40:32.142",
                "localtime     | 214032,142                | 21:40:32.142",
                "localtime     | 21                        | 21:00:00",
                "time          | 21:40-01:30               | 21:40:00-01:30",
                "time          | 2140                      | 21:40:00Z",
                "localdatetime | 2026-11-21T10             | 2026-11-21T10:00:00",
                "localdatetime | 2026W476T1015             | 2026-11-21T10:15:00",
                "datetime      | 2026-11-21                | 2026-11-21T00:00:00Z",
                "datetime      | 2026-11-21T10:15Z         | 2026-11-21T10:15:00Z",
                "datetime      | 20261121T101500+0130      | 2026-11-21T10:15:00+01:30",
                "datetime      | 2026-11-21T10:15[Europe/Stockholm] | 2026-11-21T10:15:00+01:00[Europe/Stockholm]",
                "datetime      | 2026-11-21T10:15+01[Europe/Stockholm] | 2026-11-21T10:15:00+01:00[Europe/Stockholm]",
                "duration      | P1Y2M10DT2H30M            | P1Y2M10DT2H30M",
                "duration      | P0.75M                    | P22DT19H51M49.5S",
                "duration      | P2.5W                     | P17DT12H",
                "duration      | PT-1.5S                   | PT-1.5S",
                "duration      | -P1DT1S                   | P-1DT-1S",
                "duration      | P0001-02-03T04:05:06.7    | P1Y2M3DT4H5M6.7S",
                "duration      | PT0S                      | PT0S"
            })
    void texts(String function, String text, String expected) {
        assertThat(ValueText.literal(call(function, Value.of(text)))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "date          | year: 2026                               | 2026-01-01",
                "date          | year: 2026, month: 11, day: 21           | 2026-11-21",
                "date          | year: 2026, week: 47, dayOfWeek: 6       | 2026-11-21",
                "date          | year: 2026, quarter: 4, dayOfQuarter: 52 | 2026-11-21",
                "date          | year: 2026, ordinalDay: 325              | 2026-11-21",
                "date          | date: 2024-02-29, year: 2026             | 2026-02-28",
                "date          | date: 2026-11-21, quarter: 1             | 2026-02-21",
                "date          | date: 2026-12-31, week: 2                | 2026-01-08",
                "datetime      | epochMillis: 1771668930123               | 2026-02-21T10:15:30.123Z",
                "datetime      | epochSeconds: 1771668930, nanosecond: 7  | 2026-02-21T10:15:30.000000007Z",
                "datetime      | epochMillis: 0, timezone: '+02:00'       | 1970-01-01T02:00:00+02:00",
                "datetime      | year: 2026, month: 7, timezone: 'Europe/Stockholm' | 2026-07-01T00:00:00+02:00[Europe/Stockholm]",
                "datetime      | timezone: '-05:00'                       | 2026-11-21T05:15:30.123456789-05:00",
                "localdatetime | year: 2026, month: 1, day: 2, hour: 3, minute: 4, second: 5, millisecond: 6, microsecond: 7, nanosecond: 8"
                        + " | 2026-01-02T03:04:05.006007008",
                "time          | hour: 12, minute: 31, timezone: '+01:00' | 12:31:00+01:00",
                "localtime     | hour: 12, minute: 31, second: 14, nanosecond: 789 | 12:31:14.000000789",
                "duration      | years: 1.5, days: 1                      | P1Y6M1D",
                "duration      | weeks: 1, hours: 25, milliseconds: -500  | P7DT24H59M59.5S",
                "duration      | months: 0.75                             | P22DT19H51M49.5S",
                "date          | year: null                               | null"
            })
    void maps(String function, String map, String expected) {
        assertThat(ValueText.literal(call(function, map(map)))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "date          | 2026-13-01     | date() got what is no date or time",
                "date          | 21.11.2026     | date() expected a text like '2026-11-21' but got '21.11.2026'.",
                "datetime      | 2026-11-21 10:15 | datetime() expected a text like '2026-11-21T10:15:00Z'",
                "datetime      | 2026-07-01T00:00+05:00[Europe/Stockholm] | the offset +05:00 is not that of Europe/Stockholm",
                "datetime      | 2026-07-01T00:00[Mars/Olympus] | datetime() got what is no date or time: Unknown time-zone",
                "localdatetime | 2026-07-01T00:00Z | localdatetime() expected a text without a zone",
                "duration      | 1 day          | duration() expected a text like 'P1Y2M3DT4H5M6.7S' but got '1 day'.",
                "duration      | P              | duration() expected a text like",
                "duration      | P99999999999999999999Y | The duration is out of range"
            })
    void textsThatAreNone(String function, String text, String message) {
        assertThatThrownBy(() -> call(function, Value.of(text)))
                .isInstanceOf(QueryException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "date     | month: 1                     | date() expected 'year' in its map but got [month].",
                "date     | year: 2026, day: 1           | date() expected 'month' beside 'day' in its map.",
                "date     | year: 2026, month: 1, week: 1 | date() cannot mix months, weeks, quarters and ordinal days",
                "date     | year: 2025, week: 53         | date() got what is no date or time: the year 2025 has no week 53.",
                "date     | year: 2026, hour: 1          | date() takes no 'hour' in its map.",
                "date     | year: 'x'                    | date() expected an Integer for 'year' but got String: 'x'.",
                "datetime | epochMillis: 1.5             | datetime() expected an Integer for 'epochMillis' but got Float: 1.5.",
                "time     | minute: 1                    | time() expected 'hour' in its map but got [minute].",
                "datetime | year: 2026, hour: 1, minute: 1, second: 1, millisecond: 1000"
                        + " | datetime() expected 0 to 999 for 'millisecond' but got 1000.",
                "duration | day: 1                       | duration() takes no 'day' in its map."
            })
    void mapsThatMakeNoValue(String function, String map, String message) {
        assertThatThrownBy(() -> call(function, map(map)))
                .isInstanceOf(QueryException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "date.truncate     | month       | date('2026-11-21')              | 2026-11-01",
                "date.truncate     | weekYear    | date('2026-01-01')              | 2025-12-29",
                "date.truncate     | millennium  | date('2026-01-01')              | 2000-01-01",
                "date.truncate     | quarter     | datetime('2026-11-21T10:15Z')   | 2026-10-01",
                "datetime.truncate | hour        | datetime('2026-11-21T10:15+02') | 2026-11-21T10:00:00+02:00",
                "datetime.truncate | week        | date('2026-11-21')              | 2026-11-16T00:00:00Z",
                "localtime.truncate | minute     | localtime('10:15:30')           | 10:15:00",
                "time.truncate     | millisecond | time('10:15:30.123456789+01')   | 10:15:30.123+01:00"
            })
    void truncation(String function, String unit, String source, String expected) {
        assertThat(ValueText.literal(call(function, Value.of(unit), constructed(source))))
                .isEqualTo(expected);
    }

    @Test
    void truncationTakesOtherParts() {
        Value moment = constructed("datetime('2026-11-21T10:15:30.123456789Z')");

        assertThat(ValueText.literal(call("datetime.truncate", Value.of("year"), moment, map("day: 2, hour: 5"))))
                .isEqualTo("2026-01-02T05:00:00Z");
        assertThat(ValueText.literal(call("datetime.truncate", Value.of("millisecond"), moment, map("nanosecond: 2"))))
                .isEqualTo("2026-11-21T10:15:30.123000002Z");
        assertThatThrownBy(() -> call("date.truncate", Value.of("hour"), moment))
                .hasMessage("date.truncate() cannot truncate to 'hour', as a date has no time.");
        assertThatThrownBy(() -> call("date.truncate", Value.of("fortnight"), moment))
                .hasMessage("date.truncate() does not know the unit 'fortnight'.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "date('2026-01-31')              | + | duration('P1M')          | 2026-02-28",
                "date('2026-01-31')              | + | duration('PT36H')        | 2026-02-01",
                "date('2026-01-31')              | - | duration('P1Y1D')        | 2025-01-30",
                "localtime('23:30')              | + | duration('P5DT1H')       | 00:30:00",
                "datetime('2026-03-28T12:00[Europe/Stockholm]') | + | duration('P1D') | 2026-03-29T12:00:00+02:00[Europe/Stockholm]",
                "datetime('2026-03-28T12:00[Europe/Stockholm]') | + | duration('PT24H') | 2026-03-29T13:00:00+02:00[Europe/Stockholm]",
                "duration('P1M')                 | + | date('2026-01-31')       | 2026-02-28",
                "duration('P1DT1.5S')            | + | duration('PT0.75S')      | P1DT2.25S",
                "duration('P1D')                 | - | duration('PT1S')         | P1DT-1S",
                "duration('P1M')                 | * | 1.5                      | P1M15DT5H14M33S",
                "3                               | * | duration('PT20M')        | PT1H",
                "duration('P1D')                 | / | 2                        | PT12H"
            })
    void arithmetic(String left, String operator, String right, String expected) {
        ArithmeticOperator found = List.of(ArithmeticOperator.values()).stream()
                .filter(candidate -> candidate.symbol().equals(operator))
                .findFirst()
                .orElseThrow();
        Expression sum = new Arithmetic(found, new Literal(constructed(left)), new Literal(constructed(right)));

        assertThat(ValueText.literal(ExpressionCompiler.constant(sum, CONTEXT))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "duration.between   | date('2025-12-30')   | date('2026-02-01')            | P1M2D",
                "duration.between   | date('2026-02-01')   | date('2025-12-30')            | P-1M-2D",
                "duration.between   | date('2026-02-01')   | localdatetime('2026-02-02T06') | P1DT6H",
                "duration.between   | localtime('10:00')   | localtime('09:59:59.5')       | PT-0.5S",
                "duration.inMonths  | date('2024-02-01')   | date('2026-01-31')            | P1Y11M",
                "duration.inDays    | date('2024-02-01')   | date('2026-01-31')            | P730D",
                "duration.inSeconds | datetime('2026-03-28T12:00[Europe/Stockholm]') | datetime('2026-03-29T12:00[Europe/Stockholm]') | PT23H",
                "duration.inDays    | datetime('2026-03-28T12:00[Europe/Stockholm]') | datetime('2026-03-29T12:00[Europe/Stockholm]') | P1D",
                "duration.between   | datetime('2026-01-01T00:00Z') | datetime('2026-01-01T00:00+01:00') | PT-1H"
            })
    void durationsBetween(String function, String from, String to, String expected) {
        assertThat(ValueText.literal(call(function, constructed(from), constructed(to))))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "datetime('2026-11-21T10:15:30.123+02:00') | epochMillis   | 1795248930123",
                "datetime('2026-11-21T10:15:30.123+02:00') | offsetMinutes | 120",
                "datetime('2026-11-21T10:15[Europe/Stockholm]') | offset   | '+01:00'",
                "date('2026-11-21')                        | week          | 47",
                "date('2026-11-21')                        | dayOfQuarter  | 52",
                "duration('P1Y2M10DT2H3.5S')               | months        | 14",
                "duration('P1Y2M10DT2H3.5S')               | monthsOfYear  | 2",
                "duration('P1Y2M10DT2H3.5S')               | milliseconds  | 7203500",
                "duration('P1Y2M10DT2H3.5S')               | millisecondsOfSecond | 500"
            })
    void components(String value, String name, String expected) {
        Expression part = new Property(new Literal(constructed(value)), name);

        assertThat(ValueText.literal(ExpressionCompiler.constant(part, CONTEXT)))
                .isEqualTo(expected);
    }

    @Test
    void aComponentThatThereIsNotIsAnError() {
        Expression part = new Property(new Literal(constructed("date('2026-11-21')")), "hours");

        assertThatThrownBy(() -> ExpressionCompiler.constant(part, CONTEXT))
                .isInstanceOf(QueryException.class)
                .hasMessageStartingWith("A Date has no component 'hours'.");
    }

    @Test
    void errorsSayWhatToWriteInstead() {
        assertThat(hint("datetime", Value.of("2026-11-21 10:15")))
                .isEqualTo("Between the date and the time stands a T.");
        assertThat(hint("date", Value.of("2026-11-21T10:15:00Z"))).isEqualTo("Write date(datetime('...')).");
        assertThat(hint("date", Value.of(1795256130123L))).contains("date(datetime({epochMillis: n}))");
    }

    private static String hint(String function, Value argument) {
        QueryException error = catchThrowableOfType(QueryException.class, () -> call(function, argument));
        return error.hint().orElseThrow();
    }

    @Test
    void nowIsOneMomentForTheWholeQuery() {
        assertThat(ValueText.literal(call("datetime"))).isEqualTo("2026-11-21T10:15:30.123456789Z");
        assertThat(call("datetime.statement")).isEqualTo(call("datetime.transaction"));
        assertThat(ValueText.literal(call("localdatetime", map("timezone: '+01:00'"))))
                .isEqualTo("2026-11-21T11:15:30.123456789");
        assertThat(call("timestamp")).isEqualTo(Value.of(1795256130123L));
        assertThat(ValueText.literal(call("date.transaction", Value.of("Pacific/Kiritimati"))))
                .isEqualTo("2026-11-22");
    }

    @Test
    void momentsOfDifferentZonesAreOneOrder() {
        Expression earlier = new FunctionCall("datetime", List.of(new Literal(Value.of("2026-01-01T00:30+01:00"))));
        Expression later = new FunctionCall("datetime", List.of(new Literal(Value.of("2026-01-01T00:00Z"))));

        assertThat(ExpressionCompiler.constant(new Compare(CompareOperator.LESS, earlier, later), CONTEXT))
                .isEqualTo(Value.TRUE);
    }

    private static Value call(String function, Value... arguments) {
        List<Expression> literals = new ArrayList<>();
        List.of(arguments).forEach(argument -> literals.add(new Literal(argument)));
        return ExpressionCompiler.constant(new FunctionCall(function, literals), CONTEXT);
    }

    /** {@code date('...')} or a number. */
    private static Value constructed(String text) {
        int bracket = text.indexOf('(');
        if (bracket < 0) {
            return number(text);
        }
        return call(text.substring(0, bracket), Value.of(text.substring(bracket + 2, text.length() - 2)));
    }

    private static Value map(String text) {
        Map<String, Value> entries = new LinkedHashMap<>();
        for (String entry : text.split(", ")) {
            String[] parts = entry.split(": ", 2);
            entries.put(parts[0], value(parts[1]));
        }
        return new Value.MapValue(entries);
    }

    private static Value value(String text) {
        if (text.equals("null")) {
            return Value.NULL;
        }
        if (text.startsWith("'")) {
            return Value.of(text.substring(1, text.length() - 1));
        }
        return text.matches("\\d{4}-.*") ? call("date", Value.of(text)) : number(text);
    }

    private static Value number(String text) {
        return text.contains(".") ? Value.of(Double.parseDouble(text)) : Value.of(Long.parseLong(text));
    }
}
