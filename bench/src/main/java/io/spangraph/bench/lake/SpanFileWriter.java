package io.spangraph.bench.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.LongConsumer;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.PartitionData;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.parquet.ParquetUtil;

/** Writes files of a table under a passing name and gives them their own when they are whole. */
final class SpanFileWriter {
    private static final int ROWS_PER_REPORT = 1_000;

    private final Table table;
    private final Payloads payloads;

    SpanFileWriter(Table table, Payloads payloads) {
        this.table = table;
        this.payloads = payloads;
    }

    /** Whether the file is there, which it is only when it is whole. */
    boolean exists(SpanFile file) {
        return Files.exists(path(file));
    }

    /** Writes one file; {@code written} is told of rows as they come and may throw to stop the writing. */
    void write(SpanFile file, LongConsumer written) {
        Path path = path(file);
        Path unfinished = path.resolveSibling(path.getFileName() + ".unfinished");
        try {
            Files.deleteIfExists(unfinished);
            try (DataWriter<Record> writer = Parquet.writeData(table.io().newOutputFile(unfinished.toString()))
                    .forTable(table)
                    .withPartition(partition(file))
                    .withSortOrder(table.sortOrder())
                    .createWriterFunc(GenericParquetWriter::create)
                    .build()) {
                long[] rows = {0};
                file.forEachRow(span -> {
                    writer.write(record(span, file.layout()));
                    if (++rows[0] % ROWS_PER_REPORT == 0) {
                        written.accept(ROWS_PER_REPORT);
                    }
                });
                written.accept(rows[0] % ROWS_PER_REPORT);
            }
            Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + path, e);
        }
    }

    /** What the table has to be told about a file that exists, from its footer. */
    DataFile dataFile(SpanFile file) {
        InputFile input = table.io().newInputFile(path(file).toString());
        return DataFiles.builder(table.spec())
                .withInputFile(input)
                .withPartition(partition(file))
                .withSortOrder(table.sortOrder())
                .withMetrics(ParquetUtil.fileMetrics(input, MetricsConfig.forTable(table)))
                .build();
    }

    private Path path(SpanFile file) {
        return Path.of(table.locationProvider().newDataLocation(table.spec(), partition(file), file.name()));
    }

    private PartitionData partition(SpanFile file) {
        PartitionData partition = new PartitionData(table.spec().partitionType());
        partition.set(0, file.layout().partitionValue(file.partition()));
        return partition;
    }

    private Record record(SpanRow span, SpanLayout layout) {
        GenericRecord row = GenericRecord.create(table.schema());
        row.set(0, span.trace().tenantId());
        row.set(1, span.trace().agentId());
        row.set(2, span.trace().traceId());
        row.set(3, span.spanId());
        span.parentSpanId().ifPresent(parent -> row.set(4, parent));
        row.set(5, span.startMs());
        row.set(6, span.startMs() + span.durationMs());
        row.set(7, span.durationMs());
        row.set(8, span.label());
        row.set(9, span.kind().actorType());
        span.tokens().ifPresent(tokens -> {
            row.set(10, tokens.input());
            row.set(11, tokens.output());
            row.set(12, tokens.input() + tokens.output());
        });
        row.set(13, span.failed() ? 1 : 0);
        switch (layout) {
            case BUCKET, DAY, NO_BLOOM, UNSORTED -> {
                row.set(14, payloads.of(span, Payloads.Side.INPUT));
                row.set(15, payloads.of(span, Payloads.Side.OUTPUT));
            }
            case PAYLOAD -> {
                row.set(14, payloads.of(span, Payloads.Side.INPUT));
                row.set(15, payloads.longOf(span, Payloads.Side.OUTPUT));
            }
            case LEAN, LEAN_BUCKET -> {}
        }
        return row;
    }
}
