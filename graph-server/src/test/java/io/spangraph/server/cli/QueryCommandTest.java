package io.spangraph.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.explain.PlanDescription;
import io.spangraph.engine.plan.Notification;
import io.spangraph.engine.plan.QueryPlan;
import io.spangraph.model.value.Value;
import io.spangraph.server.auth.PasswordHash;
import io.spangraph.server.http.TestServer;
import io.spangraph.server.query.ScriptedGraph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueryCommandTest {
    private static final ScriptedGraph GRAPH = new ScriptedGraph();
    private static TestServer server;

    @BeforeAll
    static void start() {
        PlanDescription scan =
                new PlanDescription("TableScan", "silver.spans", List.of(), Map.of(), Optional.empty(), List.of());
        GRAPH.answer(
                        "two",
                        List.of("model", "tokens"),
                        List.of(List.of(Value.of("opus"), Value.of(12L)), List.of(Value.of("haiku"), Value.NULL)))
                .answer(
                        "parameters",
                        List.of("a", "b", "c"),
                        context -> List.of(
                                        List.of(context.parameter("a"), context.parameter("b"), context.parameter("c")))
                                .iterator())
                .answer(
                        "late error",
                        List.of("n"),
                        context -> Stream.concat(
                                        IntStream.range(0, 20_000).mapToObj(row -> List.of(Value.of("row " + row))),
                                        Stream.of(1).map(end -> {
                                            throw QueryException.of(QueryErrorCode.ROW_LIMIT, "More than 20000 rows.");
                                        }))
                                .iterator())
                .answer(
                        "tenant",
                        List.of("tenant"),
                        context -> List.of(List.of(
                                        Value.of(context.principal().tenant().orElse("all"))))
                                .iterator())
                .answerWithNotification(
                        "warned",
                        List.of("n"),
                        new Notification(
                                "Neo.ClientNotification.Statement.UnknownLabelWarning",
                                Notification.Severity.WARNING,
                                "Unknown label",
                                "There is no label 'Trase'.",
                                Optional.empty()))
                .explain(
                        "explained",
                        QueryPlan.Mode.EXPLAIN,
                        new PlanDescription("Filter", "s.x > 1", List.of(), Map.of(), Optional.empty(), List.of(scan)));
        server = TestServer.start(GRAPH, Map.of());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static CommandLineRun query(String query, String... options) {
        return CommandLineRun.of(
                Stream.concat(Stream.of("query", query, "--uri", server.uri("").toString()), Stream.of(options))
                        .toArray(String[]::new));
    }

    @Test
    void namesTheTenantItAsksFor() {
        assertThat(query("tenant", "--format", "csv").out()).isEqualTo("tenant\nall\n");
        assertThat(query("tenant", "--format", "csv", "--tenant", "müller & co").out())
                .isEqualTo("tenant\nmüller & co\n");
        assertThat(query("tenant", "--tenant", " ").err()).contains("The name of the tenant is blank.");
    }

    @Test
    void printsRowsInEachFormat() {
        assertThat(query("two"))
                .isEqualTo(new CommandLineRun(0, "model  tokens\n-----  ------\nopus       12\nhaiku\n", ""));
        assertThat(query("two", "--format", "csv").out()).isEqualTo("model,tokens\nopus,12\nhaiku,\n");
        assertThat(query("two", "--format", "json").out())
                .isEqualTo("[{\"model\":\"opus\",\"tokens\":12},\n {\"model\":\"haiku\",\"tokens\":null}]\n");
    }

    @Test
    void sendsParameters() {
        assertThat(query(
                                "parameters",
                                "--param",
                                "a=5",
                                "--param",
                                "b=text",
                                "--param",
                                "c=[1,\"x\"]",
                                "--format",
                                "csv")
                        .out())
                .isEqualTo("a,b,c\n5,text,\"[1,\"\"x\"\"]\"\n");
    }

    @Test
    void warnsOnStderr() {
        assertThat(query("warned", "--format", "csv"))
                .isEqualTo(new CommandLineRun(0, "n\n", "Warning: There is no label 'Trase'.\n"));
    }

    @Test
    void printsPlans() {
        assertThat(query("explained").out()).isEqualTo("Filter: s.x > 1\n  TableScan: silver.spans\n");
    }

    @Test
    void errorsAreSentencesOnStderr() {
        assertThat(query("RETRUN 1"))
                .isEqualTo(new CommandLineRun(1, "", "Invalid input 'RETRUN 1' (WARN) (line 2, column 5)\n"));
        CommandLineRun late = query("late error", "--format", "csv");
        assertThat(late.code()).isEqualTo(1);
        assertThat(late.out()).endsWith("row 19999\n");
        assertThat(late.err()).isEqualTo("More than 20000 rows.\n");
    }

    @Test
    void serversThatAreNoneAreNamed() {
        assertThat(CommandLineRun.of("query", "RETURN 1", "--uri", "here").err())
                .isEqualTo("'here' is no address of a server; expected http://HOST:PORT.\n");
        assertThat(CommandLineRun.of("query", "RETURN 1", "--uri", "http://127.0.0.1:1")
                        .err())
                .isEqualTo("There is no server at http://127.0.0.1:1, or it cannot be reached.\n");
    }

    @Test
    void logsIn(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(
                folder.resolve("server.yaml"),
                "users: [{name: alice, tenant: acme, password-hash: '" + PasswordHash.of("pass") + "'}]");
        try (TestServer closed = TestServer.start(GRAPH, Optional.of(file), Map.of())) {
            String uri = closed.uri("").toString();
            assertThat(CommandLineRun.of("query", "two", "--uri", uri))
                    .isEqualTo(new CommandLineRun(
                            1, "", "Authentication is required. Send a user name and a password.\n"));
            assertThat(CommandLineRun.of("query", "two", "--uri", uri, "--user", "alice", "--password", "pass")
                            .code())
                    .isZero();
        }
    }
}
