package io.spangraph.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The shape of the figures, which later versions are compared by. */
class BenchRowTest {
    @Test
    void isWrittenWithTheNamesThatEveryVersionWrites() throws JsonProcessingException {
        BenchRow row = new BenchRow(
                "group-by", "metadata-warm", 1.5, 2.5, 1, "duckdb", "all", 0.5, 0.4, 3, 8, 0, 4_538_412, 72, true);
        assertThat(new ObjectMapper().writeValueAsString(row))
                .isEqualTo("{\"row\":\"group-by\",\"state\":\"metadata-warm\",\"ours_ms\":1.5,\"ours_p99_ms\":2.5,"
                        + "\"ours_cpu_ms\":1.0,\"peer\":\"duckdb\",\"peer_input\":\"all\",\"peer_ms\":0.5,"
                        + "\"peer_cpu_ms\":0.4,\"ratio\":3.0,\"files\":8,\"row_groups\":0,\"bytes\":4538412,"
                        + "\"rows\":72,\"checksum_equal\":true}");
    }

    @Test
    void answersAreComparedWhateverTheirOrder() {
        assertThat(Answer.of(List.of("a|1|", "b|2|"))).isEqualTo(Answer.of(List.of("b|2|", "a|1|")));
        assertThat(Answer.of(List.of("a|1|", "b|2|"))).isNotEqualTo(Answer.of(List.of("a|1|", "b|3|")));
        assertThat(Answer.of(List.of("a|1|"))).isNotEqualTo(Answer.of(List.of("a|1|", "a|1|")));
    }

    @Test
    void wrongOptionsAreNamed() {
        assertThatThrownBy(() -> BenchOptions.parse(List.of("--span", "5")))
                .hasMessageStartingWith("Unknown option --span.");
        assertThatThrownBy(() -> BenchOptions.parse(List.of("--spans", "many")))
                .hasMessage("--spans needs a number, not 'many'.");
        assertThat(BenchOptions.parse(List.of("--only", "group-by")).wants("trace-fetch"))
                .isFalse();
    }
}
