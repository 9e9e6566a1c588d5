package io.spangraph.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.model.value.Value;
import io.spangraph.server.auth.PasswordHash;
import io.spangraph.server.config.ConfigurationReader;
import io.spangraph.server.http.TestServer;
import io.spangraph.server.query.GraphOpener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The questions of {@code bench/workload}, asked over HTTP: same typed rows as their SQL twins on the same files. */
class WorkloadTest {
    private static final Path MAPPING = Path.of("..", "schema", "graph.yaml");
    private static final String TENANT = "acme";
    private static final String NEIGHBOUR = "globex";

    /** What Spangraph does not answer yet; a question that names none of it has to have a twin. */
    private static final Pattern OUT_OF_SCOPE = Pattern.compile("CALL trace\\.[a-zA-Z]+|cost_usd");

    @TempDir
    private static Path folder;

    private static DuckDbLake allRows;
    private static DuckDbLake tenantRows;
    private static TestServer server;
    private static QueryApiClient everyone;
    private static QueryApiClient tenant;

    @BeforeAll
    static void open() throws SQLException, IOException {
        Path lake;
        try (DemoGraph graph = DemoGraph.open()) {
            lake = graph.lake();
        }
        allRows = new DuckDbLake(lake, Optional.empty());
        tenantRows = new DuckDbLake(lake, Optional.of(TENANT));
        Path settings = folder.resolve("spangraph.yaml");
        Files.writeString(settings, """
                users:
                  - {name: ops, password-hash: '%s', tenant: '*'}
                  - {name: ann, password-hash: '%s', tenant: %s}
                cypher: {unknown-names: error}
                """.formatted(PasswordHash.of("everyone"), PasswordHash.of("tenant"), TENANT));
        server = TestServer.start(
                GraphOpener.open(
                        MAPPING,
                        Map.of("data", lake.toString()),
                        ConfigurationReader.read(Optional.of(settings), Map.of(), Map.of())),
                Optional.of(settings),
                Map.of());
        everyone = new QueryApiClient(server, TestServer.basic("ops", "everyone"));
        tenant = new QueryApiClient(server, TestServer.basic("ann", "tenant"));
    }

    @AfterAll
    static void close() throws SQLException {
        server.close();
        tenantRows.close();
        allRows.close();
    }

    @TestFactory
    Stream<DynamicTest> forATenant() {
        return tests(question -> {
            int rows = check(question, tenant, tenantRows, parameters(question, TENANT));
            assertThat(rows)
                    .as("a question that hardly any row answers tests little")
                    .isGreaterThanOrEqualTo(question.leastRows());
        });
    }

    @TestFactory
    Stream<DynamicTest> forEveryone() {
        return tests(question -> {
            for (String name : List.of(TENANT, NEIGHBOUR, "initech")) {
                check(question, everyone, allRows, firstParameters(question, name));
            }
        });
    }

    /** Parameters that find rows, but not one of them belongs to who asks: SQL that sees only their rows says the same. */
    @TestFactory
    Stream<DynamicTest> forATenantAboutAnother() {
        return tests(question -> check(question, tenant, tenantRows, firstParameters(question, NEIGHBOUR)));
    }

    private interface Check {
        void of(WorkloadQuestion question) throws SQLException;
    }

    private static Stream<DynamicTest> tests(Check check) {
        return WorkloadQuestion.covered().stream()
                .map(name -> DynamicTest.dynamicTest(name, () -> check.of(WorkloadQuestion.read(name))));
    }

    private static List<Map<String, Value>> parameters(WorkloadQuestion question, String tenantName)
            throws SQLException {
        Map<String, Value> given = Map.of("tenant", Value.of(tenantName));
        List<Map<String, Value>> sets = new ArrayList<>();
        for (Map<String, Value> found :
                allRows.rowsOf(question.parameters(), given).named()) {
            Map<String, Value> set = new HashMap<>(given);
            set.putAll(found);
            sets.add(set);
        }
        return sets;
    }

    private static List<Map<String, Value>> firstParameters(WorkloadQuestion question, String tenantName)
            throws SQLException {
        return parameters(question, tenantName).stream().limit(1).toList();
    }

    /** Asks once for each set of parameters; answers how many rows there were. */
    private static int check(
            WorkloadQuestion question, QueryApiClient asking, DuckDbLake sql, List<Map<String, Value>> parameters)
            throws SQLException {
        int rows = 0;
        for (Map<String, Value> set : parameters) {
            int skip = set.get("skip") instanceof Value.IntegerValue(long number) ? Math.toIntExact(number) : 0;
            Rows found = asking.rows(question.cypher(), set);
            new ExpectedAnswer(question, sql.rowsOf(question.answer(), set)).check(found, skip);
            rows += found.rows().size();
        }
        return rows;
    }

    @Test
    void everyQuestionHasATwinOrAReasonToHaveNone() {
        Map<String, String> reasons = WorkloadQuestion.notCovered();
        assertThat(WorkloadQuestion.covered()).doesNotContainAnyElementsOf(reasons.keySet());
        assertThat(Stream.concat(WorkloadQuestion.covered().stream(), reasons.keySet().stream()))
                .containsExactlyInAnyOrderElementsOf(WorkloadQuestion.all());
        assertThat(WorkloadQuestion.all()).hasSize(48);
        reasons.forEach(
                (name, reason) -> assertThat(WorkloadQuestion.cypher(name)).contains(reason));
        WorkloadQuestion.covered()
                .forEach(name -> assertThat(OUT_OF_SCOPE
                                .matcher(WorkloadQuestion.cypher(name))
                                .find())
                        .as(name)
                        .isFalse());
        assertThat(reasons.values())
                .allMatch(reason -> OUT_OF_SCOPE.matcher(reason).matches());
    }

    @Test
    void theTableOfQuestionsSaysWhichAreChecked() {
        Map<String, String> reasons = WorkloadQuestion.notCovered();
        assertThat(WorkloadQuestion.table())
                .containsExactlyElementsOf(WorkloadQuestion.all().stream()
                        .map(name -> name + ": "
                                + Optional.ofNullable(reasons.get(name))
                                        .map(reason -> "no: `" + reason.replace("CALL ", "") + "`")
                                        .orElse("yes"))
                        .toList());
    }

    /** As soon as one of them is answered, it has to get a twin. */
    @TestFactory
    Stream<DynamicTest> whatIsNotCoveredIsRefusedByName() {
        Map<String, Value> parameters = Map.of(
                "tenant",
                Value.of(TENANT),
                "agent",
                Value.of("a"),
                "trace",
                Value.of("t"),
                "span",
                Value.of("s"),
                "from",
                Value.of(0L),
                "to",
                Value.of(1L));
        return WorkloadQuestion.notCovered().entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(
                        entry.getKey(),
                        () -> assertThat(everyone.refusal(WorkloadQuestion.cypher(entry.getKey()), parameters))
                                .contains(entry.getValue().replace("CALL ", ""))));
    }
}
