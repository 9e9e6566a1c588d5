package io.spangraph.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * One line of a benchmark, in the shape that every version writes.
 *
 * @param ours median, 99th percentile and processor time of one run
 * @param peer what ran beside us, if anything
 * @param ratio our median over the peer's: below 1 we are faster
 */
record BenchRow(
        String row,
        BenchState state,
        Timing ours,
        Optional<Peer> peer,
        Optional<Double> ratio,
        Reads reads,
        boolean checksumEqual) {

    /** The other engine's side. */
    record Peer(PeerInput input, Timing timing) {}

    /** What one of our runs read, on average. */
    record Reads(long files, long rowGroups, long bytes, long rows) {}

    /** A row beside the peer. */
    static BenchRow beside(
            String row, BenchState state, Timing ours, PeerInput input, Timing peer, Reads reads, boolean equal) {
        double ratio = Math.round(ours.medianMillis() / peer.medianMillis() * 1000) / 1000.0;
        return new BenchRow(row, state, ours, Optional.of(new Peer(input, peer)), Optional.of(ratio), reads, equal);
    }

    /** A row that gave no answer. */
    static BenchRow failed(String row, BenchState state) {
        return new BenchRow(
                row, state, new Timing(0, 0, 0), Optional.empty(), Optional.empty(), new Reads(0, 0, 0, 0), false);
    }

    /** The line as JSON. Times of unequal answers are worth nothing and are null. */
    ObjectNode json(ObjectMapper mapper) {
        ObjectNode json = mapper.createObjectNode();
        json.put("row", row);
        json.put("state", state.id());
        number(json, "ours_ms", Optional.of(ours.medianMillis()));
        number(json, "ours_p99_ms", Optional.of(ours.p99Millis()));
        number(json, "ours_cpu_ms", Optional.of(ours.cpuMillis()));
        json.put("peer", peer.isPresent() ? "duckdb" : null);
        json.put("peer_input", peer.map(side -> side.input().id()).orElse(null));
        number(json, "peer_ms", peer.map(side -> side.timing().medianMillis()));
        number(json, "peer_cpu_ms", peer.map(side -> side.timing().cpuMillis()));
        number(json, "ratio", ratio);
        json.put("files", reads.files());
        json.put("row_groups", reads.rowGroups());
        json.put("bytes", reads.bytes());
        json.put("rows", reads.rows());
        json.put("checksum_equal", checksumEqual);
        return json;
    }

    /** The line from its JSON. */
    static BenchRow of(JsonNode json) {
        Optional<Double> ratio =
                json.path("ratio").isNumber() ? Optional.of(json.path("ratio").asDouble()) : Optional.empty();
        Optional<Peer> peer = json.path("peer").isTextual()
                ? Optional.of(new Peer(
                        PeerInput.byId(json.path("peer_input").asText()),
                        new Timing(
                                json.path("peer_ms").asDouble(),
                                0,
                                json.path("peer_cpu_ms").asDouble())))
                : Optional.empty();
        return new BenchRow(
                json.path("row").asText(),
                BenchState.byId(json.path("state").asText()),
                new Timing(
                        json.path("ours_ms").asDouble(),
                        json.path("ours_p99_ms").asDouble(),
                        json.path("ours_cpu_ms").asDouble()),
                peer,
                ratio,
                new Reads(
                        json.path("files").asLong(),
                        json.path("row_groups").asLong(),
                        json.path("bytes").asLong(),
                        json.path("rows").asLong()),
                json.path("checksum_equal").asBoolean());
    }

    private void number(ObjectNode json, String name, Optional<Double> value) {
        Optional<Double> shown = checksumEqual ? value : Optional.empty();
        shown.ifPresentOrElse(number -> json.put(name, number), () -> json.putNull(name));
    }
}
