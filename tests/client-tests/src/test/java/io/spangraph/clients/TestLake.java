package io.spangraph.clients;

import io.spangraph.server.auth.PasswordHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The sample tables and a server for them. */
record TestLake(SampleTables tables, ServerProcess server) implements AutoCloseable {

    /** Fills the folder and starts a server on it. */
    static TestLake start(Path folder, String heap) throws IOException {
        SampleTables tables = new SampleTables(folder);
        Path resources = Path.of("src/test/resources");
        Files.copy(resources.resolve("graph.yaml"), folder.resolve("graph.yaml"));
        Certificate certificate = Certificate.create(folder);
        Path settings = folder.resolve("server.yaml");
        Files.writeString(
                settings,
                Files.readString(resources.resolve("server.yaml"))
                        .replace("ALICE", PasswordHash.of("wonderland").toString())
                        .replace("BACKEND", PasswordHash.of("looking-glass").toString())
                        .replace("OPERATOR", PasswordHash.of("rabbit").toString())
                        .replace("DATA", folder.toString())
                        .replace("CERTIFICATE", certificate.certificate().toString())
                        .replace("KEY", certificate.key().toString()));
        return new TestLake(tables, ServerProcess.start(settings, heap));
    }

    @Override
    public void close() throws IOException {
        server.close();
        tables.close();
    }
}
