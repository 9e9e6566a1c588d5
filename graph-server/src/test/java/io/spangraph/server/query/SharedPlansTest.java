package io.spangraph.server.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.spangraph.cypher.parse.ParseLimits;
import io.spangraph.engine.context.Execution;
import io.spangraph.engine.context.Principal;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.reference.ReferenceTable;
import io.spangraph.engine.run.DefaultQueryRunner;
import io.spangraph.engine.testkit.InMemoryScanSource;
import io.spangraph.model.schema.GraphSchema;
import io.spangraph.model.schema.GraphSchemaLoader;
import io.spangraph.model.table.Column;
import io.spangraph.model.table.ColumnType.Primitive;
import io.spangraph.model.table.TableName;
import io.spangraph.model.table.TableSchema;
import io.spangraph.model.value.Value;
import io.spangraph.server.config.ConfigurationReader;
import io.spangraph.server.config.ServerConfiguration;
import io.spangraph.server.config.ServerConfiguration.UnknownNames;
import io.spangraph.server.telemetry.QueryMetrics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts that differ in literals share a plan where that is right, and each gets the rows that it means. */
class SharedPlansTest {
    private static final String MAPPING = """
            version: 1
            name: runs
            catalogs:
              lake: { type: jdbc, uri: "jdbc:sqlite:none", warehouse: none }
            multi_tenant: { mode: enforced, tenant: tenant }
            vertices:
              Run:
                source: { table: lake.silver.runs }
                id: [run]
                tenant: tenant
                properties: { run: run, tenant: tenant, kind: kind, at: at, took: took, failed: failed, share: share }
            edges:
              AFTER:
                source: { table: lake.silver.runs }
                from: Run
                to: Run
                from_key: [run]
                to_key: [before]
            """;

    private static final Pattern LITERAL =
            Pattern.compile("'([^'\\\\]|\\\\.)*'|(?<![A-Za-z_.0-9])[0-9]+(\\.[0-9]+)?(?![.0-9A-Za-z])");
    private static final Principal ADMIN = new Principal("admin", Optional.empty(), Set.of());
    private static final Principal ACME = new Principal("alice", Optional.of("acme"), Set.of());
    private static final Principal GLOBEX = new Principal("bob", Optional.of("globex"), Set.of());

    private final ServedGraph graph = serve();
    private final QueryMetrics metrics = new QueryMetrics();
    private final QueryService service = service(graph, metrics, Map.of());

    private static ServedGraph serve() {
        GraphSchema schema =
                GraphSchemaLoader.read("runs.yaml", MAPPING, Map.of()).orThrow();
        InMemoryScanSource source = new InMemoryScanSource(List.of(table(schema)));
        return new ServedGraph(
                schema, source, new CypherTexts(schema, ParseLimits.DEFAULT), new DefaultQueryRunner(schema, source));
    }

