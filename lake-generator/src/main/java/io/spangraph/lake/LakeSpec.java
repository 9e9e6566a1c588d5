package io.spangraph.lake;

import io.spangraph.lake.run.RunSettings;
import io.spangraph.lake.run.Vocabulary;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;

/**
 * What lake to write and where. Everything that can be wrong is refused here, by the name of its command-line option,
 * so that a spec that exists can be written.
 *
 * @param spans rows of the span table, exactly
 * @param traces rows of the trace table; one of them has no spans
 * @param tenants tenant ids, the busiest first
 * @param seed the same spec with the same seed gives the same rows in the same files
 * @param until the moment before which all runs end; they reach back eight days
 * @param directory where the lake goes; made absolute, because table metadata holds absolute paths
 * @param payloadMedianBytes half of the payloads are shorter
 * @param payloadP99Bytes one payload in a hundred is longer
 * @param rowGroupBytes size at which Parquet begins a new row group
 */
public record LakeSpec(
        Layout layout,
        long spans,
        int traces,
        List<String> tenants,
        long seed,
        Instant until,
        Path directory,
        int payloadMedianBytes,
        int payloadP99Bytes,
        int rowGroupBytes) {

    public static final int DEFAULT_PAYLOAD_MEDIAN_BYTES = 1 << 10;
    public static final int DEFAULT_PAYLOAD_P99_BYTES = 1 << 15;
    public static final int DEFAULT_ROW_GROUP_BYTES = 1 << 24;

    /** Spans of a usual trace, from which the number of traces follows if it is not given. */
    public static final int SPANS_PER_TRACE = 25;

    private static final long DEMO_SPANS = 200_000;
    private static final long DEMO_SEED = 42;
    private static final int DEMO_TENANTS = 3;

    private static final long LEAST_SPANS = 1_000;
    private static final long MOST_SPANS = 1_000_000_000;
    private static final int LEAST_TRACES = 20;
    private static final int LEAST_SPANS_PER_TRACE = 10;
    private static final int MOST_SPANS_PER_TRACE = 1_000;
    private static final int MOST_TENANTS = 10_000;
    private static final int LEAST_PAYLOAD_BYTES = 64;
    private static final int MOST_PAYLOAD_BYTES = 1 << 20;
    private static final int LEAST_ROW_GROUP_BYTES = 1 << 16;
    private static final int MOST_ROW_GROUP_BYTES = 1 << 27;
    private static final Instant EARLIEST = Instant.parse("1971-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    public LakeSpec {
        tenants = List.copyOf(tenants);
        directory = directory.toAbsolutePath().normalize();
        if (directory.toString().indexOf('?') >= 0) {
            throw new InvalidLakeSpecException(
                    "--out", "must not contain '?', where the address of an SQLite file ends, but is " + directory);
        }
        requireRange("--spans", LEAST_SPANS, MOST_SPANS, spans);
        requireRange(
                "--traces",
                Math.max(LEAST_TRACES, (spans + MOST_SPANS_PER_TRACE - 1) / MOST_SPANS_PER_TRACE),
                spans / LEAST_SPANS_PER_TRACE,
                traces);
        requireRange("--payload-median", LEAST_PAYLOAD_BYTES, MOST_PAYLOAD_BYTES, payloadMedianBytes);
        requireRange("--payload-p99", payloadMedianBytes, MOST_PAYLOAD_BYTES, payloadP99Bytes);
        requireRange("--row-group-bytes", LEAST_ROW_GROUP_BYTES, MOST_ROW_GROUP_BYTES, rowGroupBytes);
        requireTenants(tenants);
        if (until.isBefore(EARLIEST) || until.isAfter(LATEST)) {
            throw new InvalidLakeSpecException(
                    "--until", "must lie between " + EARLIEST + " and " + LATEST + ", but is " + until);
        }
    }

    /** A lake with the usual payloads, traces and row groups. */
    public static LakeSpec of(Layout layout, long spans, int tenantCount, long seed, Instant until, Path directory) {
        requireRange("--tenants", 1, MOST_TENANTS, tenantCount);
        requireRange("--spans", LEAST_SPANS, MOST_SPANS, spans);
        return new LakeSpec(
                layout,
                spans,
                (int) Math.max(LEAST_TRACES, spans / SPANS_PER_TRACE),
                Vocabulary.tenants(tenantCount),
                seed,
                until,
                directory,
                DEFAULT_PAYLOAD_MEDIAN_BYTES,
                DEFAULT_PAYLOAD_P99_BYTES,
                DEFAULT_ROW_GROUP_BYTES);
    }

    /** The lake that newcomers ask their first questions: acme, globex and initech with 8,000 traces. */
    public static LakeSpec demo(Path directory, Instant until) {
        return of(Layout.CLAWTRACE, DEMO_SPANS, DEMO_TENANTS, DEMO_SEED, until, directory);
    }

    public LakeSpec withPayloads(int medianBytes, int p99Bytes) {
        return new LakeSpec(
                layout, spans, traces, tenants, seed, until, directory, medianBytes, p99Bytes, rowGroupBytes);
    }

    public LakeSpec withTraces(int newTraces) {
        return new LakeSpec(
                layout,
                spans,
                newTraces,
                tenants,
                seed,
                until,
                directory,
                payloadMedianBytes,
                payloadP99Bytes,
                rowGroupBytes);
    }

    public LakeSpec withTenants(List<String> newTenants) {
        return new LakeSpec(
                layout,
                spans,
                traces,
                newTenants,
                seed,
                until,
                directory,
                payloadMedianBytes,
                payloadP99Bytes,
                rowGroupBytes);
    }

    public LakeSpec withRowGroupBytes(int newRowGroupBytes) {
        return new LakeSpec(
                layout,
                spans,
                traces,
                tenants,
                seed,
                until,
                directory,
                payloadMedianBytes,
                payloadP99Bytes,
                newRowGroupBytes);
    }

    RunSettings runSettings() {
        return new RunSettings(seed, spans, traces, tenants, until, payloadMedianBytes, payloadP99Bytes);
    }

    private static void requireTenants(List<String> tenants) {
        requireRange("--tenants", 1, MOST_TENANTS, tenants.size());
        if (tenants.stream().anyMatch(String::isBlank)) {
            throw new InvalidLakeSpecException("--tenants", "must not hold a blank name");
        }
        HashSet<String> seen = new HashSet<>();
        tenants.stream().filter(name -> !seen.add(name)).findFirst().ifPresent(name -> {
            throw new InvalidLakeSpecException("--tenants", "must not name '" + name + "' twice");
        });
    }

    private static void requireRange(String option, long least, long most, long value) {
        if (value < least || value > most) {
            throw new InvalidLakeSpecException(
                    option, "must be between " + least + " and " + most + ", but is " + value);
        }
    }
}
