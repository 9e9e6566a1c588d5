package io.spangraph.iceberg.equivalence;

import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.bytes.ByteBufferAllocator;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.values.ValuesWriter;
import org.apache.parquet.column.values.bytestreamsplit.ByteStreamSplitValuesWriter.DoubleByteStreamSplitValuesWriter;
import org.apache.parquet.column.values.bytestreamsplit.ByteStreamSplitValuesWriter.FixedLenByteArrayByteStreamSplitValuesWriter;
import org.apache.parquet.column.values.bytestreamsplit.ByteStreamSplitValuesWriter.FloatByteStreamSplitValuesWriter;
import org.apache.parquet.column.values.bytestreamsplit.ByteStreamSplitValuesWriter.IntegerByteStreamSplitValuesWriter;
import org.apache.parquet.column.values.bytestreamsplit.ByteStreamSplitValuesWriter.LongByteStreamSplitValuesWriter;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesWriterForInteger;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesWriterForLong;
import org.apache.parquet.column.values.deltalengthbytearray.DeltaLengthByteArrayValuesWriter;
import org.apache.parquet.column.values.deltastrings.DeltaByteArrayWriter;
import org.apache.parquet.column.values.plain.BooleanPlainValuesWriter;
import org.apache.parquet.column.values.plain.FixedLenByteArrayPlainValuesWriter;
import org.apache.parquet.column.values.plain.PlainValuesWriter;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridValuesWriter;
import org.apache.parquet.schema.PrimitiveType;

/** How values lie in data pages that have no dictionary. */
public enum ValueEncoding {
    PLAIN,
    RLE,
    DELTA_BINARY_PACKED,
    DELTA_LENGTH_BYTE_ARRAY,
    DELTA_BYTE_ARRAY,
    BYTE_STREAM_SPLIT;

    static final ByteBufferAllocator HEAP = HeapByteBufferAllocator.getInstance();
    private static final int SLAB = 256;
    private static final int PAGE = 1 << 20;

    /** The encodings that values of this type may have. */
    static List<ValueEncoding> of(PrimitiveType type) {
        List<ValueEncoding> encodings = new ArrayList<>(List.of(PLAIN));
        switch (type.getPrimitiveTypeName()) {
            case BOOLEAN -> encodings.add(RLE);
            case INT32, INT64 -> encodings.addAll(List.of(DELTA_BINARY_PACKED, BYTE_STREAM_SPLIT));
            case FLOAT, DOUBLE -> encodings.add(BYTE_STREAM_SPLIT);
            case BINARY -> encodings.addAll(List.of(DELTA_LENGTH_BYTE_ARRAY, DELTA_BYTE_ARRAY));
            case FIXED_LEN_BYTE_ARRAY -> encodings.addAll(List.of(DELTA_BYTE_ARRAY, BYTE_STREAM_SPLIT));
            case INT96 -> {}
        }
        return encodings;
    }

    ValuesWriter writer(PrimitiveType type) {
        return switch (this) {
            case PLAIN -> plain(type);
            case RLE -> new RunLengthBitPackingHybridValuesWriter(1, SLAB, PAGE, HEAP);
            case DELTA_BINARY_PACKED ->
                type.getPrimitiveTypeName() == PrimitiveType.PrimitiveTypeName.INT32
                        ? new DeltaBinaryPackingValuesWriterForInteger(SLAB, PAGE, HEAP)
                        : new DeltaBinaryPackingValuesWriterForLong(SLAB, PAGE, HEAP);
            case DELTA_LENGTH_BYTE_ARRAY -> new DeltaLengthByteArrayValuesWriter(SLAB, PAGE, HEAP);
            case DELTA_BYTE_ARRAY -> new DeltaByteArrayWriter(SLAB, PAGE, HEAP);
            case BYTE_STREAM_SPLIT -> split(type);
        };
    }

    private static ValuesWriter plain(PrimitiveType type) {
        return switch (type.getPrimitiveTypeName()) {
            case BOOLEAN -> new BooleanPlainValuesWriter();
            case FIXED_LEN_BYTE_ARRAY -> new FixedLenByteArrayPlainValuesWriter(type.getTypeLength(), SLAB, PAGE, HEAP);
            case INT96 -> new FixedLenByteArrayPlainValuesWriter(12, SLAB, PAGE, HEAP);
            case INT32, INT64, FLOAT, DOUBLE, BINARY -> new PlainValuesWriter(SLAB, PAGE, HEAP);
        };
    }

    private static ValuesWriter split(PrimitiveType type) {
        return switch (type.getPrimitiveTypeName()) {
            case INT32 -> new IntegerByteStreamSplitValuesWriter(SLAB, PAGE, HEAP);
            case INT64 -> new LongByteStreamSplitValuesWriter(SLAB, PAGE, HEAP);
            case FLOAT -> new FloatByteStreamSplitValuesWriter(SLAB, PAGE, HEAP);
            case DOUBLE -> new DoubleByteStreamSplitValuesWriter(SLAB, PAGE, HEAP);
            case FIXED_LEN_BYTE_ARRAY ->
                new FixedLenByteArrayByteStreamSplitValuesWriter(type.getTypeLength(), SLAB, PAGE, HEAP);
            case BOOLEAN, BINARY, INT96 -> throw new IllegalArgumentException("not split: " + type);
        };
    }
}
