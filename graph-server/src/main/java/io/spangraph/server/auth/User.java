package io.spangraph.server.auth;

import io.spangraph.engine.context.Principal.Role;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Somebody who may log in.
 *
 * @param scanBytes what each of its queries may read, where that is not what everybody's may
 */
public record User(String name, PasswordHash passwordHash, Access access, Set<Role> roles, OptionalLong scanBytes) {
    public User {
        roles = Set.copyOf(roles);
    }

    /** Somebody with everybody's limits. */
    public User(String name, PasswordHash passwordHash, Access access, Set<Role> roles) {
        this(name, passwordHash, access, roles, OptionalLong.empty());
    }

    Login login() {
        return new Login(name, access, roles, scanBytes);
    }
}
