package io.spangraph.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.spangraph.lake.LakeGenerator;
import io.spangraph.lake.LakeSpec;
import io.spangraph.lake.Layout;
import io.spangraph.lake.ProgressListener;
import io.spangraph.server.config.ConfigurationReader;
import io.spangraph.server.http.TestServer;
import io.spangraph.server.query.GraphOpener;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Asks every construct as a tenant's user, as a service for that tenant and without one, and as an admin with and without
 * a tenant. No answer may hold a name of another tenant, whether in rows, plans, receipts, notifications or errors, and
 * whoever asks for a tenant gets what its own user gets.
 */
class TenantWalkTest {
    private static final String HASH =
            "$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$kgPwZ9DAehBT966hqnz1RvMedn9cKCTI012WUoxq9i8";
    private static final String ADMIN = "admin";
    private static final String SERVICE = "backend";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path CONSTRUCTS = Path.of("src/test/resources/acceptance/tenants/constructs.cypher");

    @TempDir
    private static Path folder;

    private static TestServer server;
    private static Walk acme;
    private static Walk globex;

    /**
     * What is asked for one tenant.
     *
     * @param user the tenant's own
     * @param foreign what it must not see
     * @param parameters ids of its own and of others
     * @param madeUp the same with ids of nobody in place of others'
     */
    private record Walk(String user, String tenant, TenantNames foreign, ObjectNode parameters, ObjectNode madeUp) {}

    /** A way to ask. */
    private enum Door {
        SUBMIT_CYPHER("/submitCypher", "query", "application/json"),
        QUERY_API("/db/clawtrace/query/v2", "statement", "application/vnd.neo4j.query");

        private final String path;
        private final String statement;
        private final String accepted;

        Door(String path, String statement, String accepted) {
            this.path = path;
            this.statement = statement;
            this.accepted = accepted;
        }
    }

    /**
     * An answer.
     *
     * @param rows in order of their texts, because most statements leave theirs open
     * @param told all that the client was sent, headers included
     */
    private record Answer(int status, List<String> rows, String error, String told) {}

