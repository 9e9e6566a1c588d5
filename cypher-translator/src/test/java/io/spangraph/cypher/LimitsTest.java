package io.spangraph.cypher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.spangraph.cypher.bind.UnknownNames;
import io.spangraph.cypher.parse.ParseLimits;
import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is too long or too deep is refused before it can hurt, and the error says what the limit is. */
class LimitsTest {
    @Test
    void refusesATextOfTenMegabytes() {
        QueryException error = refused("RETURN '" + "x".repeat(10 << 20) + "' AS x");

        assertThat(error.code()).isEqualTo(QueryErrorCode.COMPLEXITY_LIMIT);
        assertThat(error).hasMessage("The query has 10485774 characters; the limit is 1048576 (limits.query-length).");
        assertThat(error.hint()).contains("Pass long lists as parameters, or raise limits.query-length.");
    }

    @Test
    void takesItsLengthLimitFromTheOptions() {
        TranslationOptions options =
                new TranslationOptions(SpanGraph.SCHEMA, UnknownNames.ERROR, ParseLimits.DEFAULT.withQueryLength(10));

        QueryException error =
                catchThrowableOfType(QueryException.class, () -> CypherTranslator.translate("RETURN 1 AS x", options));

        assertThat(error).hasMessage("The query has 13 characters; the limit is 10 (limits.query-length).");
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "[", "{a: ", "CASE WHEN ", "[x IN ", "-(", "size("})
    void refusesTenThousandNestedBrackets(String bracket) {
        QueryException error = refused("RETURN " + bracket.repeat(10_000));

        assertThat(error.code()).isEqualTo(QueryErrorCode.COMPLEXITY_LIMIT);
        assertThat(error).hasMessageStartingWith("The query nests brackets or CASE deeper than 64 levels (line 1,");
    }

    @Test
    void translatesWhatNestsUpToTheLimit() {
        String query = "RETURN " + "(".repeat(64) + "1" + ")".repeat(64) + " AS x";

        assertThat(SpanGraph.translate(query).columns()).hasSize(1);
    }

    @Test
    void refusesOperandsOfCaseThatAreWrittenOutTooOften() {
        String query = "1";
        for (int i = 0; i < 20; i++) {
            query = "CASE " + query + " WHEN 0 THEN 1 WHEN 1 THEN 2 ELSE 3 END";
        }

        QueryException error = refused("RETURN " + query + " AS x");

        assertThat(error.code()).isEqualTo(QueryErrorCode.COMPLEXITY_LIMIT);
        assertThat(error)
                .hasMessageStartingWith("The operands of CASE and of chained comparisons, written out once for each"
                        + " comparison, have more than 100000 parts (line 1,");
        assertThat(error.hint()).contains("Compute the operand in a WITH before, and compare its name.");
    }

    @Test
    void refusesChainedComparisonsThatAreWrittenOutTooOften() {
        QueryException error = refused("RETURN " + "true = (".repeat(30) + "true" + ") = true".repeat(30) + " AS x");

        assertThat(error).hasMessageStartingWith("The operands of CASE and of chained comparisons");
    }

    @Test
    void translatesALongCase() {
        String tests = " WHEN 'a' THEN 1".repeat(10_000);

        SpanGraph.translate("MATCH (s:Span) RETURN CASE s.actor_type" + tests + " END AS x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"EXISTS", "0 < COUNT", "has_error OR EXISTS"})
    void translatesSubqueriesThatNestUpToTheLimit(String kind) {
        StringBuilder query = new StringBuilder("MATCH (n0:Span) WHERE ");
        for (int i = 1; i <= 60; i++) {
            query.append(kind.replace("has_error", "n0.has_error = 1"))
                    .append(" { MATCH (n" + (i - 1) + ")-->(n" + i + ") WHERE ");
        }
        query.append("true").append(" }".repeat(60)).append(" RETURN n0");

        assertThat(SpanGraph.translate(query.toString()).columns()).hasSize(1);
    }

    @Test
    void countsTheClausesOfSubqueries() {
        QueryException error = refused("MATCH (n) RETURN COUNT { " + "WITH n ".repeat(250) + "RETURN n } AS x");

        assertThat(error.code()).isEqualTo(QueryErrorCode.COMPLEXITY_LIMIT);
        assertThat(error).hasMessageStartingWith("The query has 253 clauses; the limit is 200 (line 1,");
    }

    @Test
    void takesCaseAsANameForAName() {
        String query = "WITH {case: 1} AS m RETURN " + String.join(" + ", Collections.nCopies(100, "m.case")) + " AS x";

        assertThat(SpanGraph.translate(query).columns()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1 + ", "'a' + ", "2 ^ ", "8 / "})
    void refusesALongChainOfOperators(String step) {
        QueryException error = refused("RETURN " + step.repeat(20_000) + "1 AS x");

        assertThat(error.code()).isEqualTo(QueryErrorCode.COMPLEXITY_LIMIT);
        assertThat(error).hasMessageStartingWith("The expression nests deeper than 300 operators (line 1,");
    }

    @Test
    void refusesALongChainOfAccesses() {
        QueryException error = refused("WITH {a: 1} AS m RETURN m" + ".a".repeat(20_000) + " AS x");

        assertThat(error).hasMessageStartingWith("The expression nests deeper than 300 operators (line 1,");
    }

    @Test
    void translatesWideExpressions() {
        String or = String.join(" OR ", Collections.nCopies(10_000, "s.duration_ms = 1"));
        String list = String.join(", ", Collections.nCopies(10_000, "'a'"));

        SpanGraph.translate("MATCH (s:Span) WHERE " + or + " RETURN count(*) AS n");
        SpanGraph.translate("MATCH (s:Span) WHERE s.span_id IN [" + list + "] RETURN count(*) AS n");
        SpanGraph.translate("RETURN " + "NOT ".repeat(10_000) + "true AS x");
    }

    @Test
    void refusesManyRelationships() {
        QueryException error = refused("MATCH (a)" + "-->()".repeat(101) + " RETURN a");

        assertThat(error.code()).isEqualTo(QueryErrorCode.COMPLEXITY_LIMIT);
        assertThat(error)
                .hasMessage("The patterns of the query have more than 100 relationships"
                        + " (line 1, column 509 (offset: 508))");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-->()", "<--()", "-[:OWNS*]->()", "<-[r]-()"})
    void refusesAHundredThousandRelationships(String hop) {
        QueryException error = refused("MATCH (a)" + hop.repeat(70_000) + " RETURN a");

        assertThat(error).hasMessageStartingWith("The patterns of the query have more than 100 relationships (line 1,");
    }

    @Test
    void takesNoDifferenceForARelationship() {
        String query = "RETURN " + String.join(" + ", Collections.nCopies(150, "(1)-(2)")) + " AS x";

        assertThat(SpanGraph.translate(query).columns()).hasSize(1);
    }

    @Test
    void refusesManyColumnsKeysAndPatterns() {
        assertThat(refused("RETURN 1" + ", 1".repeat(1000)))
                .hasMessage("The clause has 1001 columns; the limit is 1000 (line 1, column 8 (offset: 7))");
        assertThat(refused("MATCH (n) RETURN n ORDER BY n" + ", n".repeat(1000)))
                .hasMessage("The clause has 1001 sort keys; the limit is 1000 (line 1, column 20 (offset: 19))");
        assertThat(refused("MATCH (n)" + ", ()".repeat(1000) + " RETURN n"))
                .hasMessage("The clause has 1001 patterns; the limit is 1000 (line 1, column 1 (offset: 0))");
    }

    @Test
    void refusesMapsOfManyEntries() {
        assertThat(refused("RETURN {" + "a: 1, ".repeat(1000) + "a: 1} AS x"))
                .hasMessageStartingWith("A map of the query has more than 1000 entries (line 1,");
        assertThat(SpanGraph.translate("RETURN [{a: 1}" + ", {a: 1, b: [2, 3]}".repeat(1000) + "] AS x")
                        .columns())
                .hasSize(1);
    }

    @Test
    void refusesManyLabels() {
        assertThat(refused("MATCH (n:" + "Span|".repeat(100_000) + "Span) RETURN n"))
                .hasMessageStartingWith("The label expressions of the query have more than 10000 operators (line 1,");
        assertThat(refused("MATCH (n:" + "Span|".repeat(300) + "Span) RETURN n"))
                .hasMessageStartingWith("The label expression has more than 300 names (line 1,");
        assertThat(refused("RETURN " + "true XOR ".repeat(300) + "true AS x"))
                .hasMessageStartingWith("The expression nests deeper than 300 operators (line 1,");
    }

    @Test
    void refusesManyClauses() {
        QueryException error = refused("WITH 1 AS x ".repeat(50_000) + "RETURN x");

        assertThat(error).hasMessage("The query has 50001 clauses; the limit is 200 (line 1, column 1 (offset: 0))");
    }

    @Test
    void refusesManyPartsOfAUnion() {
        QueryException error = refused("RETURN 1 AS x UNION ALL ".repeat(300) + "RETURN 2 AS x");

        assertThat(error).hasMessage("The query has 301 clauses; the limit is 200 (line 1, column 1 (offset: 0))");
    }

    private static QueryException refused(String query) {
        QueryException error = catchThrowableOfType(QueryException.class, () -> SpanGraph.translate(query));
        assertThat(error).as("an error").isNotNull();
        return error;
    }
}
