package io.spangraph.server.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spangraph.engine.context.Cancellation;
import io.spangraph.engine.context.Execution;
import io.spangraph.engine.context.Principal;
import io.spangraph.engine.context.QueryException;
import io.spangraph.model.value.Value;
import io.spangraph.server.config.ConfigurationReader;
import io.spangraph.server.config.ServerConfiguration;
import io.spangraph.server.config.ServerConfiguration.UnknownNames;
import io.spangraph.server.telemetry.QueryMetrics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class QueryServiceTest {
    private static final Principal READER = new Principal("ann", Optional.empty(), Set.of());

    private final CompletableFuture<ServedGraph> graph = new CompletableFuture<>();
    private final QueryMetrics metrics = new QueryMetrics();
    private final QueryService service = service(Map.of());

    private QueryService service(Map<String, String> settings) {
        ServerConfiguration configuration = ConfigurationReader.read(Optional.empty(), Map.of(), settings);
        return new QueryService(
                graph, configuration.limits(), configuration.slowQuery(), Execution.SEQUENTIAL, metrics);
    }

    /** Keeps what a query ends with. */
    private static final class Ended implements AnswerReader {
        private final CompletableFuture<String> outcome = new CompletableFuture<>();

        @Override
        public void read(RunningQuery query) {
            try (query) {
                int rows = 0;
                while (query.advance()) {
                    rows++;
                }
                outcome.complete(rows + " rows");
            } catch (QueryException e) {
                outcome.complete(e.getMessage());
            }
        }

        @Override
        public void refuse(QueryException failure) {
            outcome.complete("refused: " + failure.getMessage());
        }
    }

    private static QueryRequest request(String text, Duration timeout) {
        return new QueryRequest(
                Door.BOLT,
                text,
                Map.of(),
                READER,
                QueryOptions.of(UnknownNames.WARN).withTimeout(timeout));
    }

    private static QueryRequest request(String text) {
        return new QueryRequest(Door.HTTP, text, Map.of(), READER, QueryOptions.of(UnknownNames.WARN));
    }

    @Test
    void refusesQueriesUntilTheGraphIsOpen() {
        assertThat(service.isReady()).isFalse();
        assertThatThrownBy(() -> service.run(request("one"))).hasMessage("The graph is still being opened.");
        graph.complete(new ScriptedGraph()
                .answer("one", List.of("n"), List.of(List.of(Value.of(1L))))
                .serve());
        assertThat(service.isReady()).isTrue();
        try (RunningQuery query = service.run(request("one"))) {
            assertThat(query.advance()).isTrue();
            assertThat(query.row()).containsExactly(Value.of(1L));
            assertThat(service.list(READER)).hasSize(1);
            assertThat(query.advance()).isFalse();
        }
        assertThat(service.list(READER)).isEmpty();
        assertThat(metrics.scrape())
                .contains("spangraph_queries_total{door=\"http\",outcome=\"OK\"} 1.0")
                .contains("spangraph_queries_total{door=\"http\",outcome=\"STORAGE_UNAVAILABLE\"} 1.0");
    }

    @Test
    void aGraphThatCannotBeOpenedIsTold() {
        graph.completeExceptionally(new IllegalStateException("detail"));
        assertThat(service.isReady()).isFalse();
        assertThatThrownBy(() -> service.run(request("one"))).hasMessage("The graph could not be opened.");
    }

    @Test
    void aQueryThatWasKilledNeverLooksComplete() {
        graph.complete(new ScriptedGraph()
                .answer("two", List.of("n"), List.of(List.of(Value.of(1L)), List.of(Value.of(2L))))
                .serve());
        try (RunningQuery query = service.run(request("two"))) {
            assertThat(query.advance()).isTrue();
            assertThat(service.kill(query.id(), READER)).isTrue();
            assertThat(query.advance()).isTrue();
            assertThatThrownBy(query::advance).hasMessage("The query was cancelled.");
        }
        assertThat(metrics.scrape()).contains("spangraph_queries_total{door=\"http\",outcome=\"CANCELLED\"} 1.0");
    }

    @Test
    void queriesWaitForAThreadAsManyAsMay() throws Exception {
        ScriptedGraph scripted =
                new ScriptedGraph().endless("endless").answer("one", List.of("n"), List.of(List.of(Value.of(1L))));
        graph.complete(scripted.serve());
        try (QueryService narrow = service(Map.of("limits.concurrent-queries", "1", "limits.queued-queries", "1"))) {
            Ended first = new Ended();
            Ended second = new Ended();
            QueryExecution running = narrow.start(request("endless"), first);
            scripted.endlessStarted().await();
            narrow.start(request("one"), second);
            assertThatThrownBy(() -> narrow.start(request("one"), new Ended()))
                    .hasMessage("The server already runs 1 queries and 1 more wait, as many as may.");
            assertThat(narrow.list(READER)).hasSize(2);
            running.cancel(Cancellation.Reason.KILLED);
            assertThat(first.outcome.get()).isEqualTo("The query was cancelled.");
            assertThat(second.outcome.get()).isEqualTo("1 rows");
        }
    }

    @Test
    void theTimeOfAQueryRunsWhileItWaits() throws Exception {
        ScriptedGraph scripted = new ScriptedGraph().endless("endless").answer("one", List.of("n"), List.of());
        graph.complete(scripted.serve());
        try (QueryService narrow = service(Map.of("limits.concurrent-queries", "1"))) {
            narrow.start(request("endless"), new Ended());
            scripted.endlessStarted().await();
            Ended waiting = new Ended();
            narrow.start(request("one", Duration.ofMillis(30)), waiting);
            assertThat(waiting.outcome.get()).isEqualTo("refused: The query ran longer than its time limit of 30 ms.");
            assertThat(narrow.list(READER)).extracting(QueryInfo::text).containsExactly("endless");
        }
    }

    @Test
    void aParkedQueryIsClosedWhenItsTimeIsUp() throws Exception {
        graph.complete(new ScriptedGraph()
                .answer("two", List.of("n"), List.of(List.of(Value.of(1L)), List.of(Value.of(2L))))
                .serve());
        RunningQuery query = service.run(request("two", Duration.ofMillis(30)));
        assertThat(query.advance()).isTrue();
        CountDownLatch ended = new CountDownLatch(1);
        query.park(ended::countDown);
        ended.await();
        assertThat(service.list(READER)).isEmpty();
        assertThat(metrics.scrape())
                .contains("spangraph_results_open 0.0")
                .contains("spangraph_queries_total{door=\"bolt\",outcome=\"TIMEOUT\"} 1.0");
        query.resume();
        assertThatThrownBy(query::advance).hasMessage("The query ran longer than its time limit of 30 ms.");
        query.close();
    }

    @Test
    void aParkedQueryGoesOnOnAnotherThread() throws Exception {
        graph.complete(new ScriptedGraph()
                .answer("two", List.of("n"), List.of(List.of(Value.of(1L)), List.of(Value.of(2L))))
                .serve());
        RunningQuery query = service.run(request("two"));
        assertThat(query.advance()).isTrue();
        query.park(() -> {});
        CompletableFuture<List<Value>> row = new CompletableFuture<>();
        service.resume(() -> {
            query.resume();
            row.complete(query.advance() ? query.row() : List.of());
            query.close();
        });
        assertThat(row.get()).containsExactly(Value.of(2L));
    }

    @Test
    void openAnswersAreLimited() {
        graph.complete(new ScriptedGraph()
                .answer("one", List.of("n"), List.of(List.of(Value.of(1L))))
                .serve());
        try (QueryService narrow = service(Map.of("limits.open-results", "1"));
                RunningQuery first = narrow.run(request("one"))) {
            assertThatThrownBy(() -> narrow.run(request("one")))
                    .hasMessage("There are already 1 answers that are not read to their end.");
            assertThat(first.advance()).isTrue();
            assertThat(narrow.list(READER)).hasSize(1);
        }
    }
}
