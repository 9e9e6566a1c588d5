package io.spangraph.model.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spangraph.model.SourcePosition;
import io.spangraph.model.schema.MappingExpression.Binary;
import io.spangraph.model.schema.MappingExpression.BinaryOperator;
import io.spangraph.model.schema.MappingExpression.Call;
import io.spangraph.model.schema.MappingExpression.Case;
import io.spangraph.model.schema.MappingExpression.Cast;
import io.spangraph.model.schema.MappingExpression.CastType;
import io.spangraph.model.schema.MappingExpression.ColumnPath;
import io.spangraph.model.schema.MappingExpression.Constant;
import io.spangraph.model.schema.MappingExpression.Element;
import io.spangraph.model.schema.MappingExpression.In;
import io.spangraph.model.schema.MappingExpression.IsNull;
import io.spangraph.model.schema.MappingExpression.Negate;
import io.spangraph.model.schema.MappingExpression.Not;
import io.spangraph.model.schema.MappingExpression.When;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MappingExpressionParserTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a                                  | a
            A.b.C                              | A.b.C
            "odd name"."x ""y\"""               | "odd name"."x ""y\"""
            attributes['gen_ai.usage']         | attributes['gen_ai.usage']
            list[0][1 + n]                     | list[0][1 + n]
            'it''s'                            | 'it''s'
            -5                                 | -5
            -(5)                               | -(5)
            1.5e3                              | 1500.0
            .5                                 | 0.5
            -9223372036854775808               | -9223372036854775808
            TRUE and Not FALSE or null         | true and not false or null
            a or b and c                       | a or b and c
            (a or b) and c                     | (a or b) and c
            a - (b - c) - d                    | a - (b - c) - d
            a * (b + c) / -d                   | a * (b + c) / -d
            not a = b                          | not a = b
            (not a) = b                        | (not a) = b
            a IS NOT NULL and b is null        | a is not null and b is null
            (a = b) is null                    | (a = b) is null
            a in (1, 'x', b + 1)               | a in (1, 'x', b + 1)
            a not in (1)                       | not a in (1)
            a not like 'x%'                    | not a like 'x%'
            a between 1 and 2 and c            | a >= 1 and a <= 2 and c
            a not between 1 and 2              | not (a >= 1 and a <= 2)
            a != b                             | a <> b
            case a when 1 then 'x' else 'y' end| case when a = 1 then 'x' else 'y' end
            CASE WHEN a THEN b END             | case when a then b end
            cast(a AS bigint)                  | cast(a as long)
            Try_Cast(a as text)                | try_cast(a as string)
            COALESCE(a, lower(b))              | coalesce(a, lower(b))
            "case"                             | "case"
            date                               | date
            """)
    void readsAndRendersInOneForm(String text, String rendered) throws MappingSyntaxException {
        MappingExpression expression = MappingExpressionParser.parse(text);

        assertThat(MappingExpressions.render(expression)).isEqualTo(rendered);
        assertThat(MappingExpressionParser.parse(rendered)).isEqualTo(expression);
    }

    @Test
    void bracketsAndBlanksDoNotMakeExpressionsDifferent() throws MappingSyntaxException {
        assertThat(MappingExpressionParser.parse("( ( a ) )\n=\tb"))
                .isEqualTo(MappingExpressionParser.parse("a=b"))
                .isEqualTo(new Binary(BinaryOperator.EQUAL, column("a"), column("b")));
    }

    @Test
    void whatIsRenderedReadsBackAsTheSame() throws MappingSyntaxException {
        Random random = new Random(42);
        for (int i = 0; i < 3_000; i++) {
            MappingExpression expression = randomExpression(random, 4);
            String text = MappingExpressions.render(expression);
            assertThat(MappingExpressionParser.parse(text)).as(text).isEqualTo(expression);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``               | 1 | 1 | Expected an expression, found the end of the expression.
            a +              | 1 | 4 | Expected an expression, found the end of the expression.
            a b              | 1 | 3 | Expected an operator or the end, found 'b'.
            and              | 1 | 1 | Expected an expression, found 'and'.
            a == 1           | 1 | 3 | Unexpected '=='. Equality is written '='.
            a # 1            | 1 | 3 | Unexpected character '#'.
            `a || b`         | 1 | 3 | `Unexpected character '|'. Texts are joined by concat(a, b).`
            'abc             | 1 | 1 | Text has no closing quote: 'abc.
            ""               | 1 | 1 | Expected a name, found empty quotes.
            12ab             | 1 | 1 | Expected a number, found '12a'. A name that starts with a digit stands in double quotes.
            a.5              | 1 | 3 | Expected the name of a field, found '5'.
            f(a)[0].b        | 1 | 1 | Unknown function 'f'. Known functions: coalesce, nullif, json, hash, lower, upper, substr, concat, split, regexp_extract, round, greatest, least, epoch_ms, to_date, cast, try_cast.
            m['k'].b         | 1 | 7 | A field can only follow a column, as in a.b.c; use json(...) inside a text.
            coalesc(a)       | 1 | 1 | Unknown function 'coalesc'. Did you mean 'coalesce'?
            json(a)          | 1 | 1 | Function 'json' takes 2 arguments, found 1.
            concat()         | 1 | 1 | Function 'concat' takes at least 1 argument, found 0.
            substr(a)        | 1 | 1 | Function 'substr' takes 2 to 3 arguments, found 1.
            lower(a, b)      | 1 | 1 | Function 'lower' takes 1 argument, found 2.
            cast(a as)       | 1 | 10 | Expected a type (long, double, string, boolean or date), found ')'.
            cast(a long)     | 1 | 8 | Expected 'as', found 'long'.
            case a end       | 1 | 8 | Expected 'when', found 'end'.
            a in 5           | 1 | 6 | Expected '(', found '5'.
            a in ()          | 1 | 7 | Expected an expression, found ')'.
            a is 5           | 1 | 6 | Expected 'null', found '5'.
            a = b = c        | 1 | 7 | Comparisons do not chain: join them by 'and', or use brackets.
            9223372036854775808 | 1 | 1 | Number '9223372036854775808' does not fit in 64 bits.
            a['x'            | 1 | 6 | Expected ']', found the end of the expression.
            """)
    void saysWhereItStopsToMakeSense(String text, int line, int column, String message) {
        assertProblem(text, line, column, message);
    }

    @Test
    void countsLinesAndCharactersAsAnEditorDoes() {
        assertProblem("'\uD83D\uDE00' =\n  #", 2, 3, "Unexpected character '#'.");
        assertProblem("'\uD83D\uDE00' #", 1, 5, "Unexpected character '#'.");
    }

    @Test
    void refusesWhatIsTooDeepOrTooLong() {
        String tooDeep = "The expression nests deeper than 100 levels.";
        assertProblem("(".repeat(5_000), 1, 101, tooDeep);
        assertProblem("not ".repeat(2_000) + "a", 1, 401, tooDeep);
        assertProblem("- ".repeat(4_000) + "a", 1, 201, tooDeep);
        assertProblem("a[".repeat(3_000), 1, 201, tooDeep);
        assertProblem("lower(".repeat(1_000), 1, 601, tooDeep);
        assertProblem(" ".repeat(10_001), 1, 1, "The expression has 10001 characters; at most 10000 are allowed.");
    }

    @Test
    void longConditionsNeedNoDepth() throws MappingSyntaxException {
        String text = "a = 1" + " or b = 2".repeat(300);

        MappingExpression expression = MappingExpressionParser.parse(text);

        assertThat(MappingExpressions.render(expression)).isEqualTo(text);
        assertThat(MappingExpression.columnsOf(expression)).containsExactly("a", "b");
        assertProblem(
                text + " or c",
                1,
                text.length() + 6,
                "The expression has more than 300 operators. A long choice between values is shorter as 'x in (a, b, ...)'.");
    }

    private static void assertProblem(String text, int line, int column, String message) {
        assertThatThrownBy(() -> MappingExpressionParser.parse(text))
                .isInstanceOfSatisfying(MappingSyntaxException.class, failure -> {
                    SourcePosition position = failure.problem().position();
                    assertThat(failure.problem().message()).isEqualTo(message);
                    assertThat(position.line()).isEqualTo(line);
                    assertThat(position.column()).isEqualTo(column);
                });
    }

    private static MappingExpression column(String name) {
        return new ColumnPath(name, List.of());
    }

    private static MappingExpression randomExpression(Random random, int depth) {
        if (depth == 0 || random.nextInt(6) == 0) {
            return randomLeaf(random);
        }
        MappingExpression left = randomExpression(random, depth - 1);
        MappingExpression right = randomExpression(random, depth - 1);
        BinaryOperator[] operators = BinaryOperator.values();
        CastType[] types = CastType.values();
        return switch (random.nextInt(10)) {
            case 0 -> new Not(left);
            case 1 -> new Negate(left);
            case 2 -> new IsNull(left, random.nextBoolean());
            case 3 -> new In(left, List.of(right, randomLeaf(random)));
            case 4 -> new Cast(left, types[random.nextInt(types.length)], random.nextBoolean());
            case 5 -> new Element(left, right);
            case 6 -> new Call(MappingFunction.COALESCE, List.of(left, right));
            case 7 -> {
                List<When> branches = new ArrayList<>(List.of(new When(left, right)));
                yield new Case(branches, random.nextBoolean() ? Optional.of(left) : Optional.empty());
            }
            default -> new Binary(operators[random.nextInt(operators.length)], left, right);
        };
    }

    private static MappingExpression randomLeaf(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> column("a");
            case 1 -> new ColumnPath("Odd \"name\"", List.of("b", "select it"));
            case 2 -> column("null");
            case 3 -> new Constant(Value.of(random.nextLong()));
            case 4 -> new Constant(Value.of(random.nextGaussian() * 1e12));
            case 5 -> new Constant(Value.of("it's \\ \"quoted\"\n"));
            case 6 -> new Constant(Value.of(random.nextBoolean()));
            default -> new Constant(Value.NULL);
        };
    }
}
