package io.spangraph.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.server.auth.PasswordHash;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
    private static final Path SAMPLE_MAPPING =
            Path.of("..", "schema", "graph.yaml").toAbsolutePath().normalize();

    @TempDir
    private Path folder;

    @Test
    void namesItsCommands() {
        CommandLineRun help = CommandLineRun.of("--help");
        assertThat(help.code()).isZero();
        assertThat(help.out()).contains("demo", "serve", "query", "validate", "lake", "hash-password");
        assertThat(CommandLineRun.of("--version").out()).startsWith("Spangraph ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo", "serve", "query", "validate", "lake", "hash-password"})
    void everyCommandHasHelp(String command) {
        CommandLineRun help = CommandLineRun.of(command, "--help");
        assertThat(help.code()).isZero();
        assertThat(help.out()).startsWith("Usage: spangraph " + command + " ").doesNotContain("$${");
    }

    @Test
    void wrongUsageIsToldInASentence() {
        assertThat(CommandLineRun.of()).isEqualTo(new CommandLineRun(2, "", "Which command?\nSee spangraph --help.\n"));
        CommandLineRun unknown = CommandLineRun.of("serf");
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.err()).startsWith("Unmatched argument at index 0: 'serf'\nDid you mean: ");
        assertThat(CommandLineRun.of("query").err())
                .isEqualTo("Missing required parameter: 'CYPHER'\nSee spangraph query --help.\n");
        assertThat(CommandLineRun.of("query", "RETURN 1", "--format", "xml").err())
                .isEqualTo("Invalid value for option '--format': expected one of [TABLE, JSON, CSV] (case-insensitive)"
                        + " but was 'xml'\nSee spangraph query --help.\n");
    }

    @Test
    void wrongSettingsAreListed() throws IOException {
        Path file = Files.writeString(folder.resolve("server.yaml"), "limits: {rows: many}\nusres: []\n");
        CommandLineRun run = CommandLineRun.of("serve", "--config", file.toString(), "--http-port", "http");
        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err()).isEqualTo("""
                        The settings cannot be used:
                          server.yaml line 2: Unknown setting 'usres'. Did you mean 'users'?
                          command line, server.http-port: 'server.http-port' is 'http'; expected a port between 0 and 65535.
                          server.yaml line 1: 'limits.rows' is 'many'; expected a whole number from 1.
                        """);
    }

    @Test
    void servesNothingWithoutAGraph() {
        assertThat(CommandLineRun.of("serve"))
                .isEqualTo(new CommandLineRun(
                        3,
                        "",
                        "There is no graph to serve: name its mapping by 'server.graph' in the file of --config, or by"
                                + " --set server.graph=FILE.\n"));
    }

    @Test
    void aTakenPortIsNamed() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CommandLineRun run = CommandLineRun.of(
                    "serve",
                    "--http-port",
                    Integer.toString(taken.getLocalPort()),
                    "--data",
                    folder.toString(),
                    "--set",
                    "server.graph=" + SAMPLE_MAPPING);
            assertThat(run)
                    .isEqualTo(
                            new CommandLineRun(
                                    3,
                                    "",
                                    "Cannot listen on 127.0.0.1:" + taken.getLocalPort()
                                            + ": the port is in use. Choose another with --http-port, or 0 for any free one.\n"));
        }
    }

    @Test
    void aMissingLakeIsNamed() {
        assertThat(CommandLineRun.of("query", "RETURN 1", "--data", folder.toString()))
                .isEqualTo(new CommandLineRun(3, "", "There is no lake in " + folder + ".\n"));
    }

    @Test
    void aMissingCatalogIsNamed() {
        CommandLineRun run = CommandLineRun.of(
                "validate",
                SAMPLE_MAPPING.toString(),
                "--data",
                folder.resolve("x").toString());
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains(folder.resolve("x").toString()).doesNotContain("Exception", "\tat ");
        assertThat(CommandLineRun.of("validate", folder.resolve("none.yaml").toString()))
                .isEqualTo(new CommandLineRun(3, "", "There is no mapping at " + folder.resolve("none.yaml") + ".\n"));
    }

    @Test
    void aBrokenMappingIsToldWithItsLines() throws IOException {
        Path mapping = Files.writeString(folder.resolve("graph.yaml"), "version: 2\nname: g\n");
        CommandLineRun run = CommandLineRun.of("validate", mapping.toString());
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains(mapping + ":1:10: Expected version 1, found '2'.");
    }

    @Test
    void lakesThatCannotBeAreRefused() {
        assertThat(CommandLineRun.of("lake", "generate", "--spans", "5", "--out", folder.toString()))
                .isEqualTo(new CommandLineRun(2, "", "--spans must be between 1000 and 1000000000, but is 5\n"));
        CommandLineRun until = CommandLineRun.of(
                "lake", "generate", "--spans", "1000", "--out", folder.toString(), "--until", "tomorrow");
        assertThat(until.code()).isEqualTo(2);
        assertThat(until.err())
                .startsWith("--until is 'tomorrow'; expected a time such as 2026-04-08 or 2026-04-08T12:00:00Z.\n");
    }

    @Test
    void hashesAPasswordFromStdin() {
        InputStream stdin = System.in;
        try {
            System.setIn(new ByteArrayInputStream("geheim\nsecond line".getBytes(StandardCharsets.UTF_8)));
            CommandLineRun run = CommandLineRun.of("hash-password");
            assertThat(PasswordHash.parse(run.out().strip()).orElseThrow().matches("geheim"))
                    .isTrue();
            System.setIn(InputStream.nullInputStream());
            assertThat(CommandLineRun.of("hash-password").err()).isEqualTo("There is no password on stdin.\n");
        } finally {
            System.setIn(stdin);
        }
    }
}
