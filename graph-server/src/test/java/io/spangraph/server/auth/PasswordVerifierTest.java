package io.spangraph.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PasswordVerifierTest {
    private final List<Duration> pauses = new ArrayList<>();
    private final PasswordVerifier verifier = new PasswordVerifier(pauses::add);
    private final Optional<PasswordHash> hash = Optional.of(PasswordHash.of("right"));

    @Test
    void knowsTheRightPassword() {
        assertThat(verifier.verify("ann", hash, "right")).isTrue();
        assertThat(verifier.verify("ann", hash, "right")).isTrue();
        assertThat(verifier.verify("ann", hash, "wrong")).isFalse();
        assertThat(verifier.verify("nobody", Optional.empty(), "")).isFalse();
        assertThat(pauses).isEmpty();
    }

    @Test
    void slowsDownThoseWhoGuess() {
        for (int attempt = 0; attempt < 10; attempt++) {
            assertThat(verifier.verify("ann", hash, "guess " + attempt)).isFalse();
        }
        assertThat(pauses.stream().map(Duration::toMillis))
                .containsExactly(250L, 500L, 1000L, 2000L, 4000L, 8000L, 8000L);
        assertThat(verifier.verify("ann", hash, "right")).isTrue();
        pauses.clear();
        assertThat(verifier.verify("ann", hash, "wrong again")).isFalse();
        assertThat(pauses).isEmpty();
    }

    @Test
    void whoIsLoggedInIsNotSlowedDownByAGuesser() {
        assertThat(verifier.verify("ann", hash, "right")).isTrue();
        for (int attempt = 0; attempt < 5; attempt++) {
            verifier.verify("ann", hash, "guess " + attempt);
        }
        pauses.clear();
        assertThat(verifier.verify("ann", hash, "right")).isTrue();
        assertThat(pauses).isEmpty();
    }
}
