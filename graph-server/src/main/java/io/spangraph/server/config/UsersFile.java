package io.spangraph.server.config;

import io.spangraph.server.auth.User;
import io.spangraph.server.auth.UserDirectory;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The users of the settings and those of the users file, which is read again when it changes: people come and go more
 * often than a server can be restarted. A file that cannot be used changes nothing and is complained about in the log.
 */
final class UsersFile implements UserDirectory {
    private static final Logger LOG = LoggerFactory.getLogger(UsersFile.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final long MOST_BYTES = 8L << 20;

    private final Path file;
    private final Map<String, String> environment;
    private final List<User> fixed;
    private final LongSupplier nanoClock;
    private volatile State state;

    /** What the file said when it was last looked at. */
    private record State(Optional<Stamp> stamp, Map<String, User> users, long lookedAt) {
        State lookedAt(long nanos) {
            return new State(stamp, users, nanos);
        }
    }

    /** By this one sees that a file has changed; its key changes when another file takes its place. */
    private record Stamp(FileTime modified, long size, String key) {}

    private UsersFile(
            Path file, Map<String, String> environment, List<User> fixed, LongSupplier nanoClock, State state) {
        this.file = file;
        this.environment = environment;
        this.fixed = fixed;
        this.nanoClock = nanoClock;
        this.state = state;
    }

    /** Reads the file; what is wrong with it goes to the problems. */
    static UsersFile open(
            Path file,
            Map<String, String> environment,
            List<User> fixed,
            LongSupplier nanoClock,
            List<ConfigurationProblem> problems) {
        Optional<Stamp> stamp = stamp(file);
        Map<String, User> users = byName(fixed, read(file, environment, fixed, problems));
        return new UsersFile(file, environment, fixed, nanoClock, new State(stamp, users, nanoClock.getAsLong()));
    }

    static UsersFile open(
            Path file, Map<String, String> environment, List<User> fixed, List<ConfigurationProblem> problems) {
        return open(file, environment, fixed, System::nanoTime, problems);
    }

    @Override
    public Optional<User> find(String name) {
        return Optional.ofNullable(current().users.get(name));
    }

    @Override
    public List<User> list() {
        return List.copyOf(current().users.values());
    }

    @Override
    public boolean isOpen() {
        return false;
    }

    private State current() {
        State known = state;
        long now = nanoClock.getAsLong();
        return now - known.lookedAt < LOOK_EVERY.toNanos() ? known : look(now);
    }

    private synchronized State look(long now) {
        State known = state;
        if (now - known.lookedAt >= LOOK_EVERY.toNanos()) {
            Optional<Stamp> stamp = stamp(file);
            state = stamp.equals(known.stamp) ? known.lookedAt(now) : new State(stamp, changed(known.users), now);
        }
        return state;
    }

    private Map<String, User> changed(Map<String, User> before) {
        List<ConfigurationProblem> problems = new ArrayList<>();
        List<User> users = read(file, environment, fixed, problems);
        if (problems.isEmpty()) {
            LOG.info("The users file {} has changed and names {} users now", file, users.size());
            return byName(fixed, users);
        }
        LOG.error(
                "The users file {} has changed and cannot be used; the users of before stay:\n{}",
                file,
                problems.stream().map(ConfigurationProblem::toString).collect(Collectors.joining("\n")));
        return before;
    }

    private static Map<String, User> byName(List<User> fixed, List<User> users) {
        Map<String, User> byName = new LinkedHashMap<>();
        Stream.concat(fixed.stream(), users.stream()).forEach(user -> byName.put(user.name(), user));
        return byName;
    }

    private static List<User> read(
            Path file, Map<String, String> environment, List<User> fixed, List<ConfigurationProblem> problems) {
        try {
            long size = Files.size(file);
            if (size > MOST_BYTES) {
                problems.add(new ConfigurationProblem(
                        file.toString(), "The file has " + size + " bytes; " + MOST_BYTES + " are allowed."));
                return List.of();
            }
            String name = String.valueOf(file.getFileName());
            Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(Path.of(""));
            YamlSettings yaml = YamlSettings.readUsers(name, Files.readString(file), problems);
            return new UserReader(folder, new Substitution(environment, problems), problems)
                    .readBeside(fixed, yaml.users());
        } catch (NoSuchFileException e) {
            problems.add(new ConfigurationProblem(file.toString(), "There is no such file."));
        } catch (MalformedInputException e) {
            problems.add(new ConfigurationProblem(file.toString(), "The file is not UTF-8."));
        } catch (IOException e) {
            problems.add(new ConfigurationProblem(file.toString(), "The file cannot be read: " + e.getMessage() + "."));
        }
        return List.of();
    }

    private static Optional<Stamp> stamp(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return Optional.of(
                    new Stamp(attributes.lastModifiedTime(), attributes.size(), String.valueOf(attributes.fileKey())));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
