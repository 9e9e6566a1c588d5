package io.spangraph.engine.expr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spangraph.engine.context.Principal;
import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.context.QueryLimits;
import io.spangraph.model.schema.GraphSchema;
import io.spangraph.model.schema.GraphSchema.Tenancy;
import io.spangraph.model.value.Value;
import io.spangraph.model.value.ValueText;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScalarFunctionsTest {
    private static final FunctionContext CONTEXT = new FunctionContext(
            new GraphSchema("empty", Map.of(), Map.of(), Tenancy.SINGLE, List.of(), List.of()),
            QueryContext.of(
                    new Principal("tester", Optional.empty(), Set.of()),
                    Map.of(),
                    new QueryLimits(Duration.ofMinutes(1), 1_000, 1_000_000, 1_000_000)));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "size      | [1;2]              | 2",
                "size      | 'h\uD83D\uDE00'    | 2",
                "head      | []                 | null",
                "last      | [1;2]              | 2",
                "tail      | [1;2]              | [2]",
                "tail      | []                 | []",
                "reverse   | 'abc'              | 'cba'",
                "range     | 1, 4               | [1, 2, 3, 4]",
                "range     | 4, 1               | []",
                "range     | 5, 1, -2           | [5, 3, 1]",
                "abs       | -3                 | 3",
                "sign      | -2.5               | -1",
                "ceil      | 1.2                | 2.0",
                "round     | 2.5                | 3.0",
                "round     | -2.5               | -2.0",
                "round     | 1.255, 2           | 1.26",
                "round     | 1.5, 0, 'HALF_EVEN'| 2.0",
                "toInteger | '12'               | 12",
                "toInteger | ' -3.9 '           | -3",
                "toInteger | 'x'                | null",
                "toInteger | '9007199254740993.0' | 9007199254740993",
                "toInteger | true               | 1",
                "toFloat   | '1.5'              | 1.5",
                "toFloat   | '1.5f'             | null",
                "toBoolean | 'TRUE'             | true",
                "toBoolean | 'yes'              | null",
                "toString  | 1.0                | '1.0'",
                "toIntegerOrNull | [1]          | null",
                "toUpper   | 'ab'               | 'AB'",
                "trim      | ' a '              | 'a'",
                "substring | 'hello', 1         | 'ello'",
                "substring | 'hello', 1, 3      | 'ell'",
                "substring | 'hello', 9         | ''",
                "left      | 'hello', 2         | 'he'",
                "right     | 'hello', 2         | 'lo'",
                "right     | 'hi', 9            | 'hi'",
                "replace   | 'aXbX', 'X', '-'   | 'a-b-'",
                "split     | 'a,b,', ','        | ['a', 'b', '']",
                "coalesce  | null, 2            | 2",
                "nullIf    | 1, 1.0             | null",
                "nullIf    | 1, 2               | 1",
                "isEmpty   | ''                 | true",
                "valueType | [1;null]           | 'LIST<INTEGER> NOT NULL'",
                "valueType | null               | 'NULL'",
                "btrim     | 'xaxbx', 'x'       | 'axb'",
                "btrim     | ' a '              | 'a'",
                "ltrim     | 'xyxa', 'yx'       | 'a'",
                "rtrim     | 'a\uD83D\uDE00', '\uD83D\uDE00' | 'a'",
                "char_length | 'h\uD83D\uDE00'  | 2",
                "normalize | 'e\u0301'          | '\u00e9'",
                "normalize | 'x\u00b2', 'NFKC'  | 'x2'",
                "toIntegerList | ['1';'x';2.5;true;null] | [1, null, 2, 1, null]",
                "toStringList  | [1;[2]]        | ['1', null]",
                "toBooleanList | ['true';0;2.5] | [true, false, null]",
                "toFloatList   | ['1.5';2]      | [1.5, 2.0]",
                "size      | null               | null",
                "date      | '2026-11-21'       | 2026-11-21",
                "datetime  | '2026-11-21T10:15:00' | 2026-11-21T10:15:00Z"
            })
    void results(String function, String arguments, String expected) {
        assertThat(ValueText.literal(call(function, arguments))).isEqualTo(expected.strip());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "size    | 1        | size() expected a List or String but got Integer: 1.",
                "head    | 'a'      | head() expected a List but got String: 'a'.",
                "toUpper | 1        | toUpper() expected a String but got Integer: 1.",
                "left    | 'a', -1  | left() expected a length of 0 or more but got -1.",
                "range   | 1, 2, 0  | range() expected a step other than 0.",
                "toInteger | [1]    | toInteger() expected a number, Boolean or String but got List: [1].",
                "date    | 'soon'   | date() expected a text like '2026-11-21' but got 'soon'.",
                "abs     | -9223372036854775808 | Integer overflow: abs(-9223372036854775808) is too large."
            })
    void errorsSayWhatWasExpectedAndWhatCame(String function, String arguments, String message) {
        assertThatThrownBy(() -> call(function, arguments))
                .isInstanceOf(QueryException.class)
                .hasMessage(message.strip());
    }

    @Test
    void aListThatWouldNotFitIsRefusedBeforeItIsMade() {
        assertThatThrownBy(() -> call("range", "1, 9000000000000000000"))
                .isInstanceOf(QueryException.class)
                .hasMessageContaining("range()")
                .satisfies(error -> assertThat(((QueryException) error).hint().orElseThrow())
                        .contains("limits.memory"));
        assertThat(CONTEXT.query().memory().reservedBytes()).isZero();
    }

    @Test
    void namesAreFoundInAnyCase() {
        assertThat(ScalarFunctions.find("TOINTEGER").orElseThrow().name()).isEqualTo("toInteger");
        assertThat(ScalarFunctions.find("nosuch")).isEmpty();
        assertThat(ScalarFunctions.names()).doesNotHaveDuplicates().contains("elementId", "coalesce", "substring");
    }

    private static Value call(String function, String arguments) {
        ScalarFunction found = ScalarFunctions.find(function).orElseThrow();
        List<Value> values = Arrays.stream(arguments.split(", "))
                .map(String::strip)
                .map(ScalarFunctionsTest::value)
                .toList();
        boolean nullArgument = values.stream().anyMatch(Value::isNull);
        return found.nullInNullOut() && nullArgument ? Value.NULL : found.body().apply(values, CONTEXT);
    }

    private static Value value(String text) {
        if (text.startsWith("'")) {
            return Value.of(text.substring(1, text.length() - 1));
        }
        if (text.startsWith("[")) {
            String inside = text.substring(1, text.length() - 1);
            return Value.of(
                    inside.isEmpty()
                            ? List.of()
                            : Arrays.stream(inside.split(";"))
                                    .map(ScalarFunctionsTest::value)
                                    .toList());
        }
        return switch (text) {
            case "null" -> Value.NULL;
            case "true" -> Value.TRUE;
            case "false" -> Value.FALSE;
            default -> text.contains(".") ? Value.of(Double.parseDouble(text)) : Value.of(Long.parseLong(text));
        };
    }
}
