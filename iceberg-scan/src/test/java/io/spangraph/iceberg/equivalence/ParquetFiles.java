package io.spangraph.iceberg.equivalence;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.values.ValuesWriter;
import org.apache.parquet.column.values.factory.ValuesWriterFactory;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.jspecify.annotations.Nullable;

/** Writes Parquet of any layout by the parts of Parquet's own writer, each set by itself. */
public final class ParquetFiles {
    private static final int BLOCK = 128 << 20;
    private static final Configuration HADOOP = new Configuration(false);

    private ParquetFiles() {}

    /** @param rows the values of the layout's columns, as Iceberg holds them inside */
    public static byte[] write(FileLayout layout, List<@Nullable Object[]> rows) {
        MessageType schema = new MessageType(
                "table",
                layout.columns().stream().<Type>map(FileColumn::physical).toList());
        Buffer file = new Buffer();
        ParquetProperties properties = properties(layout);
        CodecFactory codecs = new CodecFactory(HADOOP, 1 << 20);
        try (ParquetFileWriter writer = new ParquetFileWriter(
                file,
                schema,
                ParquetFileWriter.Mode.OVERWRITE,
                BLOCK,
                0,
                layout.indexBytes(),
                layout.indexBytes(),
                layout.checksums())) {
            writer.start();
            for (int from = 0; from < rows.size(); from += layout.rowsPerGroup()) {
                List<@Nullable Object[]> group =
                        rows.subList(from, Math.min(rows.size(), from + layout.rowsPerGroup()));
                BytesInputCompressor compressor = codecs.getCompressor(layout.codec());
                try (ColumnChunkPageWriteStore pages = new ColumnChunkPageWriteStore(
                        compressor, schema, ValueEncoding.HEAP, layout.indexBytes(), layout.checksums())) {
                    writeGroup(writer, pages, properties, layout, schema, group);
                }
            }
            writer.end(Map.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            codecs.release();
        }
        return FooterChange.apply(file.bytes.toByteArray(), layout.changes());
    }

    /** Where the row groups of a file start. */
    static List<Long> rowGroupOffsets(byte[] file) {
        return FooterChange.footer(file).getRow_groups().stream()
                .map(group -> group.getColumns().getFirst().getMeta_data())
                .map(chunk -> chunk.isSetDictionary_page_offset()
                        ? Math.min(chunk.getDictionary_page_offset(), chunk.getData_page_offset())
                        : chunk.getData_page_offset())
                .toList();
    }

    private static void writeGroup(
            ParquetFileWriter writer,
            ColumnChunkPageWriteStore pages,
            ParquetProperties properties,
            FileLayout layout,
            MessageType schema,
            List<@Nullable Object[]> rows)
            throws IOException {
        try (ColumnWriteStore store = properties.newColumnWriteStore(schema, pages, pages)) {
            List<ColumnDescriptor> descriptors = schema.getColumns();
            for (@Nullable Object[] row : rows) {
                for (int i = 0; i < descriptors.size(); i++) {
                    FileColumn column = layout.columns().get(i);
                    ColumnWriter values = store.getColumnWriter(descriptors.get(i));
                    Object value = row[i];
                    if (value == null) {
                        values.writeNull(0, 0);
                    } else {
                        column.write(values, value, column.physical().isRepetition(Repetition.OPTIONAL) ? 1 : 0);
                    }
                }
                store.endRecord();
            }
            writer.startBlock(rows.size());
            store.flush();
            pages.flushToFileWriter(writer);
            writer.endBlock();
        }
    }

    private static ParquetProperties properties(FileLayout layout) {
        ParquetProperties.Builder builder = ParquetProperties.builder()
                .withWriterVersion(layout.version())
                .withPageRowCountLimit(layout.rowsPerPage())
                .withMinRowCountForPageSizeCheck(1)
                .withColumnIndexTruncateLength(layout.indexBytes())
                .withStatisticsTruncateLength(layout.indexBytes())
                .withPageWriteChecksumEnabled(layout.checksums())
                .withMaxBloomFilterBytes(4096)
                .withAllocator(ValueEncoding.HEAP)
                .withValuesWriterFactory(new Writers(layout));
        for (FileColumn column : layout.columns()) {
            builder.withStatisticsEnabled(column.name(), column.statistics());
            if (column.bloom()) {
                builder.withBloomFilterEnabled(column.name(), true).withBloomFilterNDV(column.name(), 200);
            }
        }
        return builder.build();
    }

    /** Gives each column the writer of its encoding. */
    private static final class Writers implements ValuesWriterFactory {
        private final Map<String, FileColumn> columns;

        Writers(FileLayout layout) {
            this.columns = layout.columns().stream().collect(Collectors.toMap(FileColumn::name, column -> column));
        }

        @Override
        public void initialize(ParquetProperties properties) {
            // The columns say all themselves.
        }

        @Override
        public ValuesWriter newValuesWriter(ColumnDescriptor descriptor) {
            FileColumn column = columns.get(descriptor.getPath()[0]);
            if (column == null) {
                throw new IllegalArgumentException("no column " + descriptor);
            }
            return column.dictionary().writer(column.physical(), column.encoding(), column.old());
        }
    }

    /** A file in memory. */
    private static final class Buffer implements OutputFile {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public PositionOutputStream create(long blockSize) {
            return createOrOverwrite(blockSize);
        }

        @Override
        public PositionOutputStream createOrOverwrite(long blockSize) {
            return new PositionOutputStream() {
                @Override
                public long getPos() {
                    return bytes.size();
                }

                @Override
                public void write(int value) {
                    bytes.write(value);
                }

                @Override
                public void write(byte[] source, int offset, int length) {
                    bytes.write(source, offset, length);
                }
            };
        }

        @Override
        public boolean supportsBlockSize() {
            return false;
        }

        @Override
        public long defaultBlockSize() {
            return BLOCK;
        }
    }
}
