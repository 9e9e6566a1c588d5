package io.spangraph.iceberg.read.columns;

import io.spangraph.iceberg.parquet.ColumnValues;
import io.spangraph.iceberg.parquet.Dictionary;
import io.spangraph.iceberg.parquet.Nulls;
import java.util.List;

/** Whether a dictionary that holds all values of a chunk has one that a test names. */
public final class DictionaryTests {
    private DictionaryTests() {}

    public static boolean mayHold(StoredForm form, ColumnTest test, Dictionary dictionary) {
        return switch (test) {
            case BytesTest bytes -> anyOf(bytes, dictionary);
            case LongTest longs -> {
                RowMask entries = RowMask.all(dictionary.size());
                longs.apply(
                        form.inTableUnit(
                                new ColumnValues.Longs(dictionary.longs().clone(), Nulls.of(new long[0]))),
                        entries,
                        new CodeTables());
                yield !entries.isEmpty();
            }
            case DoubleTest doubles -> true;
            case BooleanTest booleans -> true;
            case NullTest nulls -> true;
        };
    }

    private static boolean anyOf(BytesTest test, Dictionary dictionary) {
        List<byte[]> keys = test.keys();
        if (keys.size() <= dictionary.size()) {
            for (byte[] key : keys) {
                if (dictionary.find(key) >= 0) {
                    return true;
                }
            }
            return false;
        }
        byte[] data = dictionary.data();
        int[] offsets = dictionary.offsets();
        for (int code = 0; code < dictionary.size(); code++) {
            if (test.test(data, offsets[code], offsets[code + 1])) {
                return true;
            }
        }
        return false;
    }
}