    @BeforeAll
    static void start() throws Exception {
        Path lake = folder.resolve("lake");
        LakeGenerator.generate(
                LakeSpec.of(Layout.CLAWTRACE, 3_000, 3, 7, Instant.parse("2026-11-20T00:00:00Z"), lake),
                ProgressListener.NONE);
        Path settings = Files.writeString(folder.resolve("spangraph.yaml"), """
                users:
                  - {name: alice, password-hash: '%1$s', tenant: acme}
                  - {name: bob, password-hash: '%1$s', tenant: globex}
                  - {name: backend, password-hash: '%1$s', access: service}
                  - {name: admin, password-hash: '%1$s', tenant: '*', roles: [reader, operator]}
                """.formatted(HASH));
        server = TestServer.start(
                GraphOpener.open(
                        Path.of("..", "schema", "graph.yaml"),
                        Map.of("data", lake.toString()),
                        ConfigurationReader.read(Optional.empty(), Map.of(), Map.of())),
                Optional.of(settings),
                Map.of());
        try (DuckDbLake all = new DuckDbLake(lake, Optional.empty())) {
            acme = walk(lake, all, "alice", "acme", "globex");
            globex = walk(lake, all, "bob", "globex", "acme");
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Walk walk(Path lake, DuckDbLake all, String user, String tenant, String foreignTenant)
            throws Exception {
        try (DuckDbLake own = new DuckDbLake(lake, Optional.of(tenant))) {
            String of = " from pg_spans where tenant_id = '" + foreignTenant + "' order by span_id";
            String span = all.single("select span_id" + of);
            ObjectNode parameters = JSON.createObjectNode()
                    .put("ownTenant", tenant)
                    .put("ownSpan", own.single("select min(span_id) from pg_spans"))
                    .put("foreignTenant", foreignTenant)
                    .put("foreignSpan", span)
                    .put("foreignTrace", all.single("select trace_id" + of))
                    .put("foreignNode", "Span[" + span + "]")
                    .put("foreignTenantNode", "Tenant[" + foreignTenant + "]");
            String agent =
                    "MATCH (n:Agent {agent_id: '" + all.single("select agent_id" + of) + "'}) RETURN elementId(n)";
            String edge = "MATCH ()-[r:HAS_SPAN]->(s:Span {span_id: '" + span + "'}) RETURN elementId(r)";
            parameters
                    .put("foreignAgent", elementId(agent, Optional.of(foreignTenant)))
                    .put("foreignAgentOfAll", elementId(agent, Optional.empty()))
                    .put("foreignEdge", elementId(edge, Optional.of(foreignTenant)))
                    .put("foreignEdgeOfAll", elementId(edge, Optional.empty()));
            return new Walk(user, tenant, new TenantNames(all, own), parameters, madeUp(parameters));
        }
    }

    private static String elementId(String query, Optional<String> tenant) throws Exception {
        Answer answer = ask(Door.SUBMIT_CYPHER, query, JSON.createObjectNode(), ADMIN, tenant);
        return JSON.readTree(answer.rows.getFirst()).at("/Values/0").asText();
    }

    /** Values of the same forms that nobody has. */
    private static ObjectNode madeUp(ObjectNode parameters) {
        ObjectNode madeUp = parameters.deepCopy();
        parameters.properties().stream()
                .filter(parameter -> parameter.getKey().startsWith("foreign"))
                .forEach(parameter -> madeUp.put(
                        parameter.getKey(),
                        parameter
                                .getValue()
                                .asText()
                                .replaceAll("globex|acme", "nobody")
                                .replaceAll("[0-9]", "0")));
        return madeUp;
    }

    private static Answer ask(Door door, String statement, ObjectNode parameters, String user, Optional<String> tenant)
            throws IOException, InterruptedException {
        ObjectNode body = JSON.createObjectNode().put(door.statement, statement);
        body.set("parameters", parameters);
        body.put("stats", true).put("includeCounters", true);
        List<String> headers =
                new ArrayList<>(List.of("Authorization", TestServer.basic(user, "right"), "Accept", door.accepted));
        tenant.ifPresent(name -> headers.addAll(List.of("X-Spangraph-Tenant", name)));
        HttpResponse<String> response = server.post(door.path, body.toString(), headers.toArray(String[]::new));
        String told = response.body() + response.headers().map();
        boolean planned = statement.startsWith("EXPLAIN ") || statement.startsWith("PROFILE ");
        JsonNode answer = JSON.readTree(planned ? masked(response.body(), statement, parameters) : response.body());
        List<String> rows = new ArrayList<>();
        (door == Door.SUBMIT_CYPHER ? answer.path("rows") : answer.at("/data/values"))
                .forEach(row -> rows.add(row.toString()));
        rows.sort(null);
        return new Answer(
                response.statusCode(),
                rows,
                answer.path("error").asText() + answer.path("hint").asText() + answer.path("errors"),
                planned ? masked(told, statement, parameters) : told);
    }

    /** A plan shows the values that the request itself has sent; element ids stand there in parts. */
    private static String masked(String told, String statement, ObjectNode parameters) {
        String rest = told;
        for (Map.Entry<String, JsonNode> parameter : parameters.properties()) {
            if (statement.contains("$" + parameter.getKey())) {
                String value = parameter.getValue().asText();
                String key = value.substring(value.indexOf('[') + 1).replace("]", "");
                rest = rest.replace(value, "?");
                for (String part : key.split(",")) {
                    rest = rest.replace(part, "?");
                }
            }
        }
        return rest;
    }

    @TestFactory
    Stream<DynamicTest> nobodySeesWhatBelongsToOthers() throws IOException {
        return Construct.readAll(CONSTRUCTS).stream()
                .map(construct -> DynamicTest.dynamicTest(construct.name(), () -> {
                    for (Door door : Door.values()) {
                        check(door, construct, acme);
                        check(door, construct, globex);
                    }
                    check(Door.SUBMIT_CYPHER, construct.explained(), acme);
                    check(Door.QUERY_API, construct.profiled(), acme);
                }));
    }

    private static void check(Door door, Construct construct, Walk walk) throws Exception {
        String text = construct.text();
        String what = construct.name() + " for " + walk.tenant + " by " + door + ": " + text + "\n";
        Answer own = ask(door, text, walk.parameters, walk.user, Optional.empty());
        Answer byService = ask(door, text, walk.parameters, SERVICE, Optional.of(walk.tenant));
        Answer narrowed = ask(door, text, walk.parameters, ADMIN, Optional.of(walk.tenant));
        Answer ofNobody = ask(door, text, walk.madeUp, walk.user, Optional.empty());
        for (Answer answer : List.of(own, byService, narrowed, ofNobody)) {
            assertThat(walk.foreign.firstIn(answer.told)).as(what + answer.told).isEmpty();
            assertThat(answer.status)
                    .as(what + answer.told)
                    .isEqualTo(own.status)
                    .isNotEqualTo(500);
            assertThat(answer.error).as(what).isEqualTo(own.error);
        }
        assertThat(byService.rows).as(what).isEqualTo(own.rows);
        assertThat(narrowed.rows).as(what).isEqualTo(own.rows);
        assertThat(ofNobody.rows)
                .as("whether others have it cannot be told: " + what)
                .isEqualTo(own.rows);
        Answer ofAll = ask(door, text, walk.parameters, ADMIN, Optional.empty());
        if (!construct.common()) {
            assertThat(walk.foreign.firstIn(ofAll.told))
                    .as("an admin sees others, or else the statement proves nothing: " + what + ofAll.told)
                    .isPresent();
        }
        Answer unnamed = ask(door, text, walk.parameters, SERVICE, Optional.empty());
        assertThat(unnamed.error).as(what).contains("each of its requests has to name the tenant it is for.");
        assertThat(unnamed.rows).as(what).isEmpty();
    }

    @Test
    void theLakeHasNamesToFind() {
        assertThat(acme.foreign.size()).isGreaterThan(500);
        assertThat(globex.foreign.size()).isGreaterThan(500);
        assertThat(acme.foreign.firstIn("{\"x\":\"Tenant[globex]\"}")).contains("globex");
        assertThat(acme.foreign.firstIn("{\"x\":\"Tenant[acme]\"}")).isEmpty();
    }
}
