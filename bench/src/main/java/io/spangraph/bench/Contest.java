package io.spangraph.bench;

import com.sun.management.OperatingSystemMXBean;
import io.spangraph.engine.run.Receipt;
import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One row in one state: warms both sides up, compares what they answer to each key, and only then takes times, in rounds
 * in which all sides answer each key in turn.
 */
final class Contest {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final Duration LONGEST_WARM_UP = Duration.ofSeconds(30);
    private static final int FORM_RUNS = 3;
    /** No further run of a form begins after this. */
    private static final Duration FORM_TIME = Duration.ofSeconds(10);

    private final String row;
    private final BenchState state;
    private final Ours ours;
    private final List<Side> sides;

    Contest(String row, BenchState state, Ours ours, List<Side> sides) {
        this.row = row;
        this.state = state;
        this.ours = ours;
        this.sides = sides;
    }

    /** Our answer for a key. */
    interface Ours {
        SpangraphSubject.Result run(String key);
    }

    /** The peer's answer for a key. */
    interface Peer {
        List<? extends List<?>> run(SqlTwin.Form form, String key) throws SQLException;
    }

    /** The peer over one input, with all forms of the question. */
    record Side(PeerInput input, List<SqlTwin.Form> forms, Peer peer) {}

    /** What a contest came to, and which form of the SQL was the quickest for each input. */
    record Outcome(List<BenchRow> rows, List<String> notes) {}

    /** Runs ours alone on other keys, so that it is compiled, its metadata read and, in that state, its columns kept. */
    int warmUp(List<String> keys, int runs) {
        long end = System.nanoTime() + LONGEST_WARM_UP.toNanos();
        int done = 0;
        for (; done < runs && System.nanoTime() - end < 0; done++) {
            ours.run(keys.get(done % keys.size()));
        }
        return done;
    }

    Outcome of(List<String> keys, int rounds, Pace pace) throws SQLException {
        List<Optional<SqlTwin.Form>> chosen = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        List<Answer> answers =
                keys.stream().map(key -> Answer.of(ours.run(key).rows())).toList();
        for (Side side : sides) {
            Optional<SqlTwin.Form> best = Optional.empty();
            long bestNanos = Long.MAX_VALUE;
            for (SqlTwin.Form form : side.forms()) {
                Verdict verdict = check(side, form, keys, answers, Math.min(FORM_RUNS, pace.rounds()));
                switch (verdict) {
                    case Verdict.Differs() -> {
                        notes.add("The answers differ for " + side.input().id() + ", form '" + form.name() + "'.");
                        return new Outcome(unequal(), notes);
                    }
                    case Verdict.Failed(String message) ->
                        notes.add(
                                "no answer over " + side.input().id() + " from form '" + form.name() + "': " + message);
                    case Verdict.Equal(long nanos) -> {
                        best = nanos < bestNanos ? Optional.of(form) : best;
                        bestNanos = Math.min(nanos, bestNanos);
                    }
                }
            }
            chosen.add(best);
            if (side.forms().size() > 1) {
                notes.add("quickest form over " + side.input().id() + ": "
                        + best.map(SqlTwin.Form::name).orElse("none, the limit counts as its time"));
            }
        }
        return new Outcome(timed(keys, rounds, chosen, pace), notes);
    }

    /** What came of one form of a question. */
    private sealed interface Verdict {
        /** With its median time. */
        record Equal(long nanos) implements Verdict {}

        record Differs() implements Verdict {}

        /** It met a limit of time or memory. */
        record Failed(String message) implements Verdict {}
    }

