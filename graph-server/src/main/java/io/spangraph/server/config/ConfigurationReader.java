package io.spangraph.server.config;

import io.spangraph.engine.context.QueryLimits;
import io.spangraph.iceberg.ScanSettings;
import io.spangraph.iceberg.cache.CacheMode;
import io.spangraph.model.DidYouMean;
import io.spangraph.server.auth.User;
import io.spangraph.server.auth.UserDirectory;
import io.spangraph.server.config.ServerConfiguration.Certificate;
import io.spangraph.server.config.ServerConfiguration.Limits;
import io.spangraph.server.config.ServerConfiguration.Listen;
import io.spangraph.server.config.ServerConfiguration.Spill;
import io.spangraph.server.config.ServerConfiguration.Tls;
import io.spangraph.server.config.ServerConfiguration.TlsUse;
import io.spangraph.server.config.ServerConfiguration.UnknownNames;
import io.spangraph.server.config.YamlSettings.Located;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads the settings: defaults, then the file, then the environment, then flags, each over the one before. Collects
 * every problem before it refuses, because a server that fails once per typo is set up once per typo.
 */
public final class ConfigurationReader {
    private static final int MAX_THREADS = 1024;
    private static final Path HERE = Path.of("");

    private final Map<String, String> environment;
    private final List<ConfigurationProblem> problems = new ArrayList<>();
    private final SettingValues values = new SettingValues(problems);

    private ConfigurationReader(Map<String, String> environment) {
        this.environment = environment;
    }

    /**
     * Reads and checks.
     *
     * @param flags texts of settings from the command line, by setting path such as {@code server.http-port}
     * @throws ConfigurationException with everything that is wrong
     */
    public static ServerConfiguration read(
            Optional<Path> file, Map<String, String> environment, Map<String, String> flags) {
        return new ConfigurationReader(environment).read(file, flags);
    }

    private ServerConfiguration read(Optional<Path> file, Map<String, String> flags) {
        List<User> users = file.map(this::readFile).orElse(List.of());
        readEnvironment();
        readFlags(flags);
        ServerConfiguration configuration = typed(directory(users));
        checkExposure(configuration);
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return configuration;
    }

    private List<User> readFile(Path file) {
        try {
            Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(HERE);
            YamlSettings yaml = YamlSettings.read(String.valueOf(file.getFileName()), Files.readString(file), problems);
            Substitution substitution = new Substitution(environment, problems);
            yaml.settings().forEach((setting, text) -> values.put(setting, substitution.apply(text), folder));
            return new UserReader(folder, substitution, problems).read(yaml.users());
        } catch (NoSuchFileException e) {
            problems.add(new ConfigurationProblem(file.toString(), "There is no such file."));
        } catch (IOException e) {
            problems.add(new ConfigurationProblem(file.toString(), "The file cannot be read: " + e.getMessage() + "."));
        }
        return List.of();
    }

    private UserDirectory directory(List<User> users) {
        Optional<Path> file = values.path(Setting.USERS_FILE);
        return file.isPresent() ? UsersFile.open(file.get(), environment, users, problems) : UserDirectory.of(users);
    }

    private void readEnvironment() {
        Map<String, Setting> byName = new TreeMap<>();
        Arrays.stream(Setting.values()).forEach(setting -> byName.put(setting.environmentName(), setting));
        new TreeMap<>(environment).forEach((name, text) -> {
            String where = "environment variable " + name;
            if (byName.containsKey(name)) {
                values.put(byName.get(name), new Located(text, where), HERE);
            } else if (name.startsWith("SPANGRAPH_")) {
                // Only likely typos: Kubernetes sets variables of its own for a service of this name.
                DidYouMean.closest(name, byName.keySet())
                        .ifPresent(closest -> problems.add(
                                new ConfigurationProblem(where, "Unknown setting. Did you mean '" + closest + "'?")));
            }
        });
    }

    private void readFlags(Map<String, String> flags) {
        List<String> known = Arrays.stream(Setting.values()).map(Setting::path).toList();
        new TreeMap<>(flags)
                .forEach((path, text) -> Setting.byPath(path)
                        .ifPresentOrElse(
                                setting -> values.put(setting, new Located(text, "command line, " + path), HERE),
                                () -> problems.add(new ConfigurationProblem(
                                        "command line",
                                        "Unknown setting '" + path + "'." + DidYouMean.hint(path, known)))));
    }

