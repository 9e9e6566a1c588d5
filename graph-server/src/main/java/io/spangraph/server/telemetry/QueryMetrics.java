package io.spangraph.server.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.run.Receipt;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The server's meters in Prometheus' text form. Names and labels are fixed here, so that nothing a client sends can make
 * new time series.
 */
public final class QueryMetrics {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Timer duration;
    private final Counter rows;
    private final Counter scannedBytes;
    private final Counter scannedFiles;

    public QueryMetrics() {
        duration = Timer.builder("spangraph.query.duration")
                .description("Run time of queries, planning and the reading of the answer included.")
                .publishPercentileHistogram(false)
                .serviceLevelObjectives(
                        Duration.ofMillis(10),
                        Duration.ofMillis(100),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(60))
                .register(registry);
        rows = counter("spangraph.query.rows", "Rows of answers.");
        scannedBytes = counter("spangraph.scan.bytes", "Bytes read from data files.");
        scannedFiles = counter("spangraph.scan.files", "Data files read.");
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
    }

    /** Counts a query that has ended, well or by an error. */
    public void ended(String door, Duration took, Optional<QueryErrorCode> error, Receipt receipt) {
        Counter.builder("spangraph.queries")
                .description("Queries that have ended, by door and outcome.")
                .tag("door", door)
                .tag("outcome", error.map(QueryErrorCode::name).orElse("OK"))
                .register(registry)
                .increment();
        duration.record(took);
        rows.increment(receipt.rows());
        scannedBytes.increment(receipt.counts().bytesRead());
        scannedFiles.increment(receipt.counts().filesRead());
    }

    /** Shows a number that changes by itself. */
    public void gauge(String name, String description, Supplier<Number> value) {
        Gauge.builder(name, value)
                .description(description)
                .strongReference(true)
                .register(registry);
    }

    /** Shows a number that changes by itself, one of several kinds. */
    void gauge(String name, String description, String kind, LongSupplier value) {
        Gauge.builder(name, value::getAsLong)
                .description(description)
                .tag("kind", kind)
                .strongReference(true)
                .register(registry);
    }

    /** Shows a number that only grows and is counted elsewhere, one of several kinds. */
    void count(String name, String description, String kind, LongSupplier value) {
        // The meter holds its object weakly: one that lives as long as the registry.
        FunctionCounter.builder(name, this, unused -> value.getAsLong())
                .description(description)
                .tag("kind", kind)
                .register(registry);
    }

    /** Shows a number that only grows and is counted elsewhere. */
    public void count(String name, String description, LongSupplier value) {
        FunctionCounter.builder(name, this, unused -> value.getAsLong())
                .description(description)
                .register(registry);
    }

    /** Everything, as Prometheus reads it. */
    public String scrape() {
        return registry.scrape();
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }
}
