package io.spangraph.bench;

import io.spangraph.bench.lake.SpanLake;
import io.spangraph.bench.lake.SpanLayout;
import io.spangraph.bench.lake.TraceHeads;
import io.spangraph.engine.context.Execution;
import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.context.QueryLimits;
import io.spangraph.model.value.Value;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Trace fetches while another query sorts out ten times as many rows as the table has, with memory for a fraction of
 * them. It has to spill and answer, or to end with the error that names the limit of memory or disk: a row whose query ends
 * otherwise, also at its time limit, has failed. The fetches should hardly notice.
 */
final class FetchBesideSpill {
    private static final long BUDGET = 256L << 20;
    private static final int COPIES = 10;
    private static final String COUNT = "MATCH (s:Span) RETURN count(*) AS n";
    private static final String LARGE = "MATCH (s:Span) UNWIND range(1, " + COPIES
            + ") AS copy WITH DISTINCT s.span_id AS id, copy RETURN count(*) AS n";

    private final Path folder;
    private final SpanLake lake;
    private final Pace pace;
    private final Execution execution;
    private final PrintStream out;

    FetchBesideSpill(Path folder, SpanLake lake, Pace pace, Execution execution, PrintStream out) {
        this.folder = folder;
        this.lake = lake;
        this.pace = pace;
        this.execution = execution;
        this.out = out;
    }

    /** The ratio is that of the 99th percentiles: beside the large query over alone. */
    BenchRow row() throws IOException {
        String cypher = Files.readString(folder.resolve("scan").resolve(ScanRow.TRACE_FETCH.id() + ".cypher"));
        int fetches = pace.fetches();
        List<String> keys = new KeyPicker(TraceHeads.of(lake.spans())).pick(KeyKind.TRACE, 2 * fetches);
        List<String> alone = keys.subList(0, keys.size() / 2);
        List<String> beside = keys.subList(keys.size() / 2, keys.size());
        try (SpangraphSubject fetching = subject(SpanLayout.BUCKET);
                SpangraphSubject large = subject(SpanLayout.DAY)) {
            for (int i = 0; i < pace.lookUpWarmUps(); i++) {
                fetching.run(cypher, keys.get(i % keys.size()));
            }
            Timing idle = Contest.time(alone, key -> fetching.run(cypher, key));
            long start = System.nanoTime();
            long spilled = execution.spill().bytesWritten();
            CompletableFuture<Ending> ending = CompletableFuture.supplyAsync(() -> runLarge(large));
            Contest.Totals totals = new Contest.Totals();
            Contest.Clock clock = new Contest.Clock(1 << 20);
            int runs = 0;
            while (!ending.isDone() || runs < beside.size()) {
                clock.start();
                totals.add(fetching.run(cypher, beside.get(runs % beside.size())));
                clock.stop();
                runs++;
            }
            Timing busy = clock.timing();
            double seconds = (System.nanoTime() - start) / 1e9;
            Ending end = ended(ending);
            out.printf(
                    "  %s: the large query %s after %.1f s with %,d MB put aside; %d fetches beside it, p50 %.2f ms and p99 %.2f ms;"
                            + " alone p50 %.2f ms and p99 %.2f ms%n",
                    BenchOptions.FETCH_BESIDE_SPILL,
                    end.text(),
                    seconds,
                    (execution.spill().bytesWritten() - spilled) / 1_000_000,
                    runs,
                    busy.medianMillis(),
                    busy.p99Millis(),
                    idle.medianMillis(),
                    idle.p99Millis());
            return new BenchRow(
                    BenchOptions.FETCH_BESIDE_SPILL,
                    BenchState.METADATA_WARM,
                    busy,
                    Optional.empty(),
                    Optional.of(Math.round(busy.p99Millis() / idle.p99Millis() * 1000) / 1000.0),
                    totals.mean(runs),
                    end.right());
        }
    }

    private SpangraphSubject subject(SpanLayout layout) {
        return new SpangraphSubject(
                folder.resolve(layout.mapping()), lake.directory(), BenchState.METADATA_WARM, execution);
    }

    /**
     * How the large query ended.
     *
     * @param right whether it gave all its rows, or the error that names the limit of memory or of disk
     */
    private record Ending(String text, boolean right) {}

    private Ending runLarge(SpangraphSubject subject) {
        QueryLimits limits = new QueryLimits(pace.largeQuery(), Long.MAX_VALUE, BUDGET, Long.MAX_VALUE);
        try {
            long spans = number(subject.run(COUNT, ""));
            long rows = number(subject.run(LARGE, Value.of(""), limits));
            return new Ending("sorted out " + rows + " rows", rows == spans * COPIES);
        } catch (QueryException e) {
            boolean limit = e.code() == QueryErrorCode.MEMORY_LIMIT || e.code() == QueryErrorCode.SPILL_LIMIT;
            return new Ending("ended with " + e.code() + " (" + e.getMessage() + ")", limit);
        }
    }

    private static long number(SpangraphSubject.Result result) {
        return Long.parseLong(String.valueOf(result.rows().getFirst().getFirst()));
    }

    private static Ending ended(CompletableFuture<Ending> ending) throws IOException {
        try {
            return ending.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("The benchmark was interrupted.", e);
        } catch (ExecutionException e) {
            throw new IOException("The large query failed: " + e.getCause(), e);
        }
    }
}