    private ServerConfiguration typed(UserDirectory users) {
        Listen listen = new Listen(
                values.text(Setting.HOST).orElse(Setting.HOST.defaultText()),
                values.port(Setting.HTTP_PORT),
                values.portOrOff(Setting.BOLT_PORT),
                values.text(Setting.BOLT_AGENT).orElse(Setting.BOLT_AGENT.defaultText()),
                values.path(Setting.GRAPH),
                values.path(Setting.DATA));
        QueryLimits query = new QueryLimits(
                values.duration(Setting.TIMEOUT, Duration.ofMillis(1)),
                values.longCount(Setting.ROWS),
                values.size(Setting.MEMORY, Long.MAX_VALUE),
                values.size(Setting.SCAN_BYTES, Long.MAX_VALUE));
        Limits limits = new Limits(
                query,
                (int) values.size(Setting.QUERY_LENGTH, Integer.MAX_VALUE),
                values.size(Setting.CYPHER_PLAN_CACHE, Long.MAX_VALUE),
                (int) values.size(Setting.REQUEST_BYTES, Integer.MAX_VALUE),
                values.count(Setting.CONCURRENT_QUERIES),
                values.countOrNone(Setting.QUEUED_QUERIES),
                values.count(Setting.OPEN_RESULTS),
                values.count(Setting.CONNECTION_RESULTS),
                values.count(Setting.TRANSACTIONS),
                values.duration(Setting.TRANSACTION_IDLE, Duration.ofMillis(1)),
                values.count(Setting.CONNECTIONS),
                values.duration(Setting.LOGIN_TIME, Duration.ofMillis(1)));
        return new ServerConfiguration(
                listen,
                tls(),
                users,
                limits,
                unknownNames(),
                new ScanSettings(
                        values.duration(Setting.FRESHNESS, Duration.ZERO),
                        values.size(Setting.SCAN_PLAN_CACHE, Long.MAX_VALUE),
                        values.count(Setting.SCAN_MAX_FILES),
                        cacheMode(),
                        values.heapSize(Setting.SCAN_CACHE),
                        (int) values.size(Setting.SCAN_COALESCE_GAP, Integer.MAX_VALUE)),
                threads(),
                new Spill(
                        values.path(Setting.SPILL_DIRECTORY).orElseGet(ConfigurationReader::temporaryFolder),
                        values.sizeOrNone(Setting.SPILL_BYTES)),
                values.duration(Setting.SLOW_QUERY, Duration.ZERO));
    }

    private int threads() {
        int threads = values.countUpTo(Setting.EXEC_THREADS, MAX_THREADS);
        return threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
    }

    /** Its name holds the user's: the folder of one user cannot be used by another. */
    private static Path temporaryFolder() {
        return Path.of(
                System.getProperty("java.io.tmpdir", "."),
                "spangraph-spill-" + System.getProperty("user.name", "unknown").replaceAll("[^A-Za-z0-9._-]", "_"));
    }

    private Tls tls() {
        Optional<Path> chain = values.path(Setting.TLS_CERTIFICATE);
        Optional<Path> key = values.path(Setting.TLS_KEY);
        if (chain.isPresent() != key.isPresent()) {
            Setting given = chain.isPresent() ? Setting.TLS_CERTIFICATE : Setting.TLS_KEY;
            Setting missing = chain.isPresent() ? Setting.TLS_KEY : Setting.TLS_CERTIFICATE;
            problems.add(new ConfigurationProblem(
                    values.where(given), "'" + given.path() + "' needs '" + missing.path() + "' beside it."));
        }
        Optional<Certificate> certificate =
                chain.flatMap(present -> key.map(secret -> new Certificate(present, secret)));
        TlsUse use = boltTls();
        if (use == TlsUse.REQUIRED && certificate.isEmpty()) {
            problems.add(new ConfigurationProblem(
                    values.where(Setting.BOLT_TLS),
                    "'server.bolt-tls' is 'required', which needs 'server.tls.certificate' and 'server.tls.key'."));
        }
        return new Tls(use, certificate);
    }

    private TlsUse boltTls() {
        return switch (values.text(Setting.BOLT_TLS).orElse("")) {
            case "optional" -> TlsUse.OPTIONAL;
            case "required" -> TlsUse.REQUIRED;
            case "disabled" -> TlsUse.DISABLED;
            case String other -> {
                values.complain(Setting.BOLT_TLS, other, "optional, required or disabled");
                yield TlsUse.OPTIONAL;
            }
        };
    }

    private CacheMode cacheMode() {
        return switch (values.text(Setting.SCAN_CACHE_MODE).orElse("")) {
            case "off" -> CacheMode.OFF;
            case "metadata" -> CacheMode.METADATA;
            case "all" -> CacheMode.ALL;
            case String other -> {
                values.complain(Setting.SCAN_CACHE_MODE, other, "off, metadata or all");
                yield CacheMode.ALL;
            }
        };
    }

    private Optional<UnknownNames> unknownNames() {
        Optional<String> text = values.text(Setting.UNKNOWN_NAMES);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        return switch (text.get()) {
            case "error" -> Optional.of(UnknownNames.ERROR);
            case "warn" -> Optional.of(UnknownNames.WARN);
            case String other -> {
                values.complain(Setting.UNKNOWN_NAMES, other, "error or warn");
                yield Optional.empty();
            }
        };
    }

    /** Nobody may reach an open server, or see passwords pass, from another machine by accident. */
    private void checkExposure(ServerConfiguration configuration) {
        String host = configuration.server().host();
        boolean plaintext = values.flag(Setting.ALLOW_PLAINTEXT);
        try {
            if (InetAddress.getByName(host).isLoopbackAddress()) {
                return;
            }
        } catch (UnknownHostException e) {
            problems.add(new ConfigurationProblem(
                    values.where(Setting.HOST),
                    "'server.host' is '" + host + "', which is no address of this machine."));
            return;
        }
        if (configuration.users().isOpen()) {
            problems.add(new ConfigurationProblem(
                    values.where(Setting.HOST),
                    "'" + host + "' can be reached from other machines and no users are configured, so anybody could"
                            + " read everything. Add 'users' or 'auth.users-file', or listen on 127.0.0.1."));
        } else if (!plaintext) {
            problems.add(new ConfigurationProblem(
                    values.where(Setting.HOST),
                    "'" + host + "' can be reached from other machines and passwords would travel unencrypted."
                            + " Put a TLS proxy in front and listen on 127.0.0.1, or set 'allow-plaintext: true'."));
        }
    }
}
