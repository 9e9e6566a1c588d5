package io.spangraph.engine.exec.mapping;

import static io.spangraph.engine.exec.fixture.Vectors.NULL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spangraph.engine.context.Cancellation;
import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.exec.expression.CompiledExpression;
import io.spangraph.engine.exec.fixture.Vectors;
import io.spangraph.engine.row.NullMask;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.Vector;
import io.spangraph.model.schema.MappingExpressionParser;
import io.spangraph.model.schema.MappingSyntaxException;
import io.spangraph.model.value.Value;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MappingCompilerTest {
    private static final LocalDateTime TIME = LocalDateTime.of(2026, 3, 1, 12, 30, 0, 5_000_000);
    private static final long MILLIS = TIME.toInstant(ZoneOffset.UTC).toEpochMilli();
    private static final String JSON = """
            {"usage": {"input": 12, "rate": 1.50, "big": 123456789012345678901, "none": null, "ok": true},
             "items": [ {"name": "a"}, {"name": "b\\u00e9", "n": [1, 2.0]} ], "odd name": "x", "text": "5"}""";
    private static final Map<String, Value> ROW = row();
    private static final Cancellation CANCELLATION = Cancellation.after(Duration.ofMinutes(5));

    private static Map<String, Value> row() {
        Map<String, Value> row = new LinkedHashMap<>();
        row.put("n", Value.of(7));
        row.put("zero", Value.of(0));
        row.put("f", Value.of(2.5));
        row.put("t", Value.of("Hello"));
        row.put("digits", Value.of("42"));
        row.put("b", Value.TRUE);
        row.put("j", Value.of(JSON));
        row.put("d", new Value.DateValue(LocalDate.of(2026, 3, 1)));
        row.put("local", new Value.LocalDateTimeValue(TIME));
        row.put("utc", new Value.DateTimeValue(ZonedDateTime.of(TIME, ZoneOffset.UTC)));
        row.put("millis", Value.of(MILLIS));
        row.put("missing", NULL);
        row.put("m", new Value.MapValue(Map.of("k", Value.of(1))));
        row.put("l", Value.of(List.of(Value.of("x"), Value.of("y"))));
        row.put("s", new Value.MapValue(Map.of("a", new Value.MapValue(Map.of("c", Value.of("deep"))))));
        return row;
    }

    static Stream<Arguments> values() {
        return Stream.of(
                // Columns, nested values, constants
                of("n", 7),
                of("s.a.c", "deep"),
                of("s.a.x", NULL),
                of("t.x", NULL),
                of("m['k']", 1),
                of("m['x']", NULL),
                of("l[1]", "y"),
                of("l[2]", NULL),
                of("l[-1]", NULL),
                of("missing[0]", NULL),
                of("'it''s'", "it's"),
                of("1.5", 1.5),
                // Comparisons
                of("n = 7", true),
                of("n = 7.0", true),
                of("n <> 8", true),
                of("n < 7", false),
                of("n <= 7", true),
                of("f > 2", true),
                of("f >= 3", false),
                of("t = 'Hello'", true),
                of("t < 'World'", true),
                of("n = missing", NULL),
                of("missing <> 'x'", NULL),
                of("b = true", true),
                of("d = to_date(millis)", true),
                of("json(j, '$.usage.input') = 'x'", NULL),
                of("json(j, '$.usage.input') <> 'x'", NULL),
                of("json(j, '$.text') < 5", NULL),
                of("n between 7 and 9", true),
                of("f between n and 9", false),
                // Tests and logic
                of("t in ('x', 'Hello')", true),
                of("t in ('x', missing)", NULL),
                of("t not in ('x', 'y')", true),
                of("missing in ('x')", NULL),
                of("n in (1, 7.0)", true),
                of("t like 'H%o'", true),
                of("t like '_ello'", true),
                of("t like '%ll%'", true),
                of("t like 'hello'", false),
                of("t like '%'", true),
                of("t like 'H_o'", false),
                of("t not like '%x%'", true),
                of("missing like '%'", NULL),
                of("json(j, '$.usage.input') like '%'", NULL),
                of("missing is null", true),
                of("t is not null", true),
                of("not b", false),
                of("not missing", NULL),
                of("b and missing", NULL),
                of("not b and missing", false),
                of("b or missing", true),
                of("not b or missing", NULL),
                of("b and json(j, '$.usage.input')", NULL),
                // Arithmetic
                of("n + 1", 8),
                of("n * f", 17.5),
                of("n - f", 4.5),
                of("-n", -7),
                of("-f", -2.5),
                of("n / 2", 3.5),
                of("n / zero", NULL),
                of("f / 0.0", NULL),
                of("n + missing", NULL),
                of("n + json(j, '$.text')", NULL),
                of("n + json(j, '$.usage.input')", 19),
                of("json(j, '$.usage.rate') * 2", 3.0),
                of("1 + 2 * 3", 7),
                // Case and friends
                of("case when n > 5 then 'big' else 'small' end", "big"),
                of("case when missing then 1 when b then 2 end", 2),
                of("case when not b then 1 end", NULL),
                of("case t when 'Hello' then n else f end", 7),
                of("case when b then n else cast(t as long) end", 7),
                of("case when json(j, '$.usage.input') then 1 else 2 end", 2),
                of("coalesce(missing, t)", "Hello"),
                of("coalesce(n, cast(t as long))", 7),
                of("coalesce(missing, null)", NULL),
                of("nullif(t, 'Hello')", NULL),
                of("nullif(t, 'x')", "Hello"),
                of("nullif(n, 7.0)", NULL),
                of("nullif(missing, n)", NULL),
                of("nullif(nullif(t, ''), '0')", "Hello"),
                of("greatest(n, f, missing)", 7),
                of("least(n, f, missing)", 2.5),
                of("greatest(missing, missing)", NULL),
                // Casts
                of("cast(digits as long)", 42),
                of("cast(f as long)", 2),
                of("cast(b as long)", 1),
                of("cast(n as double)", 7.0),
                of("cast(digits as double)", 42.0),
                of("cast(n as string)", "7"),
                of("cast(f as string)", "2.5"),
                of("cast(d as string)", "2026-03-01"),
                of("cast('TRUE' as boolean)", true),
                of("cast(zero as boolean)", false),
                of("cast('2026-03-01' as date) = d", true),
                of("cast(utc as date) = d", true),
                of("cast(local as date) = d", true),
                of("cast(missing as long)", NULL),
                of("try_cast(t as long)", NULL),
                of("try_cast('1.5' as long)", NULL),
                of("try_cast('1d' as double)", NULL),
                of("try_cast('0x1p3' as double)", NULL),
                of("try_cast(' 12 ' as long)", 12),
                of("try_cast('1e3' as double)", 1000.0),
                of("try_cast('perhaps' as boolean)", NULL),
                of("try_cast('2026-02-30' as date)", NULL),
                of("try_cast('' as double)", NULL),
                of("try_cast(99999999999999999999.0 as long)", NULL),
                of("try_cast(json(j, '$.usage.input') as long)", 12),
                // JSON
                of("json(j, '$.usage.input')", 12),
                of("json(j, '$.usage.rate')", 1.5),
                of("json(j, '$.usage.big')", 1.2345678901234568E20),
                of("json(j, '$.usage.none')", NULL),
                of("json(j, '$.usage.ok')", true),
                of("json(j, '$.items[1].name')", "bé"),
                of("json(j, '$.items[1].n[1]')", 2.0),
                of("json(j, '$.items[2]')", NULL),
                of("json(j, '$[\\'odd name\\']'".replace("\\'", "''") + ")", "x"),
                of("json(j, '$.items')", "[{\"name\":\"a\"},{\"name\":\"bé\",\"n\":[1,2.0]}]"),
                of("json(j, '$.items[1]')", "{\"name\":\"bé\",\"n\":[1,2.0]}"),
                of("json(j, '$.text')", "5"),
                of("json(j, '$.usage.input.deeper')", NULL),
                of("json(j, '$.items.name')", NULL),
                of("json(j, '$[0]')", NULL),
                of("json(t, '$.x')", NULL),
                of("json(missing, '$.x')", NULL),
                of("json('', '$')", NULL),
                of("json('{\"a\":1', '$.a')", NULL),
                of("json('{\"a\":1} x', '$.a')", NULL),
                of("json('[1, 2,]', '$[0]')", NULL),
                of("json('{\"a\":1,\"a\":2}', '$.a')", 1),
                of("json(' 5 ', '$')", 5),
                of("json('1e999', '$')", NULL),
                // Texts
                of("hash('abc')", "ba7816bf8f01cfea"),
                of("hash(missing)", NULL),
                of("hash(n)", "7902699be42c8a8e"),
                of("lower(t)", "hello"),
                of("upper(t)", "HELLO"),
                of("substr(t, 2, 3)", "ell"),
                of("substr(t, 2)", "ello"),
                of("substr(t, -3, 2)", "ll"),
                of("substr(t, 0, 2)", "H"),
                of("substr(t, 9)", ""),
                of("substr(t, 2, -1)", ""),
                of("substr(t, 1, 9223372036854775807)", "Hello"),
                of("substr('a😀b', 2, 1)", "😀"),
                of("substr(missing, 1)", NULL),
                of("concat(t, n, f)", "Hello72.5"),
                of("concat(t, missing)", NULL),
                of("split('a/b//c', '/', 1)", "a"),
                of("split('a/b//c', '/', 3)", ""),
                of("split('a/b//c', '/', 4)", "c"),
                of("split('a/b//c', '/', 5)", NULL),
                of("split('a', '/', 0)", NULL),
                of("split('ab', '', 1)", "ab"),
                of("regexp_extract(t, 'l+')", "ll"),
                of("regexp_extract(t, '(H)(e)', 2)", "e"),
                of("regexp_extract(t, 'x')", NULL),
                of("regexp_extract(t, '(x)?H', 1)", NULL),
                of("regexp_extract(t, 'H', 3)", NULL),
                // Numbers and times
                of("round(f)", 3),
                of("round(-f)", -3),
                of("round(n)", 7),
                of("round(0.49999999999999994)", 0),
                of("round(1e300)", NULL),
                of("epoch_ms(utc)", MILLIS),
                of("epoch_ms(local)", MILLIS),
                of("epoch_ms(d)", MILLIS - 45_000_005),
                of("epoch_ms(missing)", NULL),
                of("to_date(utc) = d", true),
                of("to_date(local) = d", true),
                of("to_date(d) = d", true),
                of("to_date(-1) < d", true),
                of("to_date(9223372036854775807)", NULL));
    }

    private static Arguments of(String expression, Object expected) {
        return Arguments.of(expression, Vectors.value(expected));
    }

    /** Rows of null stand before and after the row of interest, so that every vector has both. */
    @ParameterizedTest
    @MethodSource("values")
    void computes(String expression, Value expected) throws MappingSyntaxException {
        CompiledExpression compiled = compile(expression);
        List<List<Vector>> forms = List.of(
                columns(value -> Vectors.values(NULL, value, NULL)),
                columns(MappingCompilerTest::typed),
                columns(value -> new Vector.DictionaryVector(
                        value.isNull() ? new int[] {-1, -1, -1} : new int[] {-1, 1, -1},
                        List.of(Value.of("unused"), value))),
                columns(value -> Vectors.constant(value, 3)));
        for (List<Vector> columns : forms) {
            RowBatch batch = RowBatch.of(columns, 3);
            assertThat(compiled.evaluate(batch.select(new int[] {1})).value(1)).isEqualTo(expected);
            assertThat(compiled.evaluate(batch).value(1)).isEqualTo(expected);
            assertThat(compiled.evaluate(batch.select(new int[0])).length()).isEqualTo(3);
        }
    }

    private static List<Vector> columns(Function<Value, Vector> form) {
        return ROW.values().stream().map(form).toList();
    }

    private static Vector typed(Value value) {
        BitSet first = new BitSet();
        first.set(0);
        first.set(2);
        NullMask nulls = NullMask.of(first);
        return switch (value) {
            case Value.IntegerValue number -> Vectors.longs(NULL, number.value(), NULL);
            case Value.FloatValue number -> Vectors.doubles(NULL, number.value(), NULL);
            case Value.BooleanValue flag -> Vectors.booleans(NULL, flag.value(), NULL);
            case Value.StringValue text -> Vectors.texts(NULL, text.value(), NULL);
            case Value.DateValue date -> longs(date.value().toEpochDay(), nulls, Vector.LongKind.DATE);
            case Value.LocalDateTimeValue time -> longs(MILLIS * 1000, nulls, Vector.LongKind.LOCAL_DATE_TIME);
            case Value.DateTimeValue time -> longs(MILLIS * 1000, nulls, Vector.LongKind.DATE_TIME);
            default -> Vectors.values(NULL, value, NULL);
        };
    }

    private static Vector longs(long value, NullMask nulls, Vector.LongKind kind) {
        return new Vector.LongVector(new long[] {0, value, 0}, nulls, kind);
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(
                        "cast(t as long)",
                        QueryErrorCode.TYPE_ERROR,
                        "The mapping's expression cast(t as long) met the String 'Hello', which is no long.",
                        "In the mapping, try_cast(...) gives null for what does not fit."),
                Arguments.of(
                        "cast(concat(digits, 'x') as date)",
                        QueryErrorCode.TYPE_ERROR,
                        "The mapping's expression cast(concat(digits, 'x') as date) met the String '42x', which is no date.",
                        "In the mapping, try_cast(...) gives null for what does not fit."),
                Arguments.of(
                        "f + (n + 9223372036854775807)",
                        QueryErrorCode.ARITHMETIC_ERROR,
                        "Integer overflow: 7 + 9223372036854775807 does not fit into 64 bits.",
                        "It is n + 9223372036854775807 of the mapping: cast an operand to double there."));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void fails(String expression, QueryErrorCode code, String message, String hint) throws MappingSyntaxException {
        CompiledExpression compiled = compile(expression);
        RowBatch batch = RowBatch.of(columns(value -> Vectors.values(NULL, value)), 2);

        assertThatThrownBy(() -> compiled.evaluate(batch))
                .isInstanceOfSatisfying(QueryException.class, error -> {
                    assertThat(error.code()).isEqualTo(code);
                    assertThat(error.hint()).contains(hint);
                })
                .hasMessage(message);
        assertThat(compiled.evaluate(batch.select(new int[] {0})).isNull(0)).isTrue();
    }

    @Test
    void handsPlainColumnsOn() throws MappingSyntaxException {
        RowBatch batch = RowBatch.of(columns(value -> Vectors.values(value)), 1);

        assertThat(compile("t").evaluate(batch)).isSameAs(batch.column(3));
        assertThat(MappingCompiler.isPlainColumn(MappingExpressionParser.parse("t")))
                .isTrue();
        assertThat(MappingCompiler.isPlainColumn(MappingExpressionParser.parse("s.a")))
                .isFalse();
        assertThat(MappingCompiler.isPlainColumn(MappingExpressionParser.parse("lower(t)")))
                .isFalse();
        assertThat(MappingCompiler.isPlainColumn(MappingExpressionParser.parse("'t'")))
                .isFalse();
    }

    @Test
    void keepsTextsAsCodes() throws MappingSyntaxException {
        RowBatch batch = texts("a", "", "b", "a", NULL, "0000000000000000");

        Vector result = compile("upper(nullif(nullif(text, ''), '0000000000000000'))", "text")
                .evaluate(batch);

        assertThat(result).isInstanceOf(Vector.DictionaryVector.class);
        assertThat(Stream.iterate(0, row -> row + 1).limit(6).map(result::value))
                .containsExactly(Value.of("A"), NULL, Value.of("B"), Value.of("A"), NULL, NULL);
        assertThat(compile("case when text = 'a' then 'one' else text end", "text")
                        .evaluate(batch))
                .isInstanceOf(Vector.DictionaryVector.class);
        assertThat(compile("text = 'a'", "text").evaluate(batch)).isInstanceOf(Vector.BooleanVector.class);
        assertThat(compile("try_cast(text as long)", "text").evaluate(batch)).isInstanceOf(Vector.LongVector.class);
        assertThat(compile("try_cast('2026-01-01' as date)").evaluate(batch).value(0))
                .isEqualTo(new Value.DateValue(LocalDate.of(2026, 1, 1)));
    }

    @Test
    void evaluatesOnlyEntriesThatSelectedRowsHave() throws MappingSyntaxException {
        RowBatch batch = texts("1", "not a number", "3");

        Vector result = compile("cast(text as long) + 1", "text").evaluate(batch.select(new int[] {0, 2}));

        assertThat(List.of(result.value(0), result.value(2))).containsExactly(Value.of(2), Value.of(4));
    }

    @Test
    void givesNullForJsonThatIsNestedTooDeep() throws MappingSyntaxException {
        int depth = 100_000;
        Value bomb = Value.of("{\"a\": 1, \"b\": " + "[".repeat(depth) + "]".repeat(depth) + "}");
        Value deep = Value.of("[".repeat(400) + "7" + "]".repeat(400));
        CompiledExpression json = compile("json(text, '$.a')", "text");

        assertThat(json.evaluate(RowBatch.of(List.of(Vectors.values(bomb)), 1)).value(0))
                .isEqualTo(NULL);
        assertThat(compile("json(text, '$" + "[0]".repeat(400) + "')", "text")
                        .evaluate(RowBatch.of(List.of(Vectors.values(deep)), 1))
                        .value(0))
                .isEqualTo(Value.of(7));
    }

    @Test
    void survivesPatternsThatNeverEnd() throws MappingSyntaxException {
        Cancellation cancelled = Cancellation.after(Duration.ofMinutes(5));
        cancelled.cancel(Cancellation.Reason.KILLED);
        CompiledExpression slow = new MappingCompiler(List.of("text"), cancelled)
                .compile(MappingExpressionParser.parse("regexp_extract(text, '(x+x+)+y')"));
        assertThatThrownBy(() -> slow.evaluate(texts("x".repeat(60)))).hasMessage("The query was cancelled.");

        CompiledExpression deep = compile("regexp_extract(text, '(a|b)*c')", "text");
        assertThatThrownBy(() -> deep.evaluate(texts("ab".repeat(100_000))))
                .isInstanceOfSatisfying(
                        QueryException.class,
                        error -> assertThat(error.code()).isEqualTo(QueryErrorCode.COMPLEXITY_LIMIT))
                .hasMessage("The mapping's pattern '(a|b)*c' is too complex for a text of 200000 characters.");
    }

    @Test
    void matchesLongTextsWithManyWildcardsQuickly() throws MappingSyntaxException {
        CompiledExpression like = compile("text like '%a%a%a%a%a%a%a%a%a%a%a%b'", "text");

        assertThat(like.evaluate(texts("a".repeat(20_000))).value(0)).isEqualTo(Value.FALSE);
    }

    @Test
    void namesTheColumnThatAScanDoesNotRead() {
        assertThatThrownBy(() -> compile("other", "text"))
                .hasMessage("the scan does not read column 'other', only [text]");
    }

    private static RowBatch texts(Object... values) {
        return RowBatch.of(List.of(Vectors.texts(values)), values.length);
    }

    private static CompiledExpression compile(String expression, String... columns) throws MappingSyntaxException {
        List<String> names = columns.length == 0 ? new ArrayList<>(ROW.keySet()) : Arrays.asList(columns);
        return new MappingCompiler(names, CANCELLATION).compile(MappingExpressionParser.parse(expression));
    }
}
