package io.spangraph.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class InvitationTest {
    private static String print(String user, String... queries) {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        new Invitation("http://127.0.0.1:7474", user).print(List.of(queries), out);
        out.flush();
        return text.toString().replace(System.lineSeparator(), "\n");
    }

    @Test
    void linesCanBePastedIntoAShell() {
        assertThat(print("", "RETURN \"it's\"", "RETURN 'x'"))
                .isEqualTo("curl -s http://127.0.0.1:7474/submitCypher -H 'Content-Type: application/json'"
                        + " -d '{\"query\": \"RETURN \\\"it'\\''s\\\"\"}'\n\n"
                        + Places.launcher() + " query 'RETURN '\\''x'\\''' --uri http://127.0.0.1:7474\n\n");
    }

    @Test
    void whoMustLogInIsAskedForAPassword() {
        assertThat(print("alice", "RETURN 1", "RETURN 2"))
                .contains("curl -s -u 'alice' http://")
                .contains(" query 'RETURN 2' --uri http://127.0.0.1:7474 --user 'alice' --password\n");
    }

    @Test
    void theDemoHasThreeQueries() {
        assertThat(SampleQueries.DEMO).hasSize(3);
    }
}
