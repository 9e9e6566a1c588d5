package io.spangraph.bench;

import io.spangraph.engine.context.Execution;
import io.spangraph.engine.context.QueryException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The questions of graphs beside the peer in this process. */
final class GraphBench {
    /** Keys for warming up, none of which is timed. */
    private static final int OTHER_KEYS = 200;
    /** The peer has this much at least, however small our heap is. */
    private static final long LEAST_PEER_BYTES = 4L << 30;

    private static final DuckDbPeer.Input.InMemory IN_MEMORY = new DuckDbPeer.Input.InMemory("in_memory");

    private final Path folder;
    private final Path data;
    private final long usualSpans;
    private final Pace pace;
    private final Execution execution;
    private final PrintStream out;

    /**
     * Over tables that are there.
     *
     * @param folder {@code bench}, with the questions
     * @param usualSpans of the tables of the usual size
     */
    GraphBench(Path folder, Path data, long usualSpans, Pace pace, Execution execution, PrintStream out) {
        this.folder = folder;
        this.data = data;
        this.usualSpans = usualSpans;
        this.pace = pace;
        this.execution = execution;
        this.out = out;
    }

    List<BenchRow> run(List<GraphRow> rows) throws SQLException, IOException {
        List<BenchRow> all = new ArrayList<>();
        long memory = Math.max(Runtime.getRuntime().maxMemory(), LEAST_PEER_BYTES);
        try (DuckDbPeer peer = new DuckDbPeer(Runtime.getRuntime().availableProcessors(), memory, pace.peerLimit())) {
            peer.execute("set temp_directory = '" + data.resolve("spill").resolve("peer") + "'");
            for (GraphRow row : rows) {
                for (BenchState state : row.states()) {
                    List<BenchRow> lines = contest(row, state, peer);
                    lines.forEach(line -> BenchReport.print(out, line));
                    all.addAll(lines);
                }
            }
        }
        return all;
    }

    private List<BenchRow> contest(GraphRow row, BenchState state, DuckDbPeer peer) throws SQLException, IOException {
        String cypher = Files.readString(folder.resolve("graph").resolve(row.question() + ".cypher"));
        SqlTwin twin = SqlTwin.read(folder.resolve("sql").resolve("graph").resolve(row.twin() + ".sql"));
        OpenGraph graph = OpenGraph.of(data, row.lake(), usualSpans);
        try (SpangraphSubject subject =
                new SpangraphSubject(folder.resolve(row.lake().mapping()), graph.directory(), state, execution)) {
            int count = Math.min(row.keys(), pace.keys());
            List<String> picked = graph.keys(row.keyKind(), count + OTHER_KEYS);
            List<String> timed = picked.subList(0, Math.min(count, picked.size()));
            List<String> others = picked.size() > count ? picked.subList(count, picked.size()) : picked;
            Contest contest = new Contest(
                    row.id(),
                    state,
                    key -> subject.run(cypher, row.keyKind().value(key)),
                    sides(graph, state, twin, peer));
            contest.warmUp(others, row.brief() ? pace.lookUpWarmUps() : pace.scanWarmUps());
            Contest.Outcome outcome = contest.of(timed, Math.min(row.rounds(), pace.rounds()), pace);
            outcome.notes().forEach(note -> out.println("  " + row.id() + ": " + note));
            return outcome.rows();
        } catch (QueryException failure) {
            out.println("  " + row.id() + ": " + failure.getMessage());
            return List.of(BenchRow.failed(row.id(), state));
        } finally {
            peer.forget();
            peer.execute("drop table if exists " + IN_MEMORY.table());
        }
    }

    private static List<Contest.Side> sides(OpenGraph graph, BenchState state, SqlTwin twin, DuckDbPeer peer)
            throws SQLException {
        DuckDbPeer.Input files = new DuckDbPeer.Input.Parquet(graph.files());
        List<Contest.Side> sides = new ArrayList<>();
        sides.add(new Contest.Side(PeerInput.ALL, twin.forms(), (form, key) -> peer.run(form, files, key)));
        if (state == BenchState.COLUMN_WARM && twin.memory().isPresent()) {
            peer.execute("create or replace table " + IN_MEMORY.table() + " as "
                    + files.fill(twin.memory().get()));
            sides.add(new Contest.Side(PeerInput.MEMORY, twin.forms(), (form, key) -> peer.run(form, IN_MEMORY, key)));
        }
        return sides;
    }
}
