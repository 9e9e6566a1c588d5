package io.spangraph.server.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.spangraph.engine.context.Principal.Role;
import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AuthenticatorTest {
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();
    private final User alice =
            new User("alice", PasswordHash.of("right"), new Access.OneTenant("acme"), Set.of(Role.READER));
    private final Authenticator authenticator =
            new Authenticator(UserDirectory.of(List.of(alice)), new PasswordVerifier());
    private final Authenticator open = new Authenticator(UserDirectory.of(List.of()), new PasswordVerifier());

    private QueryException refusal(Credentials credentials) {
        return catchThrowableOfType(QueryException.class, () -> authenticator.authenticate(credentials, HERE));
    }

    @Test
    void letsInWhoeverHasThePassword() {
        assertThat(authenticator.isOpen()).isFalse();
        assertThat(authenticator.authenticate(new Credentials.Basic("alice", "right"), HERE))
                .isEqualTo(new Login("alice", new Access.OneTenant("acme"), Set.of(Role.READER)));
    }

    @Test
    void refusesTheRest() {
        QueryException wrong = refusal(new Credentials.Basic("alice", "wrong"));
        assertThat(wrong.code()).isEqualTo(QueryErrorCode.UNAUTHORIZED);
        assertThat(wrong).hasMessage("Authentication failed: unknown user name or wrong password.");
        assertThat(refusal(new Credentials.Basic("eve", "right"))).hasMessage(wrong.getMessage());
        QueryException nothing = refusal(new Credentials.None());
        assertThat(nothing.code()).isEqualTo(QueryErrorCode.UNAUTHORIZED);
        assertThat(nothing).hasMessage("Authentication is required.");
        assertThat(authenticator.authenticateLater(new Credentials.None(), HERE).exceptionNow())
                .isInstanceOf(QueryException.class);
    }

    @Test
    void knowsWhoIsAUserStill() {
        Login before = new Login("alice", new Access.AllTenants(), Set.of(Role.OPERATOR));
        assertThat(authenticator.confirmed(before))
                .as("as configured now")
                .isEqualTo(new Login("alice", new Access.OneTenant("acme"), Set.of(Role.READER)));
        Login removed = new Login("carl", new Access.OneTenant("acme"), Set.of(Role.READER));
        QueryException refused = catchThrowableOfType(QueryException.class, () -> authenticator.confirmed(removed));
        assertThat(refused.code()).isEqualTo(QueryErrorCode.UNAUTHORIZED);
        assertThat(refused).hasMessage("User 'carl' is not a user any more.");
        assertThat(open.confirmed(removed)).isEqualTo(removed);
    }

    @Test
    void withoutUsersEveryoneSeesAll() {
        assertThat(open.isOpen()).isTrue();
        assertThat(open.authenticate(new Credentials.None(), HERE))
                .isEqualTo(new Login("anonymous", new Access.AllTenants(), Set.of(Role.READER, Role.OPERATOR)));
        assertThat(open.authenticate(new Credentials.Basic("neo4j", "x"), HERE).name())
                .isEqualTo("neo4j");
        assertThat(open.authenticate(new Credentials.Basic("", ""), HERE).name())
                .isEqualTo("anonymous");
    }

    @Test
    void passwordsStayOutOfTexts() {
        assertThat(new Credentials.Basic("alice", "secret")).hasToString("alice:***");
    }
}
