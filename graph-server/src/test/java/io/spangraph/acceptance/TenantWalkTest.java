package io.spangraph.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.acceptance.WalkedDoor.Answer;
import io.spangraph.lake.LakeGenerator;
import io.spangraph.lake.LakeSpec;
import io.spangraph.lake.Layout;
import io.spangraph.lake.ProgressListener;
import io.spangraph.server.SpangraphServer;
import io.spangraph.server.bolt.message.ProtocolVersion;
import io.spangraph.server.config.ConfigurationReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
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
 * Asks every construct through every door as a tenant's user, as a service for that tenant and without one, and as an
 * admin with and without a tenant. No answer may hold a name of another tenant, whether in rows, plans, receipts,
 * notifications or errors, and whoever asks for a tenant gets what its own user gets.
 */
class TenantWalkTest {
    private static final String HASH =
            "$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$kgPwZ9DAehBT966hqnz1RvMedn9cKCTI012WUoxq9i8";
    private static final String ADMIN = "admin";
    private static final String SERVICE = "backend";
    private static final Path CONSTRUCTS = Path.of("src/test/resources/acceptance/tenants/constructs.cypher");

    @TempDir
    private static Path folder;

    private static SpangraphServer server;
    private static WalkedDoor submitCypher;
    private static WalkedDoor queryApi;
    private static WalkedDoor.Bolt bolt;
    private static WalkedDoor.Bolt oldBolt;
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
    private record Walk(
            String user,
            String tenant,
            TenantNames foreign,
            Map<String, String> parameters,
            Map<String, String> madeUp) {}

    @BeforeAll
    static void start() throws Exception {
        Path lake = folder.resolve("lake");
        LakeGenerator.generate(
                LakeSpec.of(Layout.CLAWTRACE, 1_000, 3, 7, Instant.parse("2026-11-20T00:00:00Z"), lake),
                ProgressListener.NONE);
        Path settings = Files.writeString(folder.resolve("spangraph.yaml"), """
                server: {http-port: 0, bolt-port: 0, data: lake}
                users:
                  - {name: alice, password-hash: '%1$s', tenant: acme}
                  - {name: bob, password-hash: '%1$s', tenant: globex}
                  - {name: backend, password-hash: '%1$s', access: service}
                  - {name: admin, password-hash: '%1$s', tenant: '*', roles: [reader, operator]}
                """.formatted(HASH));
        server = SpangraphServer.start(
                ConfigurationReader.read(Optional.of(settings), Map.of(), Map.of()),
                Path.of("..", "schema", "graph.yaml"),
                Map.of());
        submitCypher = WalkedDoor.Http.submitCypher(server.url());
        queryApi = WalkedDoor.Http.queryApi(server.url());
        int port = URI.create(server.boltUrl().orElseThrow()).getPort();
        bolt = WalkedDoor.Bolt.byMetadata(port, ProtocolVersion.V5_8);
        oldBolt = WalkedDoor.Bolt.byImpersonation(port, ProtocolVersion.V4_4);
        try (DuckDbLake all = new DuckDbLake(lake, Optional.empty())) {
            acme = walk(lake, all, "alice", "acme", "globex");
            globex = walk(lake, all, "bob", "globex", "acme");
        }
    }

    @AfterAll
    static void stop() {
        bolt.close();
        oldBolt.close();
        server.close();
    }

    private static Walk walk(Path lake, DuckDbLake all, String user, String tenant, String foreignTenant)
            throws Exception {
        try (DuckDbLake own = new DuckDbLake(lake, Optional.of(tenant))) {
            String of = " from pg_spans where tenant_id = '" + foreignTenant + "' order by span_id";
            String span = all.single("select span_id" + of);
            String agent =
                    "MATCH (n:Agent {agent_id: '" + all.single("select agent_id" + of) + "'}) RETURN elementId(n)";
            String edge = "MATCH ()-[r:HAS_SPAN]->(s:Span {span_id: '" + span + "'}) RETURN elementId(r)";
            Map<String, String> parameters = new HashMap<>();
            parameters.put("ownTenant", tenant);
            parameters.put("ownSpan", own.single("select min(span_id) from pg_spans"));
            parameters.put("foreignTenant", foreignTenant);
            parameters.put("foreignSpan", span);
            parameters.put("foreignTrace", all.single("select trace_id" + of));
            parameters.put("foreignNode", "Span[" + span + "]");
            parameters.put("foreignTenantNode", "Tenant[" + foreignTenant + "]");
            parameters.put("foreignAgent", elementId(agent, Optional.of(foreignTenant)));
            parameters.put("foreignAgentOfAll", elementId(agent, Optional.empty()));
            parameters.put("foreignEdge", elementId(edge, Optional.of(foreignTenant)));
            parameters.put("foreignEdgeOfAll", elementId(edge, Optional.empty()));
            return new Walk(user, tenant, new TenantNames(all, own), parameters, madeUp(parameters));
        }
    }

    private static String elementId(String query, Optional<String> tenant) {
        String row = bolt.ask(query, Map.of(), ADMIN, tenant).rows().getFirst();
        return row.substring(1, row.length() - 1);
    }

