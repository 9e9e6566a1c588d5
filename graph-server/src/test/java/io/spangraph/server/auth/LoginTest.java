package io.spangraph.server.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.spangraph.engine.context.Principal;
import io.spangraph.engine.context.Principal.Role;
import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoginTest {
    private static final Set<Role> READER = Set.of(Role.READER);
    private final Login alice = new Login("alice", new Access.OneTenant("acme"), READER);
    private final Login admin = new Login("admin", new Access.AllTenants(), READER);
    private final Login backend = new Login("backend", new Access.TenantPerRequest(), READER);

    private static QueryException refusal(Login login, String tenant) {
        return catchThrowableOfType(QueryException.class, () -> login.principal(Optional.of(tenant)));
    }

    @Test
    void aUserOfOneTenantIsThatTenantsOnly() {
        Principal expected = new Principal("alice", Optional.of("acme"), READER);
        assertThat(alice.principal(Optional.empty())).isEqualTo(expected);
        assertThat(alice.principal(Optional.of("acme"))).isEqualTo(expected);
        QueryException refused = refusal(alice, "globex");
        assertThat(refused.code()).isEqualTo(QueryErrorCode.FORBIDDEN);
        assertThat(refused).hasMessage("Tenant 'globex' is forbidden to user 'alice'.");
        assertThat(refused.hint()).contains("Leave the tenant out: this user has one of its own.");
    }

    @Test
    void anAdminSeesAllOrTheTenantItNames() {
        assertThat(admin.principal(Optional.empty())).isEqualTo(new Principal("admin", Optional.empty(), READER));
        assertThat(admin.principal(Optional.of("globex")))
                .isEqualTo(new Principal("admin", Optional.of("globex"), READER));
    }

    @Test
    void aServiceHasToNameTheTenant() {
        assertThat(backend.principal(Optional.of("globex")))
                .isEqualTo(new Principal("backend", Optional.of("globex"), READER));
        QueryException refused = catchThrowableOfType(QueryException.class, () -> backend.principal(Optional.empty()));
        assertThat(refused.code()).isEqualTo(QueryErrorCode.FORBIDDEN);
        assertThat(refused)
                .hasMessage("User 'backend' is a service: each of its requests has to name the tenant it is for.");
        assertThat(refused.hint())
                .contains("Name it by the HTTP header X-Spangraph-Tenant, by 'impersonatedUser' in a request of the"
                        + " Query API, or over Bolt by the impersonated user or the transaction metadata"
                        + " {tenant: '...'}.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "' \t ' ; The name of the tenant is blank.",
                "'' ; The name of the tenant is blank.",
                "'ac\nme' ; The name of the tenant has control characters.",
                "'ac\u0085me' ; The name of the tenant has control characters."
            })
    void namesThatAreNoTenantsAreRefused(String tenant, String message) {
        for (Login login : new Login[] {alice, admin, backend}) {
            QueryException refused = refusal(login, tenant);
            assertThat(refused.code()).isEqualTo(QueryErrorCode.ARGUMENT_ERROR);
            assertThat(refused).hasMessage(message);
        }
    }

    @Test
    void namesHaveALimit() {
        assertThat(backend.principal(Optional.of("x".repeat(1024))).tenant()).isPresent();
        assertThat(refusal(backend, "x".repeat(1025)))
                .hasMessage("The name of the tenant has 1025 characters; 1024 are allowed.");
    }
}
