package io.spangraph.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.util.List;

/**
 * Runs both sides in turn in one process and compares what they answer before it compares how long they took. A round of
 * the same length goes before, so that both are warm.
 */
final class Comparison {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final String row;
    private final String state;
    private final String peerInput;

    Comparison(String row, String state, String peerInput) {
        this.row = row;
        this.state = state;
        this.peerInput = peerInput;
    }

    /** Our side of the i-th repetition. */
    interface Ours {
        SpangraphSubject.Result run(int repetition);
    }

    /** The peer's side of the i-th repetition. */
    interface Peer {
        List<String> run(int repetition) throws SQLException;
    }

    BenchRow of(int repetitions, Ours ours, Peer peer) throws SQLException {
        for (int i = 0; i < repetitions; i++) {
            ours.run(i);
            peer.run(i);
        }
        long[] ourNanos = new long[repetitions];
        long[] peerNanos = new long[repetitions];
        long ourCpu = 0;
        long peerCpu = 0;
        long files = 0;
        long rowGroups = 0;
        long bytes = 0;
        long rows = 0;
        boolean equal = true;
        for (int i = 0; i < repetitions; i++) {
            long cpu = SYSTEM.getProcessCpuTime();
            long start = System.nanoTime();
            SpangraphSubject.Result found = ours.run(i);
            ourNanos[i] = System.nanoTime() - start;
            long cpuBetween = SYSTEM.getProcessCpuTime();
            start = System.nanoTime();
            List<String> expected = peer.run(i);
            peerNanos[i] = System.nanoTime() - start;
            peerCpu += SYSTEM.getProcessCpuTime() - cpuBetween;
            ourCpu += cpuBetween - cpu;
            files += found.receipt().counts().filesRead();
            rowGroups += found.receipt().counts().rowGroupsRead();
            bytes += found.receipt().counts().bytesRead();
            rows += found.rows().size();
            equal &= Answer.of(found.rows()).equals(Answer.of(expected));
        }
        Timing our = Timing.of(ourNanos, ourCpu);
        Timing other = Timing.of(peerNanos, peerCpu);
        return new BenchRow(
                row,
                state,
                our.medianMillis(),
                our.p99Millis(),
                our.cpuMillis(),
                "duckdb",
                peerInput,
                other.medianMillis(),
                other.cpuMillis(),
                Math.round(our.medianMillis() / other.medianMillis() * 1000) / 1000.0,
                files / repetitions,
                rowGroups / repetitions,
                bytes / repetitions,
                rows / repetitions,
                equal);
    }
}
