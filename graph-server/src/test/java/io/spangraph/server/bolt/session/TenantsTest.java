package io.spangraph.server.bolt.session;

import static io.spangraph.server.bolt.session.BoltTalk.HELLO;
import static io.spangraph.server.bolt.session.BoltTalk.RESET;
import static io.spangraph.server.bolt.session.BoltTalk.pull;
import static io.spangraph.server.bolt.session.BoltTalk.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.spangraph.model.value.Value;
import io.spangraph.server.bolt.message.AuthToken;
import io.spangraph.server.bolt.message.BoltRequest;
import io.spangraph.server.bolt.message.NotificationFilter;
import io.spangraph.server.bolt.message.ProtocolVersion;
import io.spangraph.server.bolt.message.TransactionOptions;
import io.spangraph.server.query.ScriptedGraph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** For whom the queries of a connection run, and on which state of the tables. */
@Timeout(120)
class TenantsTest {
    private static final String HASH =
            "$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$kgPwZ9DAehBT966hqnz1RvMedn9cKCTI012WUoxq9i8";

    @TempDir
    private Path folder;

    private final ScriptedGraph graph = new ScriptedGraph()
            .answer(
                    "tenant",
                    List.of("tenant"),
                    context -> List.of(List.of(
                                    Value.of(context.principal().tenant().orElse("all tenants"))))
                            .iterator());
    private TestDoor door;

    @BeforeEach
    void start() throws IOException {
        Path settings = Files.writeString(
                folder.resolve("spangraph.yaml"),
                "users: [" + user("alice", "tenant: acme") + user("admin", "tenant: '*'")
                        + user("backend", "access: service") + "]");
        door = new TestDoor(graph.serve(), Optional.of(settings), Map.of());
    }

    @AfterEach
    void stop() {
        door.close();
    }

    private static String user(String name, String access) {
        return "{name: " + name + ", password-hash: '" + HASH + "', " + access + "},";
    }

    private static BoltRequest logon(String user, String password) {
        return new BoltRequest.Logon(new AuthToken("basic", Optional.of(user), Optional.of(password)));
    }

    private BoltTalk loggedIn(String user) {
        BoltTalk talk = door.connect(ProtocolVersion.V5_8);
        talk.send(HELLO, logon(user, "right"));
        talk.expect("SUCCESS", "SUCCESS");
        return talk;
    }

    private static TransactionOptions options(Map<String, Value> metadata, Optional<String> impersonated) {
        return new TransactionOptions(
                List.of(), Optional.empty(), metadata, true, Optional.empty(), impersonated, NotificationFilter.UNSET);
    }

    private static TransactionOptions tenant(String name) {
        return options(Map.of("tenant", Value.of(name)), Optional.empty());
    }

    @Test
    void aWrongPasswordEndsTheConnection() {
        try (BoltTalk talk = door.connect(ProtocolVersion.V5_8)) {
            talk.send(HELLO, logon("alice", "wrong"), run("tenant"));
            talk.expect("SUCCESS");
            assertThat(talk.failure().code()).isEqualTo("Neo.ClientError.Security.Unauthorized");
            await().until(() -> talk.connection().isClosed());
        }
    }

    @Test
    void aUserSeesItsTenantAndMayNameNoOther() {
        try (BoltTalk talk = loggedIn("alice")) {
            talk.send(run("tenant"), pull(-1));
            talk.expect("SUCCESS", "RECORD ['acme']", "SUCCESS");
            talk.send(run("tenant", tenant("globex")));
            assertThat(talk.failure().message()).startsWith("Tenant 'globex' is forbidden to user 'alice'.");
        }
    }

    @Test
    void aServiceNamesTheTenantOfEachTransaction() {
        try (BoltTalk talk = loggedIn("backend")) {
            talk.send(run("tenant", tenant("acme")), pull(-1));
            talk.expect("SUCCESS", "RECORD ['acme']", "SUCCESS");
            talk.send(new BoltRequest.Begin(options(Map.of(), Optional.of("globex"))), run("tenant"), pull(-1));
            talk.expect("SUCCESS", "SUCCESS", "RECORD ['globex']", "SUCCESS");
            talk.send(RESET, run("tenant"));
            talk.expect("SUCCESS", "FAILURE Neo.ClientError.Security.Forbidden");
        }
    }

    @Test
    void anAdminSeesAllOrTheTenantThatIsImpersonated() {
        try (BoltTalk talk = loggedIn("admin")) {
            talk.send(run("tenant"), pull(-1));
            talk.expect("SUCCESS", "RECORD ['all tenants']", "SUCCESS");
            talk.send(run("tenant", options(Map.of(), Optional.of("acme"))), pull(-1));
            talk.expect("SUCCESS", "RECORD ['acme']", "SUCCESS");
        }
    }

    @Test
    void twoTenantsInOneRequestAreRefused() {
        try (BoltTalk talk = loggedIn("backend")) {
            talk.send(run("tenant", options(Map.of("tenant", Value.of("acme")), Optional.of("globex"))));
            assertThat(talk.failure().message())
                    .isEqualTo("The request names two tenants: 'acme' by the metadata, 'globex' by the impersonated"
                            + " user. Name one of them only.");
            talk.send(RESET, run("tenant", options(Map.of("tenant", Value.of(7L)), Optional.empty())));
            talk.expect("SUCCESS");
            assertThat(talk.failure().code()).isEqualTo("Neo.ClientError.Request.Invalid");
        }
    }

    @Test
    void anotherLogonChangesWhoAsks() {
        try (BoltTalk talk = loggedIn("alice")) {
            talk.send(new BoltRequest.Logoff(), logon("admin", "right"), run("tenant"), pull(-1));
            talk.expect("SUCCESS", "SUCCESS", "SUCCESS", "RECORD ['all tenants']", "SUCCESS");
        }
    }

    @Test
    void theMetadataNamesTheStateOfTheTables() {
        try (BoltTalk talk = loggedIn("alice")) {
            talk.send(run("tenant", BoltTalk.metadata(Map.of("snapshot", Value.of("nightly")))));
            assertThat(talk.failure().message()).isEqualTo("There is no tag or branch 'nightly'.");
            talk.send(RESET, run("tenant", BoltTalk.metadata(Map.of("snapshot", Value.of("2026-04-08")))), pull(-1));
            talk.expect("SUCCESS", "SUCCESS", "RECORD ['acme']", "SUCCESS");
            talk.send(new BoltRequest.Begin(BoltTalk.metadata(Map.of("snapshot", Value.TRUE))));
            assertThat(talk.failure().message())
                    .isEqualTo("Invalid request: 'snapshot' must be a snapshot id, a time such as"
                            + " 2026-04-08T12:00:00Z, or the name of a tag or branch.");
        }
    }
}
