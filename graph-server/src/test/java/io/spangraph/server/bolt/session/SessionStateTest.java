package io.spangraph.server.bolt.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.engine.context.Principal.Role;
import io.spangraph.server.auth.Access;
import io.spangraph.server.auth.Login;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SessionStateTest {
    private static final Login ANN = new Login("ann", new Access.AllTenants(), Set.of(Role.READER));

    static Stream<Map.Entry<SessionState, String>> states() {
        return Stream.of(
                Map.entry(new SessionState.Negotiation(), "HELLO GOODBYE"),
                Map.entry(new SessionState.Authentication(), "LOGON GOODBYE"),
                Map.entry(new SessionState.Ready(ANN), "LOGOFF GOODBYE RESET RUN BEGIN TELEMETRY ROUTE REFUSED"),
                Map.entry(new SessionState.Failed(ANN), "GOODBYE RESET"),
                Map.entry(new SessionState.Interrupted(ANN), "GOODBYE RESET"),
                Map.entry(new SessionState.Defunct(), ""));
    }

    @ParameterizedTest
    @MethodSource("states")
    void takesTheRequestsOfItsState(Map.Entry<SessionState, String> state) {
        assertThat(Arrays.stream(RequestKind.values())
                        .filter(kind -> state.getKey().verdict(kind) == Verdict.PERFORM)
                        .map(RequestKind::name)
                        .collect(Collectors.joining(" ")))
                .isEqualTo(state.getValue());
    }

    @Test
    void onlyStatesAfterAFailureIgnore() {
        assertThat(states().map(Map.Entry::getKey)
                        .filter(state -> state.verdict(RequestKind.PULL) == Verdict.IGNORE)
                        .map(state -> state.getClass().getSimpleName()))
                .containsExactly("Failed", "Interrupted", "Defunct");
    }
}