    private static ReferenceTable table(GraphSchema schema) {
        TableName name = schema.vertexTypes().getFirst().source().table();
        List<Column> columns = new ArrayList<>();
        for (String text : List.of("tenant", "run", "before", "kind")) {
            columns.add(new Column(text, Primitive.STRING, false));
        }
        for (String number : List.of("at", "took", "failed")) {
            columns.add(new Column(number, Primitive.LONG, false));
        }
        columns.add(new Column("share", Primitive.DOUBLE, false));
        List<Map<String, Value>> rows = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            Map<String, Value> row = new HashMap<>();
            row.put("tenant", Value.of(i % 4 == 3 ? "globex" : "acme"));
            row.put("run", Value.of("r" + i));
            row.put("before", i < 8 ? Value.NULL : Value.of("r" + (i - 4)));
            row.put("kind", Value.of(List.of("tool", "llm", "agent", "it's").get(i % 3)));
            row.put("at", Value.of(i * 10L));
            row.put("took", i % 5 == 0 ? Value.NULL : Value.of(i % 7L));
            row.put("failed", Value.of(i % 2L));
            row.put("share", Value.of(i / 4.0));
            rows.add(row);
        }
        return new ReferenceTable(new TableSchema(name, columns), rows, 5);
    }

    private static QueryService service(ServedGraph graph, QueryMetrics metrics, Map<String, String> settings) {
        ServerConfiguration configuration = ConfigurationReader.read(Optional.empty(), Map.of(), settings);
        return new QueryService(
                CompletableFuture.completedFuture(graph),
                configuration.limits(),
                configuration.slowQuery(),
                Execution.SEQUENTIAL,
                metrics);
    }

    /** What a service answers that knows no plan of another text. */
    private List<String> alone(String text) {
        try (QueryService service = service(graph, new QueryMetrics(), Map.of())) {
            return outcome(service, text);
        }
    }

    @AfterEach
    void close() {
        service.close();
    }

    private List<String> ask(String text) {
        return ask(text, ADMIN);
    }

    private List<String> ask(String text, Principal who) {
        return ask(service, text, who);
    }

    /** The columns and the rows of an answer. */
    private static List<String> ask(QueryService service, String text, Principal who) {
        Map<String, Value> parameters = Map.of("kind", Value.of("llm"), "n", Value.of(3L));
        QueryRequest request = new QueryRequest(Door.HTTP, text, parameters, who, QueryOptions.of(UnknownNames.WARN));
        List<String> lines = new ArrayList<>();
        try (RunningQuery query = service.run(request)) {
            lines.add(query.columns().toString());
            while (query.advance()) {
                lines.add(List.copyOf(query.row()).toString());
            }
        }
        return lines;
    }

    /** Columns and rows, or the error that there is instead. */
    private static List<String> outcome(QueryService service, String text) {
        try {
            return ask(service, text, ADMIN);
        } catch (QueryException e) {
            return List.of("error", e.getMessage(), e.hint().orElse(""));
        }
    }

    private double counter(String name) {
        return counter(metrics, name);
    }

    private static double counter(QueryMetrics metrics, String name) {
        return metrics.scrape()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' '))))
                .sum();
    }

    private double planned() {
        return counter("spangraph_plans_misses_total");
    }

    private void assertPlans(int plans, String... texts) {
        double before = planned();
        double hits = counter("spangraph_plans_hits_total");
        for (String text : texts) {
            assertThat(outcome(service, text)).as(text).isEqualTo(alone(text));
        }
        assertThat(planned() - before).isEqualTo(plans);
        assertThat(counter("spangraph_plans_hits_total") - hits).isEqualTo(texts.length - plans);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "MATCH (r:Run) WHERE r.kind = 'tool' RETURN r.run AS run ORDER BY run"
                        + "|MATCH (r:Run) WHERE r.kind = \"llm\" RETURN r.run AS run ORDER BY run",
                "MATCH (r:Run {run: 'r3'}) RETURN r.at AS at|MATCH (r:Run {run: 'r\\u0034'}) RETURN r.at AS at",
                "MATCH (r:Run) WHERE 20 <= r.at < 60 RETURN r.run AS run|MATCH (r:Run) WHERE 0x1E <= r.at < 1_00 RETURN r.run AS run",
                "MATCH (r:Run) WHERE r.at > -5 RETURN count(*) AS n|MATCH (r:Run) WHERE r.at > -9223372036854775807 RETURN count(*) AS n",
                "MATCH (r:Run) WHERE r.share >= 2.5 RETURN count(*) AS n|MATCH (r:Run) WHERE r.share >= 1e0 RETURN count(*) AS n",
                "MATCH (r:Run) RETURN r.run AS run ORDER BY run SKIP 3 LIMIT 2|MATCH (r:Run) RETURN r.run AS run ORDER BY run SKIP 1 LIMIT 4",
                "MATCH (r:Run) WHERE r.kind IN ['tool', 'llm'] RETURN count(*) AS n|MATCH (r:Run) WHERE r.kind IN ['llm', 'no'] RETURN count(*) AS n",
                "MATCH (r:Run) WHERE r.run STARTS WITH 'r1' RETURN count(*) AS n|MATCH (r:Run) WHERE r.run STARTS WITH 'r2' RETURN count(*) AS n",
                "MATCH (r:Run) WHERE datetime({epochMillis: r.at}) > datetime('1970-01-01T00:00:00.100Z') RETURN count(*) AS n"
                        + "|MATCH (r:Run) WHERE datetime({epochMillis: r.at}) > datetime('1970-01-01T00:00:00.200Z') RETURN count(*) AS n",
                "MATCH (r:Run) WITH r.kind AS kind, count(*) AS n WHERE n >= 14 RETURN kind|MATCH (r:Run) WITH r.kind AS kind, count(*) AS n WHERE n >= 13 RETURN kind",
                "MATCH (r:Run) WHERE r.kind = 'tool' RETURN count(*) AS n|MATCH  (r:Run) /* a comment */ WHERE r.kind = 'llm'  RETURN count(*) AS n // end",
            })
    void textsThatDifferInLiteralsShareAPlan(String one, String other) {
        assertPlans(1, one, other, one);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // A column is called as it is written.
                "RETURN 1+1|RETURN 2+1",
                "RETURN 1+1|RETURN 1 + 1",
                "MATCH (r:Run {run: 'r1'}) RETURN r.kind = 'llm'|MATCH (r:Run {run: 'r1'}) RETURN r.kind = 'tool'",
                "MATCH (r:Run {run: 'r1'}) RETURN r.at|MATCH (r:Run {run: 'r1'}) RETURN r . at",
                // What is equal is grouped and sorted as one.
                "MATCH (r:Run) WITH r.at + 1 AS a, r.at + 1 AS b WHERE a > 5 RETURN max(a) AS a, max(b) AS b|MATCH (r:Run) WITH r.at + 1 AS a, r.at + 2 AS b WHERE a > 5 RETURN max(a) AS a, max(b) AS b",
                "MATCH (r:Run) RETURN r.at % 3 + 1 AS f, r.at AS at ORDER BY r.at % 3 + 1, at|MATCH (r:Run) RETURN r.at % 3 + 1 AS f, r.at AS at ORDER BY r.at % 3 + 2, at",
                // These decide which plan is right.
                "MATCH (b)-[:AFTER*1..2]->(a {run: 'r1'}) RETURN count(*) AS n|MATCH (b)-[:AFTER*1..3]->(a {run: 'r1'}) RETURN count(*) AS n",
                "MATCH (r:Run) WHERE r.run =~ 'r1.*' RETURN count(*) AS n|MATCH (r:Run) WHERE r.run =~ 'r2.*' RETURN count(*) AS n",
                "MATCH (r {run: 'r1'}) RETURN r['at'] AS v|MATCH (r {run: 'r1'}) RETURN r['kind'] AS v",
                "MATCH ()-[e]->() WHERE type(e) = 'AFTER' RETURN count(*) AS n|MATCH ()-[e]->() WHERE type(e) = 'BEFORE' RETURN count(*) AS n",
                "MATCH (n) WHERE elementId(n) = 'Run[acme,r1]' RETURN n.at AS at|MATCH (n) WHERE elementId(n) = 'Run[acme,r2]' RETURN n.at AS at",
                "MATCH (r:Run) RETURN percentileCont(r.at, 0.5) AS p|MATCH (r:Run) RETURN percentileCont(r.at, 0.9) AS p",
                "MATCH (r:Run) WHERE r.at / 2 > 20 RETURN count(*) AS n|MATCH (r:Run) WHERE r.at / 3 > 20 RETURN count(*) AS n",
                // Other types, and as many elements.
                "MATCH (r:Run) WHERE r.at > 20 RETURN count(*) AS n|MATCH (r:Run) WHERE r.at > 20.5 RETURN count(*) AS n",
                "MATCH (r:Run) WHERE r.at IN [10, 20] RETURN count(*) AS n|MATCH (r:Run) WHERE r.at IN [10, 'a'] RETURN count(*) AS n",
                "MATCH (r:Run) WHERE r.at IN [10, 20] RETURN count(*) AS n|MATCH (r:Run) WHERE r.at IN [10, null] RETURN count(*) AS n",
                "MATCH (r:Run) WHERE r.at IN [10, 20] RETURN count(*) AS n|MATCH (r:Run) WHERE r.at IN [10, 20, 30] RETURN count(*) AS n",
                "MATCH (r:Run) WHERE r.at > 0 RETURN count(*) AS n|MATCH (r:Run) WHERE r.at > 1 RETURN count(*) AS n",
                "MATCH (r:Run) WHERE r.took = 1 RETURN count(*) AS n|MATCH (r:Run) WHERE r.took = null RETURN count(*) AS n",
                "MATCH (r:Run) WHERE r.kind = 'tool' RETURN {a: 1, b: r.run} AS m LIMIT 1|MATCH (r:Run) WHERE r.kind = 'llm' RETURN {a: 2, b: r.run} AS m LIMIT 1",
                // What is asked of two states of the tables is not the same.
                "CYPHER 25 MATCH (r:Run) WHERE r.at > 30 RETURN count(*) AS n|CYPHER 25 MATCH (r:Run) WHERE r.at > 40 RETURN count(*) AS n",
                // Notifications point into the text.
                "MATCH (r:Run) WHERE r.kind = 1 RETURN count(*) AS n|MATCH (r:Run)  WHERE r.kindd = 1 RETURN count(*) AS n",
            })
    void textsWithOtherPlansDoNot(String one, String other) {
        assertPlans(2, one, other, one);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MATCH (r:Run) WHERE r.at > 9223372036854775808 RETURN r.run AS run",
                "MATCH (r:Run) WHERE r.at > 12abc RETURN r.run AS run",
                "MATCH (r:Run) WHERE r.at > '\\q' RETURN r.run AS run",
                "MATCH (r:Run) WHERE r.at > 1.34E999 RETURN r.run AS run",
                "MATCH (r:Run) WHERE r.at > 5 RETURN r.run AS run LIMIT -1",
                "MATCH (r:Run) WHERE r.at > $nothing AND r.kind = 'x' RETURN r.run AS run",
            })
    void whatIsWrongIsToldAsWithoutACache(String wrong) {
        ask("MATCH (r:Run) WHERE r.at > 5 RETURN r.run AS run");
        ask("MATCH (r:Run) WHERE r.at > 'a' RETURN r.run AS run");
        ask("MATCH (r:Run) WHERE r.at > 5 RETURN r.run AS run LIMIT 1");
        List<String> first = outcome(service, wrong);
        assertThat(first.getFirst()).isEqualTo("error");
        assertThat(outcome(service, wrong)).isEqualTo(first);
        assertThat(alone(wrong)).isEqualTo(first);
        assertThat(first.toString()).doesNotContain("\u0000");
    }

    @Test
    void noTextNamesALiteralOfAnother() {
        assertThatThrownBy(() -> ask("MATCH (r:Run) WHERE r.at = 5 RETURN $`\u00000` AS n"))
                .isInstanceOf(QueryException.class)
                .hasMessage(
                        "The name of a parameter cannot begin with the character U+0000 (line 1, column 37 (offset: 36))");
    }

    @Test
    void explainedPlansShowTheLiterals() {
        String query = "MATCH (r:Run) WHERE r.kind = 'tool' RETURN count(*) AS n";
        ask(query);
        for (String prefix : List.of("EXPLAIN ", "PROFILE ")) {
            for (String kind : List.of("tool", "llm")) {
                QueryRequest request = new QueryRequest(
                        Door.HTTP,
                        prefix + query.replace("tool", kind),
                        Map.of(),
                        ADMIN,
                        QueryOptions.of(UnknownNames.WARN));
                try (RunningQuery explained = service.run(request)) {
                    while (explained.advance()) {
                        assertThat(explained.row()).hasSize(1);
                    }
                    assertThat(explained.plan().orElseThrow().toString()).contains("'" + kind + "'");
                }
            }
        }
        assertThat(planned()).isEqualTo(1);
    }

    @Test
    void aPlanOfAnAdminServesNoTenant() {
        String query = "MATCH (r:Run) WHERE r.at < 100 RETURN count(*) AS n";
        assertThat(ask(query, ADMIN)).hasSize(2);
        List<String> acme = ask(query, ACME);
        List<String> globex = ask(query, GLOBEX);
        assertThat(planned())
                .as("one for the admin, one for all that see one tenant")
                .isEqualTo(2);
        assertThat(acme.getLast()).contains("8");
        assertThat(globex.getLast()).contains("2");
        assertThat(ask(query, ADMIN).getLast()).contains("10");
        assertThat(planned()).isEqualTo(2);
    }

    @Test
    void theCacheIsBounded() {
        QueryMetrics ofSmall = new QueryMetrics();
        try (QueryService small = service(graph, ofSmall, Map.of("cypher.plan-cache", "64KiB"))) {
            for (int i = 0; i < 200; i++) {
                ask(small, "MATCH (r:Run) WHERE r.at > 30 RETURN count(*) AS n" + i, ADMIN);
            }
            await().until(() -> counter(ofSmall, "spangraph_plans_cached") <= 8);
            assertThat(counter(ofSmall, "spangraph_plans_misses_total")).isEqualTo(200);
        }
    }

    /** Every literal of every query is exchanged again and again, in one service that knows the others' plans. */
    @Test
    void changedLiteralsGiveTheRowsOfTheirOwnText() {
        Random random = new Random(42);
        List<String> queries = queries();
        int rows = 0;
        for (int i = 0; i < 1500; i++) {
            String text = changed(queries.get(random.nextInt(queries.size())), random);
            List<String> shared = outcome(service, text);
            assertThat(shared).as(text).isEqualTo(alone(text));
            rows += shared.size() > 1 ? 1 : 0;
        }
        assertThat(rows).as("answers that are not empty").isGreaterThan(900);
        assertThat(counter("spangraph_plans_hits_total"))
                .as("plans that were shared")
                .isGreaterThan(700);
    }

    private static String changed(String query, Random random) {
        return LITERAL.matcher(query)
                .replaceAll(literal ->
                        Matcher.quoteReplacement(random.nextInt(3) == 0 ? literal.group() : other(literal, random)));
    }

    private static String other(MatchResult literal, Random random) {
        String text = literal.group();
        if (text.startsWith("'")) {
            return List.of(
                            "'tool'",
                            "'llm'",
                            "'it\\'s'",
                            "'r1'",
                            "'r12'",
                            "'r'",
                            "''",
                            "'Run[acme,r1]'",
                            "'\u00e9\ud83d\ude00'")
                    .get(random.nextInt(9));
        }
        return text.contains(".")
                ? List.of("0.5", "2.25", "1e1", "0.0").get(random.nextInt(4))
                : List.of("0", "1", "2", "3", "20", "0x14", "0o12", "100").get(random.nextInt(8));
    }

    private static List<String> queries() {
        return List.of(
                "MATCH (r:Run) WHERE r.kind = 'tool' AND r.at >= 20 RETURN r.run AS run, r.at AS at ORDER BY at LIMIT 5",
                "MATCH (r:Run {kind: 'llm', failed: 1}) RETURN r.run AS run ORDER BY run SKIP 1",
                "MATCH (r:Run) WHERE r.kind IN ['llm', 'tool'] AND r.took > 1 RETURN r.kind AS kind, count(*) AS n ORDER BY kind",
                "MATCH (b:Run)-[:AFTER]->(a:Run) WHERE a.at > 30 AND b.took < 5 RETURN a.run AS a, b.run AS b ORDER BY a, b",
                "MATCH (b:Run)-[:AFTER*1..3]->(a:Run {run: 'r1'}) RETURN b.run AS b ORDER BY b",
                "MATCH (r:Run) RETURN r.at + 1 AS a, count(*) AS n ORDER BY r.at + 1 LIMIT 3",
                "MATCH (r:Run) WITH r.failed AS f, sum(r.took) AS s WHERE s > 3 RETURN f, s * 2 AS d ORDER BY f",
                "MATCH (r:Run) WHERE r.share > 2.5 OR r.share < 0.5 RETURN r.share AS s ORDER BY s",
                "MATCH (r:Run) RETURN CASE r.kind WHEN 'tool' THEN 1 WHEN 'llm' THEN 2 ELSE 3 END AS k, count(*) AS n ORDER BY k",
                "MATCH (r:Run) WHERE NOT r.run STARTS WITH 'r1' AND r.run ENDS WITH 'r' = false RETURN count(*)",
                "MATCH (r:Run) WHERE -3 < r.took - 3 < 2 RETURN r.run AS run ORDER BY run",
                "MATCH (n) WHERE elementId(n) = 'Run[acme,r1]' RETURN n.run",
                "OPTIONAL MATCH (r:Run {run: 'r1'}) RETURN r.kind = 'llm', 1 + 2",
                "MATCH (r:Run) WHERE r.at % 20 = 10 AND r.kind <> 'llm' RETURN [x IN [1, 2, 3] WHERE x > 1] AS l, max(r.at) AS m",
                "UNWIND [1, 2, 3] AS x WITH x WHERE x >= 2 RETURN x * 1.5 AS y, 'a' + 'b' AS s",
                "MATCH (r:Run) WHERE EXISTS { (b:Run)-[:AFTER]->(r) WHERE b.took = 2 } RETURN r.run AS run ORDER BY run LIMIT 4",
                "MATCH (r:Run) WHERE COUNT { (b:Run)-[:AFTER]->(r) WHERE b.failed = 1 } > 0 RETURN count(*) AS n",
                "MATCH (r:Run) WHERE r.kind = 'llm' RETURN r.kind + '!' AS k, collect(r.at)[0..2] AS l",
                "MATCH (r:Run) WHERE r.run = 'r1' RETURN r.run AS x UNION MATCH (r:Run) WHERE r.run = 'r2' RETURN r.run AS x",
                "MATCH (r:Run) WHERE toUpper(r.kind) = 'LLM' OR r.at = 20 RETURN count(*) AS n",
                "MATCH (r:Run) WHERE r.at >= 20 AND 20 < 30 RETURN percentileDisc(r.at, 0.5) AS p",
                "MATCH (r:Run) WHERE datetime({epochMillis: r.at}) >= datetime('1970-01-01') RETURN count(*) AS n",
                "MATCH (r:Run) WITH r ORDER BY r.at DESC LIMIT 10 MATCH (b)-[:AFTER]->(r) WHERE b.share > 1.5 RETURN count(*) AS n");
    }
}
