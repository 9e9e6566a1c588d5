package io.spangraph.server.auth;

import io.spangraph.engine.context.Principal;
import io.spangraph.engine.context.Principal.Role;
import java.util.Optional;
import java.util.Set;

/**
 * Somebody who may log in.
 *
 * @param tenant the one tenant whose rows exist for this user; empty: all
 */
public record User(String name, PasswordHash passwordHash, Optional<String> tenant, Set<Role> roles) {
    public User {
        roles = Set.copyOf(roles);
    }

    Principal principal() {
        return new Principal(name, tenant, roles);
    }
}
