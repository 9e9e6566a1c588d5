package io.spangraph.clients;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A client of the matrix.
 *
 * @param id names its folder among the clients
 * @param title as users know it
 * @param kind which program uses it
 * @param always whether every build runs it; the others run with all checks
 */
record Client(String id, String title, Kind kind, boolean always) {
    enum Kind {
        JAVA_DRIVER,
        JDBC_BOLT,
        JDBC_HTTP,
        NODE,
        BROWSER,
        INTROSPECTOR,
        SHELL
    }

    static final List<Client> ALL = List.of(
            new Client("java-driver-6", "Java driver 6.2.1", Kind.JAVA_DRIVER, true),
            new Client("java-driver-5", "Java driver 5.28.15", Kind.JAVA_DRIVER, true),
            new Client("neo4j-driver-6", "JavaScript driver 6.3.0", Kind.NODE, false),
            new Client("neo4j-driver-5", "JavaScript driver 5.28.3", Kind.NODE, false),
            new Client("neo4j-driver-6", "JavaScript driver 6.3.0, browser build (WebSocket)", Kind.BROWSER, false),
            new Client("cypher-shell", "cypher-shell 5.26.30", Kind.SHELL, false),
            new Client("neo4j-jdbc", "JDBC driver 6.8.0 (Bolt)", Kind.JDBC_BOLT, false),
            new Client("neo4j-jdbc", "JDBC driver 6.8.0 (HTTP)", Kind.JDBC_HTTP, false),
            new Client("introspector", "@neo4j/introspector 4.0.1", Kind.INTROSPECTOR, false));

    /** How the client is started, but for the shell, which is started for each feature. */
    List<String> command(int boltPort, int httpPort) {
        String bolt = "bolt://127.0.0.1:" + boltPort;
        return switch (kind) {
            case JAVA_DRIVER -> java("JavaDriverClient.java", bolt);
            case JDBC_BOLT -> java("JdbcClient.java", "neo4j://127.0.0.1:" + boltPort + "/clients");
            case JDBC_HTTP -> java("JdbcClient.java", "neo4j:http://127.0.0.1:" + httpPort + "/clients");
            case NODE -> node("javascript-client.cjs", bolt, "node");
            case BROWSER -> node("javascript-client.cjs", bolt, "browser");
            case INTROSPECTOR -> node("introspector-client.cjs", bolt, "node");
            case SHELL -> shell(boltPort);
        };
    }

    /** How one of our Java programs is started with the libraries of this client. */
    List<String> java(String program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                JavaCommand.path(),
                "-Xmx96m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                libraries(),
                program(program).toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    private static List<String> node(String program, String address, String folder, String build) {
        List<String> command = new ArrayList<>(List.of("node", "--max-old-space-size=128"));
        if (build.equals("browser")) {
            command.add("--experimental-websocket");
        }
        command.addAll(List.of(program(program).toString(), address, folder, build));
        return command;
    }

    private List<String> node(String program, String address, String build) {
        return node(program, address, NodePackages.installed(id).toString(), build);
    }

    private List<String> shell(int boltPort) {
        return List.of(
                JavaCommand.path(),
                "-Xmx96m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                libraries(),
                "org.neo4j.shell.Main",
                "-a",
                "neo4j://127.0.0.1:" + boltPort,
                "-u",
                "alice",
                "-p",
                "wonderland",
                "--format",
                "plain",
                "--access-mode",
                "read");
    }

    private String libraries() {
        return folder().resolve("target/lib").toAbsolutePath() + "/*";
    }

    Path folder() {
        return folder(id);
    }

    static Path folder(String id) {
        return Path.of("clients", id);
    }

    private static Path program(String name) {
        return Path.of("src/test/programs", name).toAbsolutePath();
    }
}
