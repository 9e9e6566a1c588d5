package io.spangraph.server.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spangraph.engine.context.Principal;
import io.spangraph.model.value.Value;
import io.spangraph.server.config.ConfigurationReader;
import io.spangraph.server.config.ServerConfiguration;
import io.spangraph.server.config.ServerConfiguration.UnknownNames;
import io.spangraph.server.telemetry.QueryMetrics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class QueryServiceTest {
    private static final Principal READER = new Principal("ann", Optional.empty(), Set.of());

    private final CompletableFuture<ServedGraph> graph = new CompletableFuture<>();
    private final QueryMetrics metrics = new QueryMetrics();
    private final QueryService service = service();

    private QueryService service() {
        ServerConfiguration configuration = ConfigurationReader.read(Optional.empty(), Map.of(), Map.of());
        return new QueryService(graph, configuration.limits(), configuration.slowQuery(), metrics);
    }

    private static QueryRequest request(String text) {
        return new QueryRequest(text, Map.of(), READER, QueryOptions.of(UnknownNames.WARN));
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
                .contains("spangraph_queries_total{outcome=\"OK\"} 1.0")
                .contains("spangraph_queries_total{outcome=\"STORAGE_UNAVAILABLE\"} 1.0");
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
        assertThat(metrics.scrape()).contains("spangraph_queries_total{outcome=\"CANCELLED\"} 1.0");
    }
}
