package io.spangraph.bench.jmh;

import io.spangraph.iceberg.parquet.ChunkReader;
import io.spangraph.iceberg.parquet.ColumnChunk;
import io.spangraph.iceberg.parquet.ColumnValues;
import io.spangraph.iceberg.parquet.DecodeCounts;
import io.spangraph.iceberg.parquet.Dictionary;
import io.spangraph.iceberg.parquet.ParquetFile;
import io.spangraph.iceberg.parquet.RangeReader;
import io.spangraph.iceberg.parquet.RowRanges;
import io.spangraph.iceberg.parquet.Scratch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.IntFunction;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.inmemory.InMemoryOutputFile;
import org.apache.iceberg.io.FileAppender;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.parquet.column.ParquetProperties.WriterVersion;

/** A Parquet file in memory with one column, written by Iceberg's writer and read by our decoder. */
final class SampleColumn {
    /** As many as a row group of a lake made for look-ups has, and enough for loops to run at their pace. */
    static final int ROWS = 100_000;

    private final RangeReader file;
    private final ColumnChunk chunk;
    private final Optional<Dictionary> dictionary;
    private final Scratch scratch = new Scratch();

    private SampleColumn(RangeReader file) {
        this.file = file;
        this.chunk = ParquetFile.read(file).rowGroups().getFirst().chunks().getFirst();
        this.dictionary = Dictionary.read(file, chunk, scratch, new DecodeCounts());
    }

    /**
     * Writes the column.
     *
     * @param pages version 2 brings the delta encodings
     * @param values by row; empty for null
     */
    static SampleColumn of(
            Type type, WriterVersion pages, String codec, boolean dictionary, IntFunction<Optional<?>> values) {
        Schema schema = new Schema(Types.NestedField.optional(1, "value", type));
        InMemoryOutputFile output = new InMemoryOutputFile();
        try (FileAppender<Record> appender = Parquet.write(output)
                .schema(schema)
                .writerVersion(pages)
                .set("write.parquet.compression-codec", codec)
                .set("write.parquet.dict-enabled", Boolean.toString(dictionary))
                .set("write.parquet.dict-encoding-enabled.column.value", Boolean.toString(dictionary))
                .createWriterFunc(GenericParquetWriter::create)
                .build()) {
            for (int i = 0; i < ROWS; i++) {
                GenericRecord row = GenericRecord.create(schema);
                values.apply(i).ifPresent(value -> row.set(0, value));
                appender.add(row);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new SampleColumn(new InMemory(output.toByteArray()));
    }

    /** Decodes all rows, dictionary apart: that is read once for a row group. */
    ColumnValues decode() {
        try (ChunkReader reader =
                new ChunkReader(file, chunk, Optional.empty(), () -> dictionary, scratch, new DecodeCounts())) {
            return reader.read(RowRanges.all(ROWS));
        }
    }

    private record InMemory(byte[] bytes) implements RangeReader {
        @Override
        public String name() {
            return "in memory";
        }

        @Override
        public long length() {
            return bytes.length;
        }

        @Override
        public void readFully(long position, byte[] target, int offset, int length) {
            ByteBuffer.wrap(bytes).position(Math.toIntExact(position)).get(target, offset, length);
        }
    }
}
