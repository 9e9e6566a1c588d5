package io.spangraph.iceberg.equivalence;

import static io.spangraph.iceberg.equivalence.ValueEncoding.HEAP;

import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.values.ValuesWriter;
import org.apache.parquet.column.values.dictionary.DictionaryValuesWriter;
import org.apache.parquet.column.values.dictionary.DictionaryValuesWriter.PlainBinaryDictionaryValuesWriter;
import org.apache.parquet.column.values.dictionary.DictionaryValuesWriter.PlainDoubleDictionaryValuesWriter;
import org.apache.parquet.column.values.dictionary.DictionaryValuesWriter.PlainFixedLenArrayDictionaryValuesWriter;
import org.apache.parquet.column.values.dictionary.DictionaryValuesWriter.PlainFloatDictionaryValuesWriter;
import org.apache.parquet.column.values.dictionary.DictionaryValuesWriter.PlainIntegerDictionaryValuesWriter;
import org.apache.parquet.column.values.dictionary.DictionaryValuesWriter.PlainLongDictionaryValuesWriter;
import org.apache.parquet.column.values.fallback.FallbackValuesWriter;
import org.apache.parquet.schema.PrimitiveType;

/** Whether a column has a dictionary, and for how long. */
public enum DictionaryUse {
    NEVER,
    /** Unless the first page has nothing but nulls. */
    ALWAYS,
    /** Until the dictionary is full: then the chunk goes on without, so that it has pages of both kinds. */
    UNTIL_FULL;

    private static final int FULL = 64;

    /** @param old whether the encoding is named as writers of the first version named it */
    @SuppressWarnings("deprecation")
    ValuesWriter writer(PrimitiveType type, ValueEncoding encoding, boolean old) {
        if (this == NEVER || type.getPrimitiveTypeName() == PrimitiveType.PrimitiveTypeName.BOOLEAN) {
            return encoding.writer(type);
        }
        int most = this == ALWAYS ? Integer.MAX_VALUE : FULL;
        Encoding pages = old ? Encoding.PLAIN_DICTIONARY : Encoding.RLE_DICTIONARY;
        Encoding page = old ? Encoding.PLAIN_DICTIONARY : Encoding.PLAIN;
        DictionaryValuesWriter dictionary = dictionary(type, most, pages, page);
        return FallbackValuesWriter.of(dictionary, encoding.writer(type));
    }

    private static DictionaryValuesWriter dictionary(PrimitiveType type, int most, Encoding pages, Encoding page) {
        return switch (type.getPrimitiveTypeName()) {
            case INT32 ->
                new PlainIntegerDictionaryValuesWriter(most, pages, page, HEAP) {
                    @Override
                    public boolean isCompressionSatisfying(long rawSize, long encodedSize) {
                        return rawSize > 0;
                    }
                };
            case INT64 ->
                new PlainLongDictionaryValuesWriter(most, pages, page, HEAP) {
                    @Override
                    public boolean isCompressionSatisfying(long rawSize, long encodedSize) {
                        return rawSize > 0;
                    }
                };
            case FLOAT ->
                new PlainFloatDictionaryValuesWriter(most, pages, page, HEAP) {
                    @Override
                    public boolean isCompressionSatisfying(long rawSize, long encodedSize) {
                        return rawSize > 0;
                    }
                };
            case DOUBLE ->
                new PlainDoubleDictionaryValuesWriter(most, pages, page, HEAP) {
                    @Override
                    public boolean isCompressionSatisfying(long rawSize, long encodedSize) {
                        return rawSize > 0;
                    }
                };
            case BINARY ->
                new PlainBinaryDictionaryValuesWriter(most, pages, page, HEAP) {
                    @Override
                    public boolean isCompressionSatisfying(long rawSize, long encodedSize) {
                        return rawSize > 0;
                    }
                };
            case FIXED_LEN_BYTE_ARRAY, INT96 ->
                new PlainFixedLenArrayDictionaryValuesWriter(
                        most,
                        type.getPrimitiveTypeName() == PrimitiveType.PrimitiveTypeName.INT96
                                ? 12
                                : type.getTypeLength(),
                        pages,
                        page,
                        HEAP) {
                    @Override
                    public boolean isCompressionSatisfying(long rawSize, long encodedSize) {
                        return rawSize > 0;
                    }
                };
            case BOOLEAN -> throw new IllegalArgumentException("no dictionary of booleans");
        };
    }
}
