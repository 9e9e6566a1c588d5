package io.spangraph.server.config;

import io.spangraph.engine.context.QueryLimits;
import io.spangraph.iceberg.ScanSettings;
import io.spangraph.server.auth.UserDirectory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * All settings of a server, typed and checked. Immutable but for the users of a users file: a changed file of settings is
 * a new configuration.
 *
 * @param users open: loopback only, everyone is let in and sees all tenants
 * @param scan how tables are read, and how old a catalog's answer about them may be
 * @param threads that a large scan runs on at once, the query's own included
 * @param spill where queries put rows that do not fit into their memory
 * @param slowQuery from which run time on a query is logged
 */
public record ServerConfiguration(
        Listen server,
        Tls tls,
        UserDirectory users,
        Limits limits,
        Optional<UnknownNames> unknownNames,
        ScanSettings scan,
        int threads,
        Spill spill,
        Duration slowQuery) {
    /**
     * Where the server listens and what it serves.
     *
     * @param graph the mapping, empty when a command brings its own
     * @param boltPort empty: there is no Bolt door
     * @param boltAgent name of the server for Bolt clients
     * @param data folder of a local lake
     */
    public record Listen(
            String host,
            int httpPort,
            OptionalInt boltPort,
            String boltAgent,
            Optional<Path> graph,
            Optional<Path> data) {
        public Listen withHttpPort(int port) {
            return new Listen(host, port, boltPort, boltAgent, graph, data);
        }
    }

    /** What requests and queries may use. */
    public record Limits(
            QueryLimits query,
            int queryLength,
            long planCache,
            int requestBytes,
            int concurrentQueries,
            int queuedQueries,
            int openResults,
            int connectionResults,
            int transactions,
            Duration transactionIdle,
            int connections,
            Duration loginTime) {}

    /**
     * Where queries put rows that do not fit into their memory.
     *
     * @param bytes of all queries together; 0: they end by an error instead
     */
    public record Spill(Path directory, long bytes) {}

    /**
     * How connections are encrypted.
     *
     * @param certificate always there when it is required
     */
    public record Tls(TlsUse bolt, Optional<Certificate> certificate) {}

    /** Whether connections are encrypted; one port takes both kinds. */
    public enum TlsUse {
        OPTIONAL,
        REQUIRED,
        DISABLED
    }

    /** A chain of certificates and its private key, both as PEM. */
    public record Certificate(Path chain, Path key) {}

    /** What happens when a query names a label, type or property that the graph does not have. */
    public enum UnknownNames {
        ERROR,
        WARN
    }

    public ServerConfiguration withServer(Listen changed) {
        return new ServerConfiguration(changed, tls, users, limits, unknownNames, scan, threads, spill, slowQuery);
    }
}