    private static Verdict check(Side side, SqlTwin.Form form, List<String> keys, List<Answer> answers, int leastRuns) {
        int most = Math.max(leastRuns, keys.size());
        List<Long> nanos = new ArrayList<>();
        long begin = System.nanoTime();
        while (nanos.size() < most && (nanos.isEmpty() || System.nanoTime() - begin < FORM_TIME.toNanos())) {
            int key = nanos.size() % keys.size();
            long start = System.nanoTime();
            List<? extends List<?>> rows;
            try {
                rows = side.peer().run(form, keys.get(key));
            } catch (SQLException e) {
                return new Verdict.Failed(
                        String.valueOf(e.getMessage()).lines().findFirst().orElse("") + " after "
                                + (System.nanoTime() - start) / 1_000_000 + " ms");
            }
            nanos.add(System.nanoTime() - start);
            if (!Answer.of(rows).equals(answers.get(key))) {
                return new Verdict.Differs();
            }
        }
        return new Verdict.Equal(
                nanos.stream().sorted().skip(nanos.size() / 2).findFirst().orElseThrow());
    }

    private List<BenchRow> unequal() {
        Timing none = new Timing(0, 0, 0);
        BenchRow.Reads reads = new BenchRow.Reads(0, 0, 0, 0);
        return sides.stream()
                .map(side -> BenchRow.beside(row, state, none, side.input(), none, reads, false))
                .toList();
    }

    private List<BenchRow> timed(List<String> keys, int rounds, List<Optional<SqlTwin.Form>> chosen, Pace pace)
            throws SQLException {
        int runs = keys.size() * rounds;
        Clock our = new Clock(runs);
        List<Clock> others = sides.stream().map(side -> new Clock(runs)).toList();
        Totals totals = new Totals();
        boolean[] equal = new boolean[sides.size()];
        Arrays.fill(equal, true);
        long begin = System.nanoTime();
        int done = 0;
        while (done < runs
                && (done % keys.size() != 0
                        || System.nanoTime() - begin < pace.contest().toNanos())) {
            String key = keys.get(done++ % keys.size());
            our.start();
            SpangraphSubject.Result found = ours.run(key);
            our.stop();
            totals.add(found);
            Answer answer = Answer.of(found.rows());
            for (int side = 0; side < sides.size(); side++) {
                if (chosen.get(side).isEmpty()) {
                    continue;
                }
                others.get(side).start();
                List<? extends List<?>> rows =
                        sides.get(side).peer().run(chosen.get(side).get(), key);
                others.get(side).stop();
                equal[side] &= Answer.of(rows).equals(answer);
            }
        }
        List<BenchRow> rows = new ArrayList<>();
        for (int side = 0; side < sides.size(); side++) {
            Timing other = chosen.get(side).isPresent()
                    ? others.get(side).timing()
                    : Timing.of(
                            new long[] {pace.peerLimit().toNanos()},
                            pace.peerLimit().toNanos());
            rows.add(BenchRow.beside(
                    row, state, our.timing(), sides.get(side).input(), other, totals.mean(done), equal[side]));
        }
        return rows;
    }

    /** Wall and processor time of one side. */
    static final class Clock {
        private final long[] wall;
        private int run;
        private long cpu;
        private long wallStart;
        private long cpuStart;

        Clock(int runs) {
            wall = new long[runs];
        }

        void start() {
            cpuStart = SYSTEM.getProcessCpuTime();
            wallStart = System.nanoTime();
        }

        void stop() {
            wall[run++] = System.nanoTime() - wallStart;
            cpu += SYSTEM.getProcessCpuTime() - cpuStart;
        }

        Timing timing() {
            return Timing.of(Arrays.copyOf(wall, run), cpu);
        }
    }

    /** What our runs read. */
    static final class Totals {
        private long files;
        private long rowGroups;
        private long bytes;
        private long rows;

        void add(SpangraphSubject.Result result) {
            Receipt receipt = result.receipt();
            files += receipt.counts().filesRead();
            rowGroups += receipt.counts().rowGroupsRead();
            bytes += receipt.counts().bytesRead();
            rows += result.rows().size();
        }

        BenchRow.Reads mean(int runs) {
            return new BenchRow.Reads(files / runs, rowGroups / runs, bytes / runs, rows / runs);
        }
    }

    /** How long each of some runs takes, for rows without a peer. */
    static <T> Timing time(List<T> inputs, Consumer<T> run) {
        Clock clock = new Clock(inputs.size());
        inputs.forEach(input -> {
            clock.start();
            run.accept(input);
            clock.stop();
        });
        return clock.timing();
    }
}
