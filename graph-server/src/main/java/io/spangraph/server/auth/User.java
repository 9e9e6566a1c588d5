package io.spangraph.server.auth;

import io.spangraph.engine.context.Principal.Role;
import java.util.Set;

/** Somebody who may log in. */
public record User(String name, PasswordHash passwordHash, Access access, Set<Role> roles) {
    public User {
        roles = Set.copyOf(roles);
    }

    Login login() {
        return new Login(name, access, roles);
    }
}
