package io.spangraph.cypher;

import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.cypher.bind.UnknownNames;
import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.explain.PlanPrinter;
import io.spangraph.engine.plan.QueryPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whatever the text, the answer is a plan or a QueryException: never another exception, never a hang. */
class RandomTextTest {
    private static final int TEXTS = 10_000;
    private static final String[] WORDS = {
        "MATCH",
        "OPTIONAL",
        "WHERE",
        "WITH",
        "RETURN",
        "UNWIND",
        "AS",
        "ORDER BY",
        "SKIP",
        "LIMIT",
        "DISTINCT",
        "UNION",
        "ALL",
        "CASE",
        "WHEN",
        "THEN",
        "ELSE",
        "END",
        "AND",
        "OR",
        "XOR",
        "NOT",
        "IN",
        "IS",
        "NULL",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        ",",
        ":",
        ".",
        "..",
        "|",
        "-",
        "->",
        "<-",
        "--",
        "=",
        "<>",
        "<",
        ">=",
        "+",
        "*",
        "/",
        "%",
        "^",
        "=~",
        "$p",
        "n",
        "m",
        "s",
        "t",
        "x",
        "Span",
        "Trace",
        "CHILD_OF",
        "span_id",
        "duration_ms",
        "1",
        "2.5",
        "-9223372036854775808",
        "0x1F",
        "'a'",
        "\"b\"",
        "`c d`",
        "count",
        "count(*)",
        "sum(",
        "collect(",
        "true",
        "exists(",
        "CREATE",
        "DELETE",
        "EXPLAIN",
        "CYPHER",
        ";",
        "\n",
        "//",
        "/*",
        "*/",
        "'",
        "\\",
        "\uD83D\uDE00",
        "\u0000",
        "!",
        "&",
        "STARTS WITH",
        "CONTAINS",
        "CALL",
        "YIELD"
    };

    private static final List<String> SEEDS = new ArrayList<>();

    @BeforeAll
    static void readSeeds() throws IOException {
        Path cases = Path.of("src/test/resources/cases");
        for (String name : List.of(
                "match/nodes",
                "expand/hops",
                "expand/variable-length",
                "aggregate/grouping",
                "projection/order",
                "union/union",
                "expressions/operators",
                "workload/questions")) {
            CaseFile.read(cases.resolve(name + ".case")).cases().forEach(one -> SEEDS.add(one.query()));
        }
    }

    @Test
    void answersAnyWords() {
        Random random = new Random(20_261);
        Map<QueryErrorCode, Integer> errors = new EnumMap<>(QueryErrorCode.class);
        for (int i = 0; i < TEXTS; i++) {
            answer(words(random), errors);
        }
        assertThat(errors).containsKey(QueryErrorCode.SYNTAX_ERROR).doesNotContainKey(QueryErrorCode.INTERNAL);
    }

    @Test
    void answersAnyChangeOfAQuery() {
        Random random = new Random(20_262);
        Map<QueryErrorCode, Integer> errors = new EnumMap<>(QueryErrorCode.class);
        int plans = 0;
        for (int i = 0; i < TEXTS; i++) {
            plans += answer(changed(SEEDS.get(random.nextInt(SEEDS.size())), random), errors);
        }
        assertThat(plans).as("texts that are still queries").isGreaterThan(TEXTS / 50);
        assertThat(errors)
                .containsKeys(QueryErrorCode.SYNTAX_ERROR, QueryErrorCode.SEMANTIC_ERROR, QueryErrorCode.TYPE_ERROR)
                .doesNotContainKey(QueryErrorCode.INTERNAL);
    }

    private static int answer(String text, Map<QueryErrorCode, Integer> errors) {
        try {
            QueryPlan plan =
                    CypherTranslator.translate(text, TranslationOptions.of(SpanGraph.SCHEMA, UnknownNames.WARN));
            assertThat(plan.plan().variables())
                    .as("what the plan of %s binds", text)
                    .containsAll(plan.columns().stream()
                            .map(QueryPlan.ResultColumn::variable)
                            .toList());
            assertThat(PlanPrinter.print(plan.plan())).isNotEmpty();
            return 1;
        } catch (QueryException expected) {
            errors.merge(expected.code(), 1, Integer::sum);
            assertThat(expected.getMessage()).as("message for %s", text).isNotBlank();
            return 0;
        } catch (RuntimeException | Error broken) {
            throw new AssertionError("for the text: " + text, broken);
        }
    }

    private static String words(Random random) {
        StringBuilder text = new StringBuilder();
        int count = 1 + random.nextInt(30);
        for (int i = 0; i < count; i++) {
            text.append(WORDS[random.nextInt(WORDS.length)]).append(random.nextInt(5) == 0 ? "" : " ");
        }
        return text.toString();
    }

    private static String changed(String query, Random random) {
        StringBuilder text = new StringBuilder(query);
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes && text.length() > 2; i++) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(4)) {
                case 0 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(8)));
                case 1 -> text.insert(at, " " + WORDS[random.nextInt(WORDS.length)] + " ");
                case 2 -> text.setCharAt(at, text.charAt(random.nextInt(text.length())));
                default -> {
                    int end = Math.min(text.length(), at + random.nextInt(20));
                    text.insert(random.nextInt(text.length()), text.substring(at, end));
                }
            }
        }
        return text.toString();
    }
}
