package io.spangraph.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.server.auth.Access;
import io.spangraph.server.auth.PasswordHash;
import io.spangraph.server.auth.User;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class InvitationTest {
    private static final PasswordHash HASH = PasswordHash.of("x");

    private static User user(String name, Access access) {
        return new User(name, HASH, access, Set.of());
    }

    private static String print(List<User> users, String... queries) {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        Invitation.of("http://127.0.0.1:7474", users).print(List.of(queries), out);
        out.flush();
        return text.toString().replace(System.lineSeparator(), "\n");
    }

    @Test
    void linesCanBePastedIntoAShell() {
        assertThat(print(List.of(), "RETURN \"it's\"", "RETURN 'x'"))
                .isEqualTo("curl -s http://127.0.0.1:7474/submitCypher -H 'Content-Type: application/json'"
                        + " -d '{\"query\": \"RETURN \\\"it'\\''s\\\"\"}'\n\n"
                        + Places.launcher() + " query 'RETURN '\\''x'\\''' --uri http://127.0.0.1:7474\n\n");
    }

    @Test
    void whoMustLogInIsAskedForAPassword() {
        User backend = user("backend", new Access.TenantPerRequest());
        User alice = user("alice", new Access.OneTenant("acme"));
        assertThat(print(List.of(backend, alice), "RETURN 1", "RETURN 2"))
                .contains("curl -s -u 'alice' http://")
                .contains(" query 'RETURN 2' --uri http://127.0.0.1:7474 --user 'alice' --password\n");
    }

    @Test
    void aServiceHasToNameATenant() {
        assertThat(print(List.of(user("backend", new Access.TenantPerRequest())), "RETURN 1", "RETURN 2"))
                .contains("curl -s -u 'backend' -H 'X-Spangraph-Tenant: TENANT' http://")
                .contains(" --user 'backend' --password --tenant TENANT\n");
    }

    @Test
    void theDemoHasThreeQueries() {
        assertThat(SampleQueries.DEMO).hasSize(3);
    }
}