    /** Values of the same forms that nobody has. */
    private static Map<String, String> madeUp(Map<String, String> parameters) {
        Map<String, String> madeUp = new HashMap<>(parameters);
        madeUp.replaceAll((name, value) -> name.startsWith("foreign")
                ? value.replaceAll("globex|acme", "nobody").replaceAll("[0-9]", "0")
                : value);
        return madeUp;
    }

    @TestFactory
    Stream<DynamicTest> nobodySeesWhatBelongsToOthers() throws IOException {
        return Construct.readAll(CONSTRUCTS).stream()
                .map(construct -> DynamicTest.dynamicTest(construct.name(), () -> {
                    for (WalkedDoor door : List.of(submitCypher, queryApi, bolt)) {
                        check(door, construct, acme);
                    }
                    check(oldBolt, construct, globex);
                    check(submitCypher, construct.explained(), acme);
                    check(queryApi, construct.profiled(), acme);
                    check(bolt, construct.profiled(), globex);
                }));
    }

    private static void check(WalkedDoor door, Construct construct, Walk walk) throws Exception {
        String what = construct.name() + " for " + walk.tenant + " by " + door + ": " + construct.text() + "\n";
        Answer own = ask(door, construct, walk.parameters, walk.user, Optional.empty());
        Answer byService = ask(door, construct, walk.parameters, SERVICE, Optional.of(walk.tenant));
        Answer narrowed = ask(door, construct, walk.parameters, ADMIN, Optional.of(walk.tenant));
        Answer ofNobody = ask(door, construct, walk.madeUp, walk.user, Optional.empty());
        for (Answer answer : List.of(own, byService, narrowed, ofNobody)) {
            assertThat(walk.foreign.firstIn(answer.told()))
                    .as(what + answer.told())
                    .isEmpty();
            assertThat(answer.error()).as(what).isEqualTo(own.error()).doesNotContain("error in Spangraph");
        }
        if (construct.isAboutTheUser()) {
            assertThat(byService.rows()).as(what).hasSameSizeAs(own.rows()).allMatch(row -> !row.contains(walk.user));
        } else {
            assertThat(byService.rows()).as(what).isEqualTo(own.rows());
            assertThat(narrowed.rows()).as(what).isEqualTo(own.rows());
            assertThat(ofNobody.rows())
                    .as("whether others have it cannot be told: " + what)
                    .isEqualTo(own.rows());
        }
        Answer ofAll = ask(door, construct, walk.parameters, ADMIN, Optional.empty());
        if (!construct.common()) {
            assertThat(walk.foreign.firstIn(ofAll.told()))
                    .as("an admin sees others, or else the statement proves nothing: " + what + ofAll.told())
                    .isPresent();
        }
        Answer unnamed = ask(door, construct, walk.parameters, SERVICE, Optional.empty());
        assertThat(unnamed.error()).as(what).contains("each of its requests has to name the tenant it is for.");
        assertThat(unnamed.rows()).as(what).isEmpty();
    }

    private static Answer ask(
            WalkedDoor door, Construct construct, Map<String, String> parameters, String user, Optional<String> tenant)
            throws IOException, InterruptedException {
        Answer answer = door.ask(construct.text(), parameters, user, tenant);
        if (!construct.isAboutThePlan()) {
            return answer;
        }
        return new Answer(
                answer.rows().stream()
                        .map(row -> masked(row, construct, parameters))
                        .toList(),
                answer.error(),
                masked(answer.told(), construct, parameters));
    }

    /** A plan shows the values that the request itself has sent; element ids stand there in parts. */
    private static String masked(String told, Construct construct, Map<String, String> parameters) {
        String rest = told;
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            if (construct.text().contains("$" + parameter.getKey())) {
                String value = parameter.getValue();
                rest = rest.replace(value, "?");
                for (String part :
                        value.substring(value.indexOf('[') + 1).replace("]", "").split(",")) {
                    rest = rest.replace(part, "?");
                }
            }
        }
        return rest;
    }

    @Test
    void theLakeHasNamesToFind() {
        assertThat(acme.foreign.size()).isGreaterThan(300);
        assertThat(globex.foreign.size()).isGreaterThan(300);
        assertThat(acme.foreign.firstIn("{\"x\":\"Tenant[globex]\"}")).contains("globex");
        assertThat(acme.foreign.firstIn("{\"x\":\"Tenant[acme]\"}")).isEmpty();
    }

    @Test
    void aUserCannotNameAnotherTenant() {
        assertThat(oldBolt.ask("RETURN 1", Map.of(), "alice", Optional.of("globex"))
                        .error())
                .contains("Neo.ClientError.Security.Forbidden", "Tenant 'globex' is forbidden to user 'alice'.");
        assertThat(bolt.ask("RETURN 1", Map.of(), "alice", Optional.of("globex"))
                        .error())
                .contains("Tenant 'globex' is forbidden to user 'alice'.");
        assertThat(bolt.ask("RETURN 1", Map.of(), "alice", Optional.of("acme")).rows())
                .containsExactly("[1]");
    }
}
