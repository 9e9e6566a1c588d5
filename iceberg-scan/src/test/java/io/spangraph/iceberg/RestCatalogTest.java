package io.spangraph.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.spangraph.engine.context.Cancellation;
import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.spi.BatchCursor;
import io.spangraph.engine.spi.Pin;
import io.spangraph.engine.spi.RuntimeKeys;
import io.spangraph.engine.spi.ScanMonitor;
import io.spangraph.engine.spi.ScanPredicate;
import io.spangraph.engine.spi.ScanRequest;
import io.spangraph.engine.spi.SnapshotSelector;
import io.spangraph.engine.spi.TableSnapshot;
import io.spangraph.iceberg.catalog.LocalFileIO;
import io.spangraph.model.schema.GraphSchema.CatalogMapping;
import io.spangraph.model.value.Value;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.iceberg.Schema;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.rest.CatalogHandlers;
import org.apache.iceberg.rest.RESTCatalogProperties.SnapshotMode;
import org.apache.iceberg.rest.RESTSerializers;
import org.apache.iceberg.rest.responses.ConfigResponse;
import org.apache.iceberg.rest.responses.ErrorResponse;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables of a REST catalog, served by Iceberg's own handlers before a JDBC catalog. */
class RestCatalogTest {
    private static final ObjectMapper MAPPER = mapper();

    @TempDir
    private Path folder;

    private final AtomicInteger tableLoads = new AtomicInteger();
    private final AtomicInteger otherPosts = new AtomicInteger();
    private TestLake behind;
    private HttpServer server;

    private static ObjectMapper mapper() {
        ObjectMapper mapper = new ObjectMapper()
                .setVisibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY)
                .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false)
                .setPropertyNamingStrategy(new PropertyNamingStrategies.KebabCaseStrategy());
        RESTSerializers.registerAll(mapper);
        return mapper;
    }

    @BeforeEach
    void start() throws IOException {
        behind = new TestLake(Catalogs.JDBC.open(folder));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        behind.close();
    }

    private void answer(HttpExchange exchange) throws IOException {
        if (!exchange.getRequestMethod().equals("GET")) {
            otherPosts.incrementAndGet();
        }
        Catalog catalog = behind.catalog();
        String[] path = exchange.getRequestURI().getPath().split("/");
        try {
            switch (path.length) {
                case 3 -> send(exchange, 200, ConfigResponse.builder().build());
                case 5 -> send(exchange, 200, CatalogHandlers.listTables(catalog, Namespace.of(path[3])));
                default -> {
                    tableLoads.incrementAndGet();
                    TableIdentifier table = TableIdentifier.of(path[3], path[5]);
                    send(exchange, 200, CatalogHandlers.loadTable(catalog, table, SnapshotMode.ALL));
                }
            }
        } catch (NoSuchTableException e) {
            send(
                    exchange,
                    404,
                    ErrorResponse.builder()
                            .responseCode(404)
                            .withType("NoSuchTableException")
                            .withMessage(e.getMessage())
                            .build());
        }
    }

    private static void send(HttpExchange exchange, int status, Object answer) throws IOException {
        byte[] body = MAPPER.writeValueAsBytes(answer);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        try (exchange) {
            exchange.getResponseBody().write(body);
        }
    }

    private IcebergScanSource source() {
        return source(ScanSettings.DEFAULTS);
    }

    private IcebergScanSource source(ScanSettings settings) {
        return IcebergScanSource.open(
                Map.of(
                        TestLake.CATALOG,
                        new CatalogMapping(
                                TestLake.CATALOG,
                                "rest",
                                Map.of(
                                        "uri",
                                        "http://127.0.0.1:"
                                                + server.getAddress().getPort(),
                                        "io-impl",
                                        LocalFileIO.class.getName()))),
                settings);
    }

    @Test
    void whoAsksAtOnceSharesOneAnswer() throws Exception {
        TestTable table = behind.create("rows", new Schema(Types.NestedField.required(1, "key", Types.LongType.get())));
        table.append(table.row(1L));
        try (IcebergScanSource source = source(ScanSettings.DEFAULTS.withFreshness(Duration.ofHours(1)));
                ExecutorService queries = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Value>>> answers = IntStream.range(0, 20)
                    .mapToObj(i -> queries.submit(() -> keys(source, table)))
                    .toList();

            for (Future<List<Value>> answer : answers) {
                assertThat(answer.get()).containsExactly(Value.of(1));
            }
        }
        assertThat(tableLoads).hasValue(1);
    }

    @Test
    void readsATableAndItsNextSnapshot() {
        TestTable table = behind.create("rows", new Schema(Types.NestedField.required(1, "key", Types.LongType.get())));
        table.append(table.row(1L));
        try (IcebergScanSource source = source()) {
            assertThat(source.table(table.name()).orElseThrow().columnNames()).containsExactly("key");
            assertThat(keys(source, table)).containsExactly(Value.of(1));

            table.append(table.row(2L));

            assertThat(keys(source, table)).containsExactlyInAnyOrder(Value.of(1), Value.of(2));
            assertThat(source.neighbours(TestLake.name("row"))).containsExactly("rows");
            assertThat(source.table(TestLake.name("row"))).isEmpty();
        }
        // Neither scan reports are sent, nor is anything written.
        assertThat(otherPosts).hasValue(0);
        assertThat(tableLoads).hasValueGreaterThan(2);
    }

    @Test
    void aServiceThatGoesAwayIsNamed() {
        TestTable table = behind.create("rows", new Schema(Types.NestedField.required(1, "key", Types.LongType.get())));
        try (IcebergScanSource source = source()) {
            source.table(table.name());
            server.stop(0);

            assertThatExceptionOfType(QueryException.class)
                    .isThrownBy(() -> keys(source, table))
                    .withMessageStartingWith("Catalog 'lake' (rest, http://127.0.0.1:")
                    .satisfies(error -> assertThat(error.code()).isEqualTo(QueryErrorCode.STORAGE_UNAVAILABLE));
        }
    }

    private static List<Value> keys(IcebergScanSource source, TestTable table) {
        TableSnapshot snapshot =
                source.pin(Set.of(table.name()), new SnapshotSelector.Current()).of(table.name());
        ScanRequest request = new ScanRequest(snapshot, new Pin.All(), ScanPredicate.TRUE, List.of("key"), false);
        ScanMonitor monitor = new ScanMonitor(Cancellation.after(Duration.ofMinutes(5)));
        try (BatchCursor cursor = source.open(source.plan(request), RuntimeKeys.NONE, monitor)) {
            return TestLake.rows(cursor).stream().map(List::getFirst).toList();
        }
    }
}
