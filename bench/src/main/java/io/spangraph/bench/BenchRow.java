package io.spangraph.bench;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * One line of a benchmark, in the shape that every version writes.
 *
 * @param state {@code cold}: metadata in memory, columns not; {@code metadata-warm}: the same with caches that belong to
 *     metadata; {@code column-warm}: columns in memory
 * @param peerInput which files the peer was given: {@code planned} (those that hold the answer) or {@code all}
 * @param ratio our median over the peer's: below 1 we are faster
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record BenchRow(
        String row,
        String state,
        double oursMs,
        @JsonProperty("ours_p99_ms") double oursP99Ms,
        double oursCpuMs,
        String peer,
        String peerInput,
        double peerMs,
        double peerCpuMs,
        double ratio,
        long files,
        long rowGroups,
        long bytes,
        long rows,
        boolean checksumEqual) {}
