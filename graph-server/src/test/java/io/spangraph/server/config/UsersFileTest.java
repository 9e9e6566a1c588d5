package io.spangraph.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.engine.context.Principal.Role;
import io.spangraph.server.auth.Access;
import io.spangraph.server.auth.PasswordHash;
import io.spangraph.server.auth.User;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsersFileTest {
    /** The password is {@code right}, the cost next to none. */
    private static final String HASH =
            "$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$kgPwZ9DAehBT966hqnz1RvMedn9cKCTI012WUoxq9i8";

    private static final User FIXED =
            new User("ops", PasswordHash.parse(HASH).orElseThrow(), new Access.AllTenants(), Set.of(Role.OPERATOR));

    @TempDir
    private Path folder;

    private final AtomicLong nanos = new AtomicLong();
    private final List<ConfigurationProblem> problems = new ArrayList<>();
    private long version;

    /** Writes the file; a file system's clock may be too coarse to tell two versions apart. */
    private Path write(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("users.yaml"), text.replace("HASH", "'" + HASH + "'"));
        Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(++version)));
        return file;
    }

    private UsersFile open(Path file) {
        return UsersFile.open(file, Map.of("TENANT", "acme"), List.of(FIXED), nanos::get, problems);
    }

    private void waitASecond() {
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    }

    private static List<String> names(UsersFile users) {
        return users.list().stream().map(User::name).toList();
    }

    private List<String> problems(String text) throws IOException {
        problems.clear();
        open(write(text));
        return problems.stream().map(ConfigurationProblem::toString).toList();
    }

    @Test
    void holdsUsersOfEachKind() throws IOException {
        UsersFile users = open(write("""
                users:
                  - {name: alice, password-hash: HASH, tenant: '${TENANT}'}
                  - {name: backend, password-hash: HASH, access: service}
                  - {name: root, password-hash: HASH, tenant: '*', roles: [reader, operator]}
                """));
        assertThat(problems).isEmpty();
        assertThat(users.isOpen()).isFalse();
        assertThat(names(users)).containsExactly("ops", "alice", "backend", "root");
        assertThat(users.find("alice").orElseThrow().access()).isEqualTo(new Access.OneTenant("acme"));
        assertThat(users.find("backend").orElseThrow().access()).isEqualTo(new Access.TenantPerRequest());
        assertThat(users.find("backend").orElseThrow().roles()).containsExactly(Role.READER);
        assertThat(users.find("root").orElseThrow().access()).isEqualTo(new Access.AllTenants());
        assertThat(users.find("eve")).isEmpty();
    }

    @Test
    void isReadAgainWhenItChanges() throws IOException {
        UsersFile users = open(write("users: [{name: alice, password-hash: HASH, tenant: acme}]"));
        write(
                "users: [{name: alice, password-hash: HASH, tenant: globex}, {name: bob, password-hash: HASH, tenant: x}]");
        assertThat(names(users)).as("looked at this very second").containsExactly("ops", "alice");
        waitASecond();
        assertThat(names(users)).containsExactly("ops", "alice", "bob");
        assertThat(users.find("alice").orElseThrow().access()).isEqualTo(new Access.OneTenant("globex"));
        write("users: []");
        waitASecond();
        assertThat(names(users)).containsExactly("ops");
        assertThat(users.isOpen()).as("an empty file lets nobody in").isFalse();
    }

    @Test
    void aBrokenFileKeepsTheUsersOfBefore() throws IOException {
        Path file = write("users: [{name: alice, password-hash: HASH, tenant: acme}]");
        UsersFile users = open(file);
        for (String broken : List.of(
                "users: [",
                "users: [{name: bob, password-hash: HASH}]",
                "users: [{name: ops, password-hash: HASH, tenant: acme}]",
                "people: []")) {
            write(broken);
            waitASecond();
            assertThat(names(users)).as(broken).containsExactly("ops", "alice");
        }
        Files.delete(file);
        waitASecond();
        assertThat(names(users)).containsExactly("ops", "alice");
        write("users: [{name: bob, password-hash: HASH, tenant: acme}]");
        waitASecond();
        assertThat(names(users)).containsExactly("ops", "bob");
    }

    @Test
    void saysWhatIsWrongWithIt() throws IOException {
        assertThat(problems("user: []"))
                .containsExactly("users.yaml line 1: Unknown key 'user'. Did you mean 'users'?");
        assertThat(problems("- alice")).containsExactly("users.yaml line 1: expected 'users:', found a list");
        assertThat(problems("users: [{name: ops, password-hash: HASH, tenant: acme}]"))
                .containsExactly("users.yaml line 1: There are two users named 'ops'.");
        assertThat(problems("users: [{name: a, password-hash: HASH, tenant: acme, access: service}]"))
                .containsExactly("users.yaml line 1: User 'a' has both a 'tenant' and 'access: service';"
                        + " a service names the tenant with each request.");
        assertThat(problems("users: [{name: a, password-hash: HASH, access: full}]"))
                .containsExactly("users.yaml line 1: The access of user 'a' is 'full'; it can only be 'service'.");
        assertThat(problems("users: [{name: a, password-hash: HASH}]"))
                .containsExactly("users.yaml line 1: A user needs a 'tenant': the one whose rows it sees, or '*' for"
                        + " all. A service has 'access: service' instead.");
        assertThat(problems("")).isEmpty();
        Path missing = folder.resolve("missing.yaml");
        problems.clear();
        open(missing);
        assertThat(problems).containsExactly(new ConfigurationProblem(missing.toString(), "There is no such file."));
    }

    @Test
    void hasALimit() throws IOException {
        Path file = write("");
        try (var channel = Files.newByteChannel(file, java.nio.file.StandardOpenOption.WRITE)) {
            channel.position(8L << 20);
            channel.write(java.nio.ByteBuffer.wrap(new byte[] {'#'}));
        }
        open(file);
        assertThat(problems)
                .containsExactly(
                        new ConfigurationProblem(file.toString(), "The file has 8388609 bytes; 8388608 are allowed."));
    }
}
