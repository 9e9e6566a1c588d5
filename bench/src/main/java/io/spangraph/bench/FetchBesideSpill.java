package io.spangraph.bench;

import io.spangraph.bench.lake.SpanLake;
import io.spangraph.bench.lake.SpanLayout;
import io.spangraph.bench.lake.TraceHeads;
import io.spangraph.engine.context.Execution;
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
 * them. It has to spill or to end with the error that names the limit; the fetches should hardly notice.
 */
final class FetchBesideSpill {
    private static final long BUDGET = 256L << 20;
    private static final String LARGE =
            "MATCH (s:Span) UNWIND range(1, 10) AS copy WITH DISTINCT s.span_id AS id, copy RETURN count(*) AS n";

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
            CompletableFuture<String> ending = CompletableFuture.supplyAsync(() -> runLarge(large));
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
            String end = ended(ending);
            out.printf(
                    "  %s: the large query %s after %.1f s; %d fetches beside it, p50 %.2f ms and p99 %.2f ms;"
                            + " alone p50 %.2f ms and p99 %.2f ms%n",
                    BenchOptions.FETCH_BESIDE_SPILL,
                    end,
                    (System.nanoTime() - start) / 1e9,
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
                    true);
        }
    }

    private SpangraphSubject subject(SpanLayout layout) {
        return new SpangraphSubject(
                folder.resolve(layout.mapping()), lake.directory(), BenchState.METADATA_WARM, execution);
    }

    private String runLarge(SpangraphSubject subject) {
        QueryLimits limits = new QueryLimits(pace.largeQuery(), Long.MAX_VALUE, BUDGET, Long.MAX_VALUE);
        try {
            return "answered " + subject.run(LARGE, Value.of(""), limits).rows();
        } catch (QueryException e) {
            return "ended with " + e.code() + " (" + e.getMessage() + ")";
        }
    }

    private static String ended(CompletableFuture<String> ending) throws IOException {
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
