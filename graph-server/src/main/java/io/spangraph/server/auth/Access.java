package io.spangraph.server.auth;

/** Whose rows a user may read, and whether each request has to say which of them. */
public sealed interface Access {

    /** Only this tenant's rows exist for the user. */
    record OneTenant(String tenant) implements Access {}

    /** Every row exists for the user; a request that names a tenant is narrowed to it. */
    record AllTenants() implements Access {}

    /**
     * A service that serves many tenants through one log-in. Each of its requests names the tenant it is for, because a
     * forgotten condition in a backend must end in an error and never in other people's rows.
     */
    record TenantPerRequest() implements Access {}
}
