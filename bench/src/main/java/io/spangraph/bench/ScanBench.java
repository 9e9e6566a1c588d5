package io.spangraph.bench;

import io.spangraph.bench.lake.SpanLake;
import io.spangraph.bench.lake.SpanLayout;
import io.spangraph.bench.lake.TraceHeads;
import io.spangraph.engine.context.Execution;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;

/** The rows that run beside the peer in this process. */
final class ScanBench {
    /** Keys for warming up, none of which is timed. */
    private static final int OTHER_KEYS = 200;

    private static final DuckDbPeer.Input.InMemory IN_MEMORY = new DuckDbPeer.Input.InMemory("in_memory");

    private final Path folder;
    private final SpanLake lake;
    private final KeyPicker keys;
    private final Pace pace;
    private final Execution execution;
    private final PrintStream out;

    /** Over tables that are there, with the questions of the folder {@code bench}. */
    ScanBench(Path folder, SpanLake lake, Pace pace, Execution execution, PrintStream out) {
        this.folder = folder;
        this.lake = lake;
        this.keys = new KeyPicker(TraceHeads.of(lake.spans()));
        this.pace = pace;
        this.execution = execution;
        this.out = out;
    }

    List<BenchRow> run(List<ScanRow> rows) throws SQLException, IOException {
        List<BenchRow> all = new ArrayList<>();
        try (DuckDbPeer peer = new DuckDbPeer(
                Runtime.getRuntime().availableProcessors(), Runtime.getRuntime().maxMemory(), pace.peerLimit())) {
            for (ScanRow row : rows) {
                for (BenchState state : row.states()) {
                    List<BenchRow> lines = contest(row, state, peer);
                    lines.forEach(line -> BenchReport.print(out, line));
                    all.addAll(lines);
                }
            }
        }
        return all;
    }

    private List<BenchRow> contest(ScanRow row, BenchState state, DuckDbPeer peer) throws SQLException, IOException {
        String cypher = Files.readString(folder.resolve("scan").resolve(row.id() + ".cypher"));
        SqlTwin twin = SqlTwin.read(folder.resolve("sql").resolve("scan").resolve(row.id() + ".sql"));
        int count = Math.min(row.keys(), pace.keys());
        int rounds = Math.min(row.rounds(), pace.rounds());
        int warmUps = row.brief() ? pace.lookUpWarmUps() : pace.scanWarmUps();
        List<String> picked = keys.pick(row.keyKind(), row.lookUp() ? count + OTHER_KEYS : count);
        List<String> timed = picked.subList(0, Math.min(count, picked.size()));
        List<String> others = picked.size() > count ? picked.subList(count, picked.size()) : picked;
        Map<String, DuckDbPeer.Input> planned = new HashMap<>();
        DuckDbPeer.Input all = files(row.layout(), Expressions.alwaysTrue());
        List<Contest.Side> sides = new ArrayList<>();
        for (PeerInput input : row.inputs(state, twin)) {
            sides.add(new Contest.Side(
                    input,
                    twin.forms(),
                    (form, key) -> peer.run(
                            form,
                            switch (input) {
                                case PLANNED -> planned.computeIfAbsent(key, id -> plannedFor(row.layout(), id));
                                case ALL -> all;
                                case MEMORY -> IN_MEMORY;
                            },
                            key)));
            if (input == PeerInput.PLANNED) {
                timed.forEach(key -> planned.put(key, plannedFor(row.layout(), key)));
            }
            if (input == PeerInput.MEMORY) {
                peer.execute("create or replace table " + IN_MEMORY.table() + " as "
                        + all.fill(twin.memory().orElseThrow()));
            }
        }
        try (SpangraphSubject subject =
                new SpangraphSubject(folder.resolve(row.layout().mapping()), lake.directory(), state, execution)) {
            Contest contest = new Contest(row.id(), state, key -> subject.run(cypher, key), sides);
            int warmed = contest.warmUp(others, warmUps);
            Contest.Outcome outcome = contest.of(timed, rounds, pace);
            outcome.notes().forEach(note -> out.println("  " + row.id() + ": " + note));
            if (warmed < warmUps) {
                out.println("  " + row.id() + ": warmed up by " + warmed + " runs of " + warmUps
                        + ", because they take so long");
            }
            return outcome.rows();
        } finally {
            peer.forget();
            peer.execute("drop table if exists " + IN_MEMORY.table());
        }
    }

    private DuckDbPeer.Input plannedFor(SpanLayout layout, String trace) {
        return files(layout, Expressions.equal("trace_id", trace));
    }

    private DuckDbPeer.Input files(SpanLayout layout, Expression filter) {
        return DuckDbPeer.Input.Parquet.of(LiveFiles.of(lake.table(layout), filter));
    }
}
