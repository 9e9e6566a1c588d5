package io.spangraph.iceberg.parquet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.values.ValuesWriter;
import org.apache.parquet.column.values.bitpacking.ByteBitPackingValuesWriter;
import org.apache.parquet.column.values.bitpacking.Packer;
import org.apache.parquet.column.values.bytestreamsplit.ByteStreamSplitValuesWriter;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesWriterForInteger;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesWriterForLong;
import org.apache.parquet.column.values.deltalengthbytearray.DeltaLengthByteArrayValuesWriter;
import org.apache.parquet.column.values.deltastrings.DeltaByteArrayWriter;
import org.apache.parquet.column.values.dictionary.DictionaryValuesWriter;
import org.apache.parquet.column.values.plain.BooleanPlainValuesWriter;
import org.apache.parquet.column.values.plain.FixedLenByteArrayPlainValuesWriter;
import org.apache.parquet.column.values.plain.PlainValuesWriter;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridValuesWriter;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type.Repetition;

/**
 * Files of one column, written page by page with parquet-java's own encoders: every combination that the format allows, also
 * those that its ready-made writers never choose.
 *
 * @param encodings of the pages, one after the other and then from the start again
 * @param second whether pages have version 2
 * @param bitPackedLevels whether levels are in the old encoding, in pages of version 1
 */
