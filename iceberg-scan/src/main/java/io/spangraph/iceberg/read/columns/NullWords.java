package io.spangraph.iceberg.read.columns;

import io.spangraph.engine.row.NullMask;
import io.spangraph.iceberg.parquet.ColumnValues;
import io.spangraph.iceberg.parquet.Nulls;

/** The nulls of decoded values as the engine and the masks take them. */
final class NullWords {
    private NullWords() {}

    static long[] of(ColumnValues values) {
        return nulls(values).words();
    }

    static NullMask mask(Nulls nulls) {
        return NullMask.ofWords(nulls.words());
    }

    private static Nulls nulls(ColumnValues values) {
        return switch (values) {
            case ColumnValues.Longs longs -> longs.nulls();
            case ColumnValues.Doubles doubles -> doubles.nulls();
            case ColumnValues.Booleans booleans -> booleans.nulls();
            case ColumnValues.Bytes bytes -> bytes.nulls();
            case ColumnValues.Codes codes -> throw new IllegalArgumentException("codes are their own nulls");
        };
    }
}
