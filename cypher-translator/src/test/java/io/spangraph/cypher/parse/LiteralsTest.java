package io.spangraph.cypher.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spangraph.engine.context.QueryException;
import io.spangraph.model.SourcePosition;
import io.spangraph.model.value.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers, texts and names as they are written. */
class LiteralsTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "00, 0",
        "1_000_000, 1000000",
        "9223372036854775807, 9223372036854775807",
        "0xff, 255",
        "0x_FF, 255",
        "0x7FFFFFFFFFFFFFFF, 9223372036854775807",
        "0o17, 15"
    })
    void readsIntegers(String digits, long expected) {
        assertThat(Literals.integer(digits, false, SourcePosition.START)).isEqualTo(Value.of(expected));
    }

    @Test
    void readsTheSmallestInteger() {
        assertThat(Literals.integer("9223372036854775808", true, SourcePosition.START))
                .isEqualTo(Value.of(Long.MIN_VALUE));
        assertThat(Literals.integer("0x8000000000000000", true, SourcePosition.START))
                .isEqualTo(Value.of(Long.MIN_VALUE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"9223372036854775808", "0x8000000000000000", "99999999999999999999999999"})
    void refusesIntegersThatAreTooLarge(String digits) {
        assertThatThrownBy(() -> Literals.integer(digits, false, SourcePosition.START))
                .isInstanceOf(QueryException.class)
                .hasMessage("integer, " + digits + ", is too large (line 1, column 1 (offset: 0))");
    }

    @Test
    void refusesIntegersOfManyDigitsWithoutRepeatingThem() {
        assertThatThrownBy(() -> Literals.integer("9".repeat(100_000), false, SourcePosition.START))
                .isInstanceOf(QueryException.class)
                .hasMessage("integer of 100000 digits is too large (line 1, column 1 (offset: 0))");
    }

    @ParameterizedTest
    @CsvSource({"1.5, 1.5", ".5, 0.5", "1e3, 1000.0", "1.5E-2, 0.015", "1_0.2_5, 10.25", "1.797e308, 1.797e308"})
    void readsFloats(String digits, double expected) {
        assertThat(Literals.floating(digits, false, SourcePosition.START)).isEqualTo(Value.of(expected));
    }

    @Test
    void readsEveryEscape() {
        assertThat(Literals.string("'a\\t\\b\\n\\r\\f\\\\\\'\\\"\\`\\/\\u00e9\\U0001F600'", SourcePosition.START))
                .isEqualTo(Value.of("a\t\b\n\r\f\\'\"`/\u00e9\uD83D\uDE00"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"'\\u12'", "'\\u12g4'", "'\\UFFFFFFFF'", "'\\u\uFF11111'"})
    void refusesBadUnicodeEscapes(String text) {
        assertThatThrownBy(() -> Literals.string(text, SourcePosition.START))
                .isInstanceOf(QueryException.class)
                .hasMessageStartingWith("Invalid unicode escape in a string");
    }

    @Test
    void readsNames() {
        assertThat(Literals.name("abc")).isEqualTo("abc");
        assertThat(Literals.name("`a b``c`")).isEqualTo("a b`c");
    }
}
