package io.spangraph.model.value;

import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.model.value.Value.NodeValue;
import io.spangraph.model.value.Value.VertexId;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValuesTest {
    private static final Value NAN = Value.of(Double.NaN);

    @ParameterizedTest
    @CsvSource({
        "1, 1.0, true",
        "1, 1.5, false",
        "9007199254740993, 9007199254740992.0, false",
        "9007199254740992, 9007199254740992.0, true",
        "9223372036854775807, 9.223372036854775807E18, false",
        "1, '''1''', false",
        "'''a''', '''a''', true",
        "true, false, false",
        "null, null, null",
        "1, null, null",
        "NaN, NaN, false",
        "0.0, -0.0, true",
        "[], [], true",
        "[1], [1.0], true",
        "[1;null], [1;null], null",
        "[1;null], [2;null], false",
        "[null], [1;2], false",
        "{a:1}, {a:1.0}, true",
        "{a:null}, {a:null}, null",
        "{a:1}, {b:1}, false"
    })
    void equality(String left, String right, String expected) {
        assertThat(text(Values.equal(value(left), value(right)))).isEqualTo(expected);
        assertThat(text(Values.equal(value(right), value(left)))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 2, true, true",
        "2, 2.0, false, true",
        "9007199254740992.0, 9007199254740993, true, true",
        "1, '''a''', null, null",
        "null, 1, null, null",
        "NaN, 1, false, false",
        "1, NaN, false, false",
        "'''a''', '''b''', true, true",
        "false, true, true, true",
        "[1], [1;2], true, true",
        "[1;null], [1;2], null, null",
        "[1;3], [2;null], true, true",
        "{a:1}, {a:2}, null, null"
    })
    void order(String left, String right, String less, String lessOrEqual) {
        assertThat(text(Values.lessThan(value(left), value(right)))).isEqualTo(less);
        assertThat(text(Values.lessOrEqual(value(left), value(right)))).isEqualTo(lessOrEqual);
    }

    @Test
    void textsCompareByCodePointAsStorageDoes() {
        String aboveTheBasicPlane = new String(Character.toChars(0x1F600));
        String highInTheBasicPlane = "\uFFFD";
        assertThat(Values.compareTexts(highInTheBasicPlane, aboveTheBasicPlane)).isNegative();
        assertThat(Values.compareTexts("ab", "abc")).isNegative();
        assertThat(Values.compareTexts("b", "abc")).isPositive();
    }

    @Test
    void everyTypeHasItsPlaceInTheOrder() {
        List<Value> ascending = List.of(
                new Value.MapValue(Map.of("a", Value.of(1))),
                node("Span", "a"),
                node("Trace", "a"),
                Value.of(List.of()),
                Value.of(List.of(Value.of(1))),
                Value.of(List.of(Value.NULL)),
                new Value.DateTimeValue(ZonedDateTime.of(2026, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC)),
                new Value.DateValue(LocalDate.of(2026, 1, 1)),
                new Value.DurationValue(0, 1, 0, 0),
                new Value.DurationValue(1, 0, 0, 0),
                Value.of(""),
                Value.of("a"),
                Value.FALSE,
                Value.TRUE,
                Value.of(Double.NEGATIVE_INFINITY),
                Value.of(Long.MIN_VALUE + 1),
                Value.of(-0.5),
                Value.of(9007199254740992.0),
                Value.of(9007199254740993L),
                Value.of(Double.POSITIVE_INFINITY),
                NAN,
                Value.NULL);
        List<Value> shuffled = new ArrayList<>(ascending);
        Collections.shuffle(shuffled, new Random(7));
        shuffled.sort(Values::compareForOrder);
        assertThat(shuffled).isEqualTo(ascending);
    }

    @Test
    void equivalentValuesHashAlike() {
        List<List<Value>> classes = List.of(
                List.of(Value.of(1), Value.of(1.0)),
                List.of(NAN, Value.of(0.0 / 0.0)),
                List.of(Value.NULL, Value.NULL),
                List.of(Value.of(0.0), Value.of(-0.0), Value.of(0)),
                List.of(Value.of(List.of(Value.of(1), Value.NULL)), Value.of(List.of(Value.of(1.0), Value.NULL))),
                List.of(node("Span", "a"), new NodeValue(id("Span", "a"), List.of("Other"), Map.of("x", Value.of(1)))),
                List.of(
                        new Value.DateTimeValue(ZonedDateTime.of(2026, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC)),
                        new Value.DateTimeValue(ZonedDateTime.of(2026, 1, 1, 1, 0, 0, 0, ZoneOffset.ofHours(1)))));
        for (List<Value> ofOne : classes) {
            for (Value left : ofOne) {
                for (List<Value> ofOther : classes) {
                    for (Value right : ofOther) {
                        assertThat(Values.equivalent(left, right))
                                .as("%s and %s", left, right)
                                .isEqualTo(ofOne == ofOther);
                        if (ofOne == ofOther) {
                            assertThat(Values.hash(left)).isEqualTo(Values.hash(right));
                        }
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, 0, PT0S",
        "14, 3, 3725, 500000000, P1Y2M3DT1H2M5.5S",
        "0, 0, -1, 500000000, PT-0.5S",
        "-1, 0, 0, 0, P-1M"
    })
    void durationsReadAsIso8601(long months, long days, long seconds, int nanos, String expected) {
        assertThat(ValueText.plain(new Value.DurationValue(months, days, seconds, nanos)))
                .isEqualTo(expected);
    }

    @Test
    void literalsQuoteTexts() {
        Value list = Value.of(List.of(Value.of("it's"), Value.of(1.5), Value.NULL));
        assertThat(ValueText.literal(list)).isEqualTo("['it\\'s', 1.5, null]");
        assertThat(ValueText.plain(Value.of("it's"))).isEqualTo("it's");
        assertThat(ValueText.excerpt(Value.of("x".repeat(100)))).hasSize(60).endsWith("...");
    }

    private static NodeValue node(String type, String key) {
        return new NodeValue(id(type, key), List.of(type), Map.of());
    }

    private static VertexId id(String type, String key) {
        return new VertexId(type, Optional.empty(), List.of(Value.of(key)));
    }

    private static String text(Optional<Boolean> truth) {
        return truth.map(String::valueOf).orElse("null");
    }

    private static Value value(String text) {
        if (text.startsWith("[")) {
            return Value.of(parts(text).stream().map(ValuesTest::value).toList());
        }
        if (text.startsWith("{")) {
            List<String> entry = List.of(parts(text).getFirst().split(":"));
            return new Value.MapValue(Map.of(entry.get(0), value(entry.get(1))));
        }
        if (text.startsWith("'")) {
            return Value.of(text.substring(1, text.length() - 1));
        }
        return switch (text) {
            case "null" -> Value.NULL;
            case "true" -> Value.TRUE;
            case "false" -> Value.FALSE;
            case "NaN" -> NAN;
            default -> text.contains(".") ? Value.of(Double.parseDouble(text)) : Value.of(Long.parseLong(text));
        };
    }

    private static List<String> parts(String text) {
        String inside = text.substring(1, text.length() - 1);
        return inside.isEmpty() ? List.of() : List.of(inside.split(";"));
    }
}
