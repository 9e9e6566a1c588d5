package io.spangraph.engine.context;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Who asks.
 *
 * @param name as shown in logs and in the list of running queries
 * @param tenant the one tenant whose rows exist for this principal; empty: all tenants
 * @param scanBytes what each of its queries may read, where that is not what everybody's may
 */
public record Principal(String name, Optional<String> tenant, Set<Role> roles, OptionalLong scanBytes) {
    /** What a principal may do besides reading its own rows. */
    public enum Role {
        READER,
        /** Sees and kills other people's queries, and sees what scans skipped. */
        OPERATOR
    }

    public Principal {
        roles = Set.copyOf(roles);
    }

    /** Somebody with everybody's limits. */
    public Principal(String name, Optional<String> tenant, Set<Role> roles) {
        this(name, tenant, roles, OptionalLong.empty());
    }

    public boolean isOperator() {
        return roles.contains(Role.OPERATOR);
    }
}
