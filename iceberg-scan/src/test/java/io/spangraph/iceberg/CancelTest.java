package io.spangraph.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.spangraph.engine.context.Cancellation;
import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.spi.BatchCursor;
import io.spangraph.engine.spi.Pin;
import io.spangraph.engine.spi.RuntimeKeys;
import io.spangraph.engine.spi.ScanMonitor;
import io.spangraph.engine.spi.ScanPlan;
import io.spangraph.engine.spi.ScanPredicate;
import io.spangraph.engine.spi.ScanRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.apache.iceberg.Schema;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A scan that nobody wants any more reads nothing more, whoever ends it. */
@Timeout(60)
class CancelTest {
    private static final Schema ROWS = new Schema(Types.NestedField.required(1, "key", Types.LongType.get()));

    @TempDir
    private Path folder;

    private final Cancellation cancellation = Cancellation.after(Duration.ofMinutes(5));
    private final ScanMonitor monitor = new ScanMonitor(cancellation);
    private final ExecutorService reader = Executors.newSingleThreadExecutor();
    private TestLake lake;
    private ScanPlan plan;

    /** Two files of 20,000 rows. */
    @BeforeEach
    void fill() {
        GatedFileIO.open();
        JdbcCatalog catalog = new JdbcCatalog();
        catalog.initialize(
                TestLake.CATALOG,
                Map.of(
                        "uri",
                        "jdbc:sqlite:" + folder.resolve("catalog.db"),
                        "warehouse",
                        folder.resolve("warehouse").toString(),
                        "jdbc.schema-version",
                        "V1",
                        "io-impl",
                        GatedFileIO.class.getName()));
        lake = new TestLake(catalog);
        TestTable table = lake.create("rows", ROWS);
        for (int file = 0; file < 2; file++) {
            table.append(LongStream.range(0, 20_000).mapToObj(table::row).toList());
        }
        plan = lake.source()
                .plan(new ScanRequest(lake.pin(table), new Pin.All(), ScanPredicate.TRUE, List.of("key"), false));
    }

    @AfterEach
    void close() {
        GatedFileIO.open();
        reader.shutdownNow();
        lake.close();
    }

    private BatchCursor open() {
        return lake.source().open(plan, RuntimeKeys.NONE, monitor);
    }

    @Test
    void closingFromAnotherThreadEndsAReadThatHangs() throws InterruptedException {
        GatedFileIO.Gate gate = GatedFileIO.shut();
        BatchCursor cursor = open();
        Future<Boolean> advanced = reader.submit(cursor::advance);
        gate.waiting().await();

        cursor.close();

        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(advanced::get)
                .withCauseInstanceOf(QueryException.class)
                .havingCause()
                .withMessage("The scan was closed while it was reading.");
        assertThat(monitor.counts().bytesRead()).isZero();
        assertThat(monitor.counts().filesRead()).isEqualTo(1);
    }

    @Test
    void aCancelledQueryThatIsClosedSaysWhy() throws InterruptedException {
        GatedFileIO.Gate gate = GatedFileIO.shut();
        BatchCursor cursor = open();
        Future<Boolean> advanced = reader.submit(cursor::advance);
        gate.waiting().await();

        cancellation.cancel(Cancellation.Reason.CLIENT_GONE);
        cursor.close();

        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(advanced::get)
                .havingCause()
                .withMessage("The query was cancelled: its client went away.");
    }

    @Test
    void aCancelledQueryReadsNothingMore() {
        try (BatchCursor cursor = open()) {
            assertThat(cursor.advance()).isTrue();
            long bytes = monitor.counts().bytesRead();
            cancellation.cancel(Cancellation.Reason.KILLED);

            assertThatExceptionOfType(QueryException.class)
                    .isThrownBy(cursor::advance)
                    .withMessage("The query was cancelled.")
                    .satisfies(error -> assertThat(error.code()).isEqualTo(QueryErrorCode.CANCELLED));
            assertThat(monitor.counts().bytesRead()).isEqualTo(bytes).isPositive();
        }
    }

    @Test
    void aQueryWhoseTimeIsOverReadsNothing() {
        ScanMonitor late = new ScanMonitor(Cancellation.after(Duration.ofNanos(-1)));
        try (BatchCursor cursor = lake.source().open(plan, RuntimeKeys.NONE, late)) {
            assertThatExceptionOfType(QueryException.class)
                    .isThrownBy(cursor::advance)
                    .satisfies(error -> assertThat(error.code()).isEqualTo(QueryErrorCode.TIMEOUT));
            assertThat(late.counts().bytesRead()).isZero();
        }
    }

    @Test
    void whatALimitLeavesUnreadIsToldAsSkipped() {
        BatchCursor cursor = open();
        assertThat(cursor.advance()).isTrue();
        assertThat(cursor.batch().rowCount()).isEqualTo(20_000);

        cursor.close();
        cursor.close();

        assertThat(monitor.counts().filesRead()).isEqualTo(1);
        assertThat(monitor.counts().filesSkipped()).isEqualTo(1);
        assertThat(monitor.counts().bytesSkipped()).isEqualTo(plan.estimate().bytes() / 2);
        assertThatExceptionOfType(QueryException.class)
                .isThrownBy(cursor::advance)
                .withMessage("The scan was closed while it was reading.");
    }

    @Test
    void cursorsOfOnePlanDoNotDisturbEachOther() {
        try (BatchCursor second = open()) {
            try (BatchCursor first = open()) {
                assertThat(first.advance()).isTrue();
            }

            assertThat(TestLake.rows(second)).hasSize(40_000);
        }
    }
}
