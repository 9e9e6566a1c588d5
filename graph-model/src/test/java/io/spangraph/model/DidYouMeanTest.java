package io.spangraph.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DidYouMeanTest {
    private static final List<String> KNOWN =
            List.of("duration_ms", "actor_label", "actor_type", "trace_id", "total_tokens", "id");

    @Test
    void findsTypos() {
        assertThat(DidYouMean.hint("durations_ms", KNOWN)).isEqualTo(" Did you mean 'duration_ms'?");
        assertThat(DidYouMean.hint("actor_lable", KNOWN)).isEqualTo(" Did you mean 'actor_label'?");
        assertThat(DidYouMean.hint("TRACE_ID", KNOWN)).isEqualTo(" Did you mean 'trace_id'?");
        assertThat(DidYouMean.hint("traceid", KNOWN)).isEqualTo(" Did you mean 'trace_id'?");
    }

    @Test
    void findsTheNameThatWasLeftUnfinished() {
        assertThat(DidYouMean.closest("duration", KNOWN)).contains("duration_ms");
        assertThat(DidYouMean.closest("actor", KNOWN))
                .as("the shortest of several")
                .contains("actor_type");
        assertThat(DidYouMean.closest("tot", KNOWN)).isEmpty();
    }

    @Test
    void staysSilentRatherThanGuess() {
        assertThat(DidYouMean.hint("payload", KNOWN)).isEmpty();
        assertThat(DidYouMean.hint("x", List.of())).isEmpty();
        assertThat(DidYouMean.hint("", KNOWN)).isEmpty();
    }
}
