package io.spangraph.server.auth;

import io.spangraph.engine.context.Principal;
import io.spangraph.engine.context.Principal.Role;
import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Somebody who has logged in. Not yet who asks: one log-in of a service asks for many tenants, so each request makes a
 * principal of its own.
 */
public record Login(String name, Access access, Set<Role> roles, OptionalLong scanBytes) {
    private static final String HOW_TO_NAME = "Name it by the HTTP header X-Spangraph-Tenant, by 'impersonatedUser' in"
            + " a request of the Query API, or over Bolt by the impersonated user or the transaction metadata"
            + " {tenant: '...'}.";

    public Login {
        roles = Set.copyOf(roles);
    }

    /** Somebody with everybody's limits. */
    public Login(String name, Access access, Set<Role> roles) {
        this(name, access, roles, OptionalLong.empty());
    }

    /**
     * Who asks in a request that names this tenant, or none.
     *
     * @throws QueryException with {@link QueryErrorCode#FORBIDDEN} when the log-in may not ask for that tenant, or has to
     *     name one; with {@link QueryErrorCode#ARGUMENT_ERROR} when the name can be no tenant's
     */
    public Principal principal(Optional<String> tenantOfRequest) {
        Optional<String> named = tenantOfRequest.map(TenantName::checked);
        Optional<String> tenant = switch (access) {
            case Access.OneTenant(String own) -> Optional.of(own(own, named));
            case Access.AllTenants all -> named;
            case Access.TenantPerRequest service -> Optional.of(named.orElseThrow(this::unnamed));
        };
        return new Principal(name, tenant, roles, scanBytes);
    }

    private String own(String own, Optional<String> named) {
        if (named.isPresent() && !named.get().equals(own)) {
            throw QueryException.of(
                            QueryErrorCode.FORBIDDEN,
                            "Tenant '" + named.get() + "' is forbidden to user '" + name + "'.")
                    .withHint("Leave the tenant out: this user has one of its own.");
        }
        return own;
    }

    private QueryException unnamed() {
        return QueryException.of(
                        QueryErrorCode.FORBIDDEN,
                        "User '" + name + "' is a service: each of its requests has to name the tenant it is for.")
                .withHint(HOW_TO_NAME);
    }
}
