package io.spangraph.server.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Every single-valued setting with its default. One list from which the file, the environment and the flags are read,
 * and with which the reference in {@code docs/configuration.md} is compared, so that they cannot drift apart.
 */
public enum Setting {
    HOST("server.host", "127.0.0.1", "address to listen on; beyond loopback only with users"),
    HTTP_PORT("server.http-port", "7474", "port of the HTTP door; 0 takes any free one"),
    BOLT_PORT("server.bolt-port", "7687", "port of the Bolt door; 0 takes any free one, off closes the door"),
    BOLT_AGENT(
            "server.bolt-agent", "Neo4j/5.26.0", "server name that drivers are told; some want it to begin like this"),
    BOLT_TLS(
            "server.bolt-tls",
            "optional",
            "optional takes Bolt connections with and without TLS, required those with it, disabled those without"),
    TLS_CERTIFICATE(
            "server.tls.certificate",
            "",
            "PEM file with the certificate of the server and those that it rests on; without it no TLS is spoken"),
    TLS_KEY("server.tls.key", "", "PEM file with the private key of the certificate, as PKCS#8 without a password"),
    GRAPH("server.graph", "", "the mapping of tables to a graph: a graph.yaml, relative to the file that names it"),
    DATA("server.data", "", "folder of a local lake; ${data} in the mapping stands for it"),
    ALLOW_PLAINTEXT("allow-plaintext", "false", "listen beyond loopback although passwords then travel unencrypted"),
    USERS_FILE(
            "auth.users-file", "", "file with users, read again when it changes; relative to the file that names it"),
    FRESHNESS("freshness", "1s", "how old the catalog's answer about a table may be; 0s asks for each query"),
    UNKNOWN_NAMES("cypher.unknown-names", "", "error or warn, for unknown labels, types and properties on every door"),
    CYPHER_PLAN_CACHE(
            "cypher.plan-cache", "32MiB", "heap for plans of queries, about; texts share one if only literals differ"),
    TIMEOUT("limits.timeout", "2m", "longest run of a query; a request can only ask for less"),
    ROWS("limits.rows", "1000000", "rows of one answer"),
    MEMORY("limits.memory", "512MiB", "memory that the operators of one query hold together"),
    SCAN_BYTES(
            "limits.scan.bytes", "64GiB", "bytes of columns that one query may read, by the estimate before it runs"),
    QUERY_LENGTH("limits.query-length", "1MiB", "length of a query's text"),
    REQUEST_BYTES("limits.request-bytes", "8MiB", "length of a request, parameters included"),
    CONCURRENT_QUERIES("limits.concurrent-queries", "32", "queries that run at the same time"),
    QUEUED_QUERIES("limits.queued-queries", "1000", "queries that wait while as many run as may"),
    OPEN_RESULTS("limits.open-results", "1000", "answers that are not read to their end, all clients together"),
    CONNECTION_RESULTS("limits.connection-results", "64", "such answers of one Bolt connection"),
    CONNECTIONS("limits.connections", "1000", "open Bolt connections"),
    LOGIN_TIME("limits.login-time", "30s", "time within which a new Bolt connection has to log in"),
    SCAN_PLAN_CACHE("scan.plan-cache", "256MiB", "heap for the parsed metadata of snapshots, all tables together"),
    SCAN_MAX_FILES(
            "scan.max-files",
            "200000",
            "data files of a snapshot that is held parsed; of a larger one each query has the manifests read, and may read"
                    + " so many files"),
    SCAN_CACHE("scan.cache", "25%", "heap for what is kept of data files; a size, or a share of the whole heap"),
    SCAN_CACHE_MODE(
            "scan.cache-mode",
            "all",
            "what is kept: off nothing, metadata footers, indexes, dictionaries and deletes, all values of columns and links of rows too"),
    SCAN_COALESCE_GAP(
            "scan.coalesce-gap",
            "64KiB",
            "ranges of a file that lie this near are read at once; 1MiB suits object stores"),
    EXEC_THREADS("exec.threads", "0", "threads that a large scan runs on at once; 0 as many as there are processors"),
    SPILL_DIRECTORY(
            "spill.directory",
            "",
            "folder for rows that queries put aside; without it one in the system's folder for temporary files"),
    SPILL_BYTES("spill.bytes", "16GiB", "disk for rows that queries put aside, all together; 0 for none"),
    TRANSACTIONS("limits.transactions", "256", "open transactions of all clients"),
    TRANSACTION_IDLE("limits.transaction-idle", "1m", "time after which an unused transaction ends"),
    SLOW_QUERY("log.slow-query", "10s", "queries that run longer are logged");

    private final String path;
    private final String defaultText;
    private final String summary;

    Setting(String path, String defaultText, String summary) {
        this.path = path;
        this.defaultText = defaultText;
        this.summary = summary;
    }

    /** Place in the file, its levels separated by dots. */
    public String path() {
        return path;
    }

    /** The default as one would write it; empty when there is none. */
    public String defaultText() {
        return defaultText;
    }

    public String summary() {
        return summary;
    }

    /** Name of the environment variable that sets it. */
    public String environmentName() {
        return "SPANGRAPH_" + path.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    static Optional<Setting> byPath(String path) {
        return Arrays.stream(values())
                .filter(setting -> setting.path.equals(path))
                .findFirst();
    }

    /** Whether the path names a group of settings, such as {@code limits}. */
    static boolean isGroup(String path) {
        return Arrays.stream(values()).anyMatch(setting -> setting.path.startsWith(path + "."));
    }
}