@SuppressWarnings("deprecation")
record EncodedFile(
        PrimitiveType type,
        List<Encoding> encodings,
        CompressionCodecName codec,
        boolean second,
        boolean bitPackedLevels,
        boolean checksums,
        int pageRows) {
    private static final Configuration CONFIGURATION = new Configuration(false);
    private static final int SLAB = 1 << 10;
    private static final int PAGE = 1 << 20;

    /** Values are Integer, Long, Float, Double, Boolean or Binary, or null. */
    MemoryFile write(List<?> values) {
        MemoryFile file = new MemoryFile();
        MessageType schema = new MessageType("root", type);
        CodecFactory codecs = new CodecFactory(CONFIGURATION, PAGE);
        try (ParquetFileWriter writer = new ParquetFileWriter(
                file, schema, ParquetFileWriter.Mode.CREATE, 1 << 26, 0, 64, Integer.MAX_VALUE, checksums)) {
            writer.start();
            writer.startBlock(values.size());
            writer.startColumn(schema.getColumns().getFirst(), values.size(), codec);
            writeChunk(writer, codecs, values);
            writer.endColumn();
            writer.endBlock();
            writer.end(Map.of());
        } catch (IOException unexpected) {
            throw new UncheckedIOException(unexpected);
        } finally {
            codecs.release();
        }
        return file;
    }

    private record Page(
            int rows, int nulls, BytesInput levels, BytesInput data, Encoding encoding, Statistics<?> stats) {}

    private void writeChunk(ParquetFileWriter writer, CodecFactory codecs, List<?> values) throws IOException {
        boolean withDictionary = encodings.stream().anyMatch(Encoding::usesDictionary);
        ValuesWriter dictionary = withDictionary ? dictionaryWriter() : writer(encodings.getFirst());
        List<Page> pages = new ArrayList<>();
        for (int from = 0; from < values.size() || pages.isEmpty(); from += pageRows) {
            Encoding encoding = encodings.get(pages.size() % encodings.size());
            List<?> rows = values.subList(from, Math.min(values.size(), from + pageRows));
            pages.add(page(rows, encoding, encoding.usesDictionary() ? dictionary : writer(encoding)));
        }
        if (withDictionary) {
            DictionaryPage page = dictionary.toDictPageAndClose();
            if (page != null) {
                BytesInput bytes = compressed(codecs, page.getBytes());
                writer.writeDictionaryPage(new DictionaryPage(
                        bytes, (int) page.getBytes().size(), page.getDictionarySize(), page.getEncoding()));
            }
        }
        for (Page page : pages) {
            if (second) {
                writer.writeDataPageV2(
                        page.rows,
                        page.nulls,
                        page.rows,
                        BytesInput.empty(),
                        page.levels,
                        page.encoding,
                        compressed(codecs, page.data),
                        (int) page.data.size(),
                        page.stats);
            } else {
                BytesInput whole = BytesInput.concat(page.levels, page.data);
                writer.writeDataPage(
                        page.rows,
                        (int) whole.size(),
                        compressed(codecs, whole),
                        page.stats,
                        page.rows,
                        Encoding.BIT_PACKED,
                        bitPackedLevels ? Encoding.BIT_PACKED : Encoding.RLE,
                        page.encoding);
            }
        }
    }

    private BytesInput compressed(CodecFactory codecs, BytesInput bytes) throws IOException {
        return codec == CompressionCodecName.UNCOMPRESSED
                ? bytes
                : BytesInput.copy(codecs.getCompressor(codec).compress(bytes));
    }

    private Page page(List<?> rows, Encoding encoding, ValuesWriter values) throws IOException {
        Statistics<?> statistics = Statistics.createStats(type);
        int nulls = 0;
        for (Object value : rows) {
            if (value == null) {
                nulls++;
                statistics.incrementNumNulls();
            } else {
                write(values, statistics, value);
            }
        }
        BytesInput data = BytesInput.copy(values.getBytes());
        Encoding written = values.getEncoding().usesDictionary() ? encoding : values.getEncoding();
        values.reset();
        return new Page(rows.size(), nulls, levels(rows), data, written, statistics);
    }

    private BytesInput levels(List<?> rows) throws IOException {
        if (type.getRepetition() == Repetition.REQUIRED) {
            return BytesInput.empty();
        }
        if (bitPackedLevels && !second) {
            ByteBitPackingValuesWriter writer = new ByteBitPackingValuesWriter(1, Packer.BIG_ENDIAN);
            rows.forEach(row -> writer.writeInteger(row == null ? 0 : 1));
            return BytesInput.copy(writer.getBytes());
        }
        try (RunLengthBitPackingHybridEncoder encoder =
                new RunLengthBitPackingHybridEncoder(1, SLAB, PAGE, new HeapByteBufferAllocator())) {
            for (Object row : rows) {
                encoder.writeInt(row == null ? 0 : 1);
            }
            BytesInput bytes = BytesInput.copy(encoder.toBytes());
            return second ? bytes : BytesInput.concat(BytesInput.fromInt((int) bytes.size()), bytes);
        }
    }

    private static void write(ValuesWriter writer, Statistics<?> statistics, Object value) {
        switch (value) {
            case Integer number -> {
                writer.writeInteger(number);
                statistics.updateStats(number.intValue());
            }
            case Long number -> {
                writer.writeLong(number);
                statistics.updateStats(number.longValue());
            }
            case Float number -> {
                writer.writeFloat(number);
                statistics.updateStats(number.floatValue());
            }
            case Double number -> {
                writer.writeDouble(number);
                statistics.updateStats(number.doubleValue());
            }
            case Boolean bool -> {
                writer.writeBoolean(bool);
                statistics.updateStats(bool.booleanValue());
            }
            case Binary bytes -> {
                writer.writeBytes(bytes);
                statistics.updateStats(bytes);
            }
            default -> throw new IllegalArgumentException("no value: " + value);
        }
    }

    private ValuesWriter writer(Encoding encoding) {
        HeapByteBufferAllocator heap = new HeapByteBufferAllocator();
        int length = type.getTypeLength();
        return switch (encoding) {
            case PLAIN ->
                switch (type.getPrimitiveTypeName()) {
                    case BOOLEAN -> new BooleanPlainValuesWriter();
                    case FIXED_LEN_BYTE_ARRAY -> new FixedLenByteArrayPlainValuesWriter(length, SLAB, PAGE, heap);
                    case INT96 -> new FixedLenByteArrayPlainValuesWriter(12, SLAB, PAGE, heap);
                    default -> new PlainValuesWriter(SLAB, PAGE, heap);
                };
            case RLE -> new RunLengthBitPackingHybridValuesWriter(1, SLAB, PAGE, heap);
            case DELTA_BINARY_PACKED ->
                switch (type.getPrimitiveTypeName()) {
                    case INT32 -> new DeltaBinaryPackingValuesWriterForInteger(SLAB, PAGE, heap);
                    default -> new DeltaBinaryPackingValuesWriterForLong(SLAB, PAGE, heap);
                };
            case DELTA_LENGTH_BYTE_ARRAY -> new DeltaLengthByteArrayValuesWriter(SLAB, PAGE, heap);
            case DELTA_BYTE_ARRAY -> new DeltaByteArrayWriter(SLAB, PAGE, heap);
            case BYTE_STREAM_SPLIT ->
                switch (type.getPrimitiveTypeName()) {
                    case INT32 -> new ByteStreamSplitValuesWriter.IntegerByteStreamSplitValuesWriter(SLAB, PAGE, heap);
                    case INT64 -> new ByteStreamSplitValuesWriter.LongByteStreamSplitValuesWriter(SLAB, PAGE, heap);
                    case FLOAT -> new ByteStreamSplitValuesWriter.FloatByteStreamSplitValuesWriter(SLAB, PAGE, heap);
                    case DOUBLE -> new ByteStreamSplitValuesWriter.DoubleByteStreamSplitValuesWriter(SLAB, PAGE, heap);
                    default ->
                        new ByteStreamSplitValuesWriter.FixedLenByteArrayByteStreamSplitValuesWriter(
                                length, SLAB, PAGE, heap);
                };
            default -> throw new IllegalArgumentException("no encoding of values: " + encoding);
        };
    }

    private ValuesWriter dictionaryWriter() {
        HeapByteBufferAllocator heap = new HeapByteBufferAllocator();
        Encoding data = second ? Encoding.RLE_DICTIONARY : Encoding.PLAIN_DICTIONARY;
        Encoding entries = second ? Encoding.PLAIN : Encoding.PLAIN_DICTIONARY;
        return switch (type.getPrimitiveTypeName()) {
            case INT32 -> new DictionaryValuesWriter.PlainIntegerDictionaryValuesWriter(PAGE, data, entries, heap);
            case INT64 -> new DictionaryValuesWriter.PlainLongDictionaryValuesWriter(PAGE, data, entries, heap);
            case FLOAT -> new DictionaryValuesWriter.PlainFloatDictionaryValuesWriter(PAGE, data, entries, heap);
            case DOUBLE -> new DictionaryValuesWriter.PlainDoubleDictionaryValuesWriter(PAGE, data, entries, heap);
            case BINARY -> new DictionaryValuesWriter.PlainBinaryDictionaryValuesWriter(PAGE, data, entries, heap);
            case FIXED_LEN_BYTE_ARRAY ->
                new DictionaryValuesWriter.PlainFixedLenArrayDictionaryValuesWriter(
                        PAGE, type.getTypeLength(), data, entries, heap);
            case INT96 ->
                new DictionaryValuesWriter.PlainFixedLenArrayDictionaryValuesWriter(PAGE, 12, data, entries, heap);
            case BOOLEAN -> throw new IllegalArgumentException("no dictionary of booleans");
        };
    }
}
