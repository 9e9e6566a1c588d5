package io.spangraph.server.config;

import io.spangraph.engine.context.Principal.Role;
import io.spangraph.server.auth.Access;
import io.spangraph.server.auth.PasswordHash;
import io.spangraph.server.auth.User;
import io.spangraph.server.config.YamlSettings.Located;
import io.spangraph.server.config.YamlSettings.RawUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** Turns users as written into users that can log in; hashes may come from files of their own. */
final class UserReader {
    private static final String ALL_TENANTS = "*";
    private static final String SERVICE = "service";
    private static final String SCAN_BYTES = "scan-bytes";

    private final Path folder;
    private final Substitution substitution;
    private final List<ConfigurationProblem> problems;

    UserReader(Path folder, Substitution substitution, List<ConfigurationProblem> problems) {
        this.folder = folder;
        this.substitution = substitution;
        this.problems = problems;
    }

    List<User> read(List<RawUser> raw) {
        return readBeside(List.of(), raw);
    }

    /** Users whose names differ from those of others. */
    List<User> readBeside(List<User> others, List<RawUser> raw) {
        List<User> users = new ArrayList<>();
        Set<String> names = others.stream().map(User::name).collect(Collectors.toCollection(HashSet::new));
        for (RawUser user : raw) {
            Optional<String> name = required(user, "name");
            name.filter(given -> given.contains(":"))
                    .ifPresent(given -> problem(user.where(), "The name '" + given + "' must not contain a colon."));
            boolean repeated = name.isPresent() && !names.add(name.get());
            if (repeated) {
                problem(user.where(), "There are two users named '" + name.get() + "'.");
            }
            Optional<PasswordHash> hash = passwordHash(user, name.orElse("?"));
            Optional<Access> access = access(user, name.orElse("?"));
            Set<Role> roles = roles(user);
            OptionalLong scanBytes = scanBytes(user, name.orElse("?"));
            if (name.isPresent() && hash.isPresent() && access.isPresent() && !repeated) {
                users.add(new User(name.get(), hash.get(), access.get(), roles, scanBytes));
            }
        }
        return users;
    }

    private OptionalLong scanBytes(RawUser user, String name) {
        if (!user.values().containsKey(SCAN_BYTES)) {
            return OptionalLong.empty();
        }
        Optional<String> text = required(user, SCAN_BYTES);
        Optional<Long> bytes = text.flatMap(Units::size).filter(size -> size > 0);
        if (text.isPresent() && bytes.isEmpty()) {
            problem(
                    user.where(),
                    "The scan-bytes of user '" + name + "' are '" + text.get() + "'; they are a size such as 256GiB.");
        }
        return bytes.map(OptionalLong::of).orElse(OptionalLong.empty());
    }

    private Optional<Access> access(RawUser user, String name) {
        boolean service = user.values().containsKey("access");
        if (service && user.values().containsKey("tenant")) {
            problem(
                    user.where(),
                    "User '" + name + "' has both a 'tenant' and 'access: service'; a service names the tenant with"
                            + " each request.");
            return Optional.empty();
        }
        if (!service) {
            return required(user, "tenant")
                    .map(tenant -> tenant.equals(ALL_TENANTS) ? new Access.AllTenants() : new Access.OneTenant(tenant));
        }
        Optional<String> text = required(user, "access");
        text.filter(given -> !given.equals(SERVICE))
                .ifPresent(given -> problem(
                        user.where(),
                        "The access of user '" + name + "' is '" + given + "'; it can only be 'service'."));
        return text.map(given -> new Access.TenantPerRequest());
    }

    private Optional<String> required(RawUser user, String key) {
        Optional<String> text = Optional.ofNullable(user.values().get(key))
                .map(substitution::apply)
                .map(Located::text)
                .filter(value -> !value.isBlank());
        if (text.isEmpty()) {
            problem(
                    user.where(),
                    key.equals("tenant")
                            ? "A user needs a 'tenant': the one whose rows it sees, or '*' for all. A service has"
                                    + " 'access: service' instead."
                            : "A user needs a '" + key + "'.");
        }
        return text;
    }

    private Optional<PasswordHash> passwordHash(RawUser user, String name) {
        boolean inline = user.values().containsKey("password-hash");
        boolean fromFile = user.values().containsKey("password-hash-file");
        if (inline == fromFile) {
            problem(
                    user.where(),
                    "User '" + name + "' needs either a 'password-hash' or a 'password-hash-file';"
                            + " 'spangraph hash-password' makes the hash.");
            return Optional.empty();
        }
        return (inline ? required(user, "password-hash") : hashFile(user)).flatMap(text -> {
            Optional<PasswordHash> hash = PasswordHash.parse(text.strip());
            if (hash.isEmpty()) {
                problem(
                        user.where(),
                        "The password hash of user '" + name + "' is not one that 'spangraph hash-password' makes:"
                                + " it must start with '$argon2id$'.");
            }
            return hash;
        });
    }

    private Optional<String> hashFile(RawUser user) {
        return required(user, "password-hash-file").flatMap(path -> {
            try {
                return Optional.of(Files.readString(folder.resolve(path)));
            } catch (IOException e) {
                problem(user.where(), "The password-hash-file '" + path + "' cannot be read.");
                return Optional.empty();
            }
        });
    }

    private Set<Role> roles(RawUser user) {
        if (user.roles().isEmpty()) {
            return EnumSet.of(Role.READER);
        }
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (Located role : user.roles().get()) {
            switch (role.text()) {
                case "reader" -> roles.add(Role.READER);
                case "operator" -> roles.add(Role.OPERATOR);
                case String other ->
                    problem(role.where(), "Unknown role '" + other + "'; roles are 'reader' and 'operator'.");
            }
        }
        return roles;
    }

    private void problem(String where, String message) {
        problems.add(new ConfigurationProblem(where, message));
    }
}
