package io.spangraph.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The shape of the figures, which later versions are compared by. */
class BenchRowTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final BenchRow.Reads READS = new BenchRow.Reads(8, 9, 4_538_412, 72);

    @Test
    void isWrittenWithTheNamesThatEveryVersionWrites() throws JsonProcessingException {
        BenchRow row = beside(true);
        assertThat(MAPPER.writeValueAsString(row.json(MAPPER)))
                .isEqualTo("{\"row\":\"group-by\",\"state\":\"column-warm\",\"ours_ms\":1.5,\"ours_p99_ms\":2.5,"
                        + "\"ours_cpu_ms\":1.0,\"peer\":\"duckdb\",\"peer_input\":\"memory\",\"peer_ms\":0.5,"
                        + "\"peer_cpu_ms\":0.4,\"ratio\":3.0,\"files\":8,\"row_groups\":9,\"bytes\":4538412,"
                        + "\"rows\":72,\"checksum_equal\":true}");
    }

    @Test
    void hasNullsWhereNothingRanBeside() throws JsonProcessingException {
        BenchRow row = new BenchRow(
                "start-to-first-answer",
                BenchState.COLD,
                new Timing(900, 950, 1_000),
                Optional.empty(),
                Optional.empty(),
                READS,
                true);
        assertThat(MAPPER.writeValueAsString(row.json(MAPPER)))
                .isEqualTo("{\"row\":\"start-to-first-answer\",\"state\":\"cold\",\"ours_ms\":900.0,"
                        + "\"ours_p99_ms\":950.0,\"ours_cpu_ms\":1000.0,\"peer\":null,\"peer_input\":null,"
                        + "\"peer_ms\":null,\"peer_cpu_ms\":null,\"ratio\":null,\"files\":8,\"row_groups\":9,"
                        + "\"bytes\":4538412,\"rows\":72,\"checksum_equal\":true}");
    }

    @Test
    void hasNoTimesWhereTheAnswersDiffer() throws JsonProcessingException {
        assertThat(MAPPER.writeValueAsString(beside(false).json(MAPPER)))
                .contains("\"ours_ms\":null", "\"peer_ms\":null", "\"ratio\":null", "\"checksum_equal\":false");
    }

    @Test
    void answersAreComparedWhateverTheirOrderAndTheTypesOfTheirNumbers() {
        assertThat(answer(List.of("a", 1L), List.of("b", 2L))).isEqualTo(answer(List.of("b", 2), List.of("a", 1.0)));
        assertThat(answer(List.of("a", 1L), List.of("b", 2L))).isNotEqualTo(answer(List.of("a", 1L), List.of("b", 3L)));
        assertThat(answer(List.of("a", 1L))).isNotEqualTo(answer(List.of("a", 1L), List.of("a", 1L)));
        assertThat(answer(Arrays.asList("a", null))).isNotEqualTo(answer(List.of("a", "null")));
        assertThat(answer(List.of("ab", "c"))).isNotEqualTo(answer(List.of("a", "bc")));
    }

    private static BenchRow beside(boolean equal) {
        return BenchRow.beside(
                "group-by",
                BenchState.COLUMN_WARM,
                new Timing(1.5, 2.5, 1),
                PeerInput.MEMORY,
                new Timing(0.5, 0.6, 0.4),
                READS,
                equal);
    }

    private static Answer answer(List<?>... rows) {
        return Answer.of(List.of(rows));
    }
}
