package io.spangraph.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.spangraph.engine.context.Principal.Role;
import io.spangraph.iceberg.ScanSettings;
import io.spangraph.iceberg.cache.CacheMode;
import io.spangraph.server.auth.Access;
import io.spangraph.server.auth.PasswordHash;
import io.spangraph.server.config.ServerConfiguration.UnknownNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationReaderTest {
    private static final String HASH = PasswordHash.of("secret").toString();

    @TempDir
    private Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("spangraph.yaml"), text);
    }

    private ServerConfiguration read(String text) throws IOException {
        return ConfigurationReader.read(Optional.of(file(text)), Map.of(), Map.of());
    }

    private String problems(String text, Map<String, String> environment, Map<String, String> flags)
            throws IOException {
        Path file = file(text);
        return String.valueOf(catchThrowableOfType(
                        ConfigurationException.class,
                        () -> ConfigurationReader.read(Optional.of(file), environment, flags))
                .getMessage());
    }

    private String problems(String text) throws IOException {
        return problems(text, Map.of(), Map.of());
    }

    @Test
    void aCertificateAndItsKeyBelongTogether() throws IOException {
        ServerConfiguration configuration =
                read("server: {bolt-tls: required, tls: {certificate: tls/chain.pem, key: tls/key.pem}}");

        assertThat(configuration.tls())
                .isEqualTo(new ServerConfiguration.Tls(
                        ServerConfiguration.TlsUse.REQUIRED,
                        Optional.of(new ServerConfiguration.Certificate(
                                folder.resolve("tls/chain.pem"), folder.resolve("tls/key.pem")))));
        assertThat(problems("server: {tls: {key: key.pem}}"))
                .contains("'server.tls.key' needs 'server.tls.certificate' beside it.");
        assertThat(problems("server: {bolt-tls: required}"))
                .contains(
                        "'server.bolt-tls' is 'required', which needs 'server.tls.certificate' and 'server.tls.key'.");
        assertThat(problems("server: {bolt-tls: maybe}"))
                .contains("'server.bolt-tls' is 'maybe'; expected optional, required or disabled.");
    }

    @Test
    void hasDefaultsForEverything() {
        ServerConfiguration configuration = ConfigurationReader.read(Optional.empty(), Map.of(), Map.of());
        assertThat(configuration.server().host()).isEqualTo("127.0.0.1");
        assertThat(configuration.server().httpPort()).isEqualTo(7474);
        assertThat(configuration.server().graph()).isEmpty();
        assertThat(configuration.users().isOpen()).isTrue();
        assertThat(configuration.unknownNames()).isEmpty();
        assertThat(configuration.limits().query().timeout()).isEqualTo(Duration.ofMinutes(2));
        assertThat(configuration.limits().query().maxMemoryBytes()).isEqualTo(512L << 20);
        assertThat(configuration.scan().freshness()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void readsAFileInFull() throws IOException {
        Files.writeString(folder.resolve("bob.hash"), HASH + "\n");
        ServerConfiguration configuration = read("""
                server:
                  host: localhost
                  http-port: 0
                  graph: graphs/graph.yaml
                users:
                  - name: alice
                    password-hash: %s
                    tenant: acme
                  - name: bob
                    password-hash-file: bob.hash
                    tenant: '*'
                    roles: [reader, operator]
                limits:
                  timeout: 1.5s
                  rows: 10_000
                  memory: 2GB
                  scan: {bytes: 1TiB}
                cypher: {unknown-names: warn}
                freshness: 0s
                log: {slow-query: 250ms}
                """.formatted(HASH));
        assertThat(configuration.server().graph()).contains(folder.resolve("graphs/graph.yaml"));
        assertThat(configuration.limits().query().timeout()).isEqualTo(Duration.ofMillis(1500));
        assertThat(configuration.limits().query().maxRows()).isEqualTo(10_000);
        assertThat(configuration.limits().query().maxMemoryBytes()).isEqualTo(2_000_000_000L);
        assertThat(configuration.limits().query().maxScanBytes()).isEqualTo(1L << 40);
        assertThat(configuration.unknownNames()).contains(UnknownNames.WARN);
        assertThat(configuration.scan().freshness()).isZero();
        assertThat(configuration.slowQuery()).isEqualTo(Duration.ofMillis(250));
        assertThat(configuration.users().list()).hasSize(2);
        assertThat(configuration.users().list().getFirst().access()).isEqualTo(new Access.OneTenant("acme"));
        assertThat(configuration.users().list().getFirst().roles()).containsExactly(Role.READER);
        assertThat(configuration.users().list().getLast().access()).isEqualTo(new Access.AllTenants());
        assertThat(configuration.users().list().getLast().roles())
                .containsExactlyInAnyOrder(Role.READER, Role.OPERATOR);
        assertThat(configuration.users().list().getLast().passwordHash().matches("secret"))
                .isTrue();
    }

    @Test
    void theScanCacheIsASizeOrAShareOfTheHeap() throws IOException {
        long heap = Runtime.getRuntime().maxMemory();
        ScanSettings defaults =
                ConfigurationReader.read(Optional.empty(), Map.of(), Map.of()).scan();
        assertThat(defaults).isEqualTo(ScanSettings.DEFAULTS.withFreshness(Duration.ofSeconds(1)));
        assertThat(defaults.cacheBytes()).isEqualTo(heap / 4);

        ScanSettings given = read("scan: {cache: 16MiB, cache-mode: metadata, coalesce-gap: 1MiB}")
                .scan();
        assertThat(given.cacheBytes()).isEqualTo(16L << 20);
        assertThat(given.cacheMode()).isEqualTo(CacheMode.METADATA);
        assertThat(given.coalesceGapBytes()).isEqualTo(1 << 20);
        assertThat(read("scan: {cache: 12.5%, cache-mode: off}").scan().cacheBytes())
                .isEqualTo(heap / 8);

        String limit =
                "; expected a size such as 512MiB or a share such as 25%, at most the heap of " + heap + " bytes.";
        assertThat(problems("scan: {cache: 101%}")).contains("'scan.cache' is '101%'" + limit);
        assertThat(problems("scan: {cache: 100TiB}")).contains("'scan.cache' is '100TiB'" + limit);
        assertThat(problems("scan: {cache-mode: some}"))
                .contains("'scan.cache-mode' is 'some'; expected off, metadata or all.");
        assertThat(problems("scan: {delete-cache: 1MiB}")).contains("scan.delete-cache");
    }

    @Test
    void flagsGoBeforeTheEnvironmentAndThatBeforeTheFile() throws IOException {
        Path file = file("limits: {timeout: 1s, rows: 1, memory: 1MiB}");
        ServerConfiguration configuration = ConfigurationReader.read(
                Optional.of(file),
                Map.of("SPANGRAPH_LIMITS_ROWS", "2", "SPANGRAPH_LIMITS_MEMORY", "2MiB"),
                Map.of("limits.memory", "3MiB"));
        assertThat(configuration.limits().query().timeout()).isEqualTo(Duration.ofSeconds(1));
        assertThat(configuration.limits().query().maxRows()).isEqualTo(2);
        assertThat(configuration.limits().query().maxMemoryBytes()).isEqualTo(3L << 20);
    }

    @Test
    void listsEveryProblemWithItsPlace() throws IOException {
        String text = """
                server:
                  http-prot: 80
                  http-port: 70000
                limits:
                  timeout: 30 bananas
                  memory: lots
                  memory: more
                  rows: 0
                  scan: 5
                cypher:
                  unknown-names: ignore
                limitz:
                  rows: 5
                users:
                  - name: 'a:b'
                    tenant: acme
                    password-hash: secret
                  - name: carl
                    password-hash: %s
                    tenat: acme
                    roles: [admin]
                  - alice
                freshness:
                """.formatted(HASH);
        assertThat(problems(
                        text,
                        Map.of("SPANGRAPH_LIMITS_TIMOUT", "1s", "SPANGRAPH_PORT_7474_TCP", "tcp://10.0.0.1:7474"),
                        Map.of("limits.row", "5")))
                .isEqualTo("""
                        spangraph.yaml line 2: Unknown setting 'server.http-prot'. Did you mean 'http-port'?
                        spangraph.yaml line 7: 'memory' stands twice in 'limits'.
                        spangraph.yaml line 9: 'limits.scan' holds further settings, found '5'
                        spangraph.yaml line 12: Unknown setting 'limitz'. Did you mean 'limits'?
                        spangraph.yaml line 20: Unknown key 'tenat' of a user. Did you mean 'tenant'?
                        spangraph.yaml line 22: a user has a name, a password-hash, a tenant and roles, found 'alice'
                        spangraph.yaml line 23: 'freshness' needs a value, found nothing
                        spangraph.yaml line 15: The name 'a:b' must not contain a colon.
                        spangraph.yaml line 15: The password hash of user 'a:b' is not one that 'spangraph hash-password' makes: it must start with '$argon2id$'.
                        spangraph.yaml line 18: A user needs a 'tenant': the one whose rows it sees, or '*' for all. A service has 'access: service' instead.
                        spangraph.yaml line 21: Unknown role 'admin'; roles are 'reader' and 'operator'.
                        environment variable SPANGRAPH_LIMITS_TIMOUT: Unknown setting. Did you mean 'SPANGRAPH_LIMITS_TIMEOUT'?
                        command line: Unknown setting 'limits.row'. Did you mean 'limits.rows'?
                        spangraph.yaml line 3: 'server.http-port' is '70000'; expected a port between 0 and 65535.
                        spangraph.yaml line 5: 'limits.timeout' is '30 bananas'; expected a time span such as 500ms, 30s, 5m or 1h.
                        spangraph.yaml line 8: 'limits.rows' is '0'; expected a whole number from 1.
                        spangraph.yaml line 6: 'limits.memory' is 'lots'; expected a size such as 512MiB or 2GB.
                        spangraph.yaml line 11: 'cypher.unknown-names' is 'ignore'; expected error or warn.""".stripIndent());
    }

    @Test
    void filesThatAreNoSettingsAreRefused() throws IOException {
        assertThat(problems("server: [")).startsWith("spangraph.yaml line 1: not valid YAML: ");
        assertThat(problems("- 5"))
                .isEqualTo("spangraph.yaml line 1: expected settings such as 'server:' or 'limits:', found a list");
        Path missing = folder.resolve("missing.yaml");
        assertThat(catchThrowableOfType(
                        ConfigurationException.class,
                        () -> ConfigurationReader.read(Optional.of(missing), Map.of(), Map.of())))
                .hasMessage(missing + ": There is no such file.");
        assertThat(read("").server().httpPort()).isEqualTo(7474);
    }

    @Test
    void secretsComeFromTheEnvironmentToo() throws IOException {
        String users = "users: [{name: a, password-hash: '${HASH_OF_A}', tenant: x}]";
        ServerConfiguration configuration =
                ConfigurationReader.read(Optional.of(file(users)), Map.of("HASH_OF_A", HASH), Map.of());
        assertThat(configuration.users().list().getFirst().passwordHash()).hasToString(HASH);
        assertThat(problems(users)).contains("The environment variable 'HASH_OF_A' is not set.");
    }

    @Test
    void aUserHasOneHash() throws IOException {
        assertThat(problems("users: [{name: a, tenant: x}]"))
                .isEqualTo("spangraph.yaml line 1: User 'a' needs either a 'password-hash' or a 'password-hash-file';"
                        + " 'spangraph hash-password' makes the hash.");
        assertThat(problems("users: [{name: a, tenant: x, password-hash-file: nowhere}]"))
                .isEqualTo("spangraph.yaml line 1: The password-hash-file 'nowhere' cannot be read.");
        String twice =
                "users: [{name: a, tenant: x, password-hash: '%1$s'}, {name: a, tenant: x, password-hash: '%1$s'}]";
        assertThat(problems(twice.formatted(HASH))).isEqualTo("spangraph.yaml line 1: There are two users named 'a'.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1"})
    void beyondLoopbackOnlyWithUsers(String host) throws IOException {
        assertThat(problems("server: {host: '" + host + "'}"))
                .isEqualTo(
                        "spangraph.yaml line 1: '" + host + "' can be reached from other machines and no users are"
                                + " configured, so anybody could read everything. Add 'users' or 'auth.users-file', or listen on 127.0.0.1.");
    }

    @Test
    void withoutEncryptionOnlyWhenAllowed() throws IOException {
        String text = """
                server: {host: 0.0.0.0}
                users: [{name: a, tenant: x, password-hash: '%s'}]
                """.formatted(HASH);
        assertThat(problems(text))
                .isEqualTo("spangraph.yaml line 1: '0.0.0.0' can be reached from other machines and passwords would"
                        + " travel unencrypted. Put a TLS proxy in front and listen on 127.0.0.1, or set"
                        + " 'allow-plaintext: true'.");
        assertThat(read(text + "allow-plaintext: true").server().host()).isEqualTo("0.0.0.0");
    }
}
