package io.spangraph.iceberg.read.columns;

import io.spangraph.engine.row.NullMask;
import io.spangraph.engine.row.Vector;
import io.spangraph.iceberg.parquet.ColumnValues;
import io.spangraph.iceberg.parquet.Dictionary;
import io.spangraph.model.value.Value;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Optional;
import org.apache.iceberg.types.Types;

/** Decoded values of one column of a row group as vectors of batches: their arrays are handed on as they are. */
public final class ColumnVectors {
    /** A dictionary that is so much larger than a batch would only weigh on whoever keeps the batch. */
    private static final int LARGEST_DICTIONARY_PER_ROW = 4;

    private static final double[] POWERS_OF_TEN = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18
    };
    /** Whole numbers up to this are exact as fractions. */
    private static final long EXACT = 1L << 53;

    private final StoredForm form;
    private Optional<DictionaryTexts> texts = Optional.empty();

    public ColumnVectors(StoredForm form) {
        this.form = form;
    }

    /** @param values in the table's unit */
    public Vector of(ColumnValues values) {
        return switch (form.shape()) {
            case BOOLEAN, LONG, DOUBLE -> numbers(values);
            case TEXT -> texts(values);
            case UUID -> uuids(values);
            case DECIMAL -> decimals(values);
            case BYTES, TIME -> general(values);
        };
    }

    private Vector numbers(ColumnValues values) {
        return switch (values) {
            case ColumnValues.Longs(long[] numbers, var nulls, boolean ofInts) ->
                new Vector.LongVector(numbers, NullWords.mask(nulls), form.longKind(), ofInts);
            case ColumnValues.Doubles(double[] numbers, var nulls) ->
                new Vector.DoubleVector(numbers, NullWords.mask(nulls));
            case ColumnValues.Booleans(boolean[] flags, var nulls) ->
                new Vector.BooleanVector(flags, NullWords.mask(nulls));
            case ColumnValues.Codes codes -> throw new IllegalStateException("bytes in a column of " + form.type());
            case ColumnValues.Bytes bytes -> throw new IllegalStateException("bytes in a column of " + form.type());
        };
    }

    private Vector texts(ColumnValues values) {
        if (values instanceof ColumnValues.Codes codes) {
            if (codes.dictionary().size() <= (long) LARGEST_DICTIONARY_PER_ROW * codes.rows()) {
                return new Vector.DictionaryVector(codes.codes(), textsOf(codes.dictionary()));
            }
            return plain(codes);
        }
        ColumnValues.Bytes bytes = (ColumnValues.Bytes) values;
        return new Vector.TextVector(bytes.data(), bytes.offsets(), NullWords.mask(bytes.nulls()));
    }

    /** The same list for as long as the dictionary stays the same: who reads batches may know it again. */
    private DictionaryTexts textsOf(Dictionary dictionary) {
        if (texts.isEmpty() || !texts.get().isOf(dictionary)) {
            texts = Optional.of(new DictionaryTexts(dictionary));
        }
        return texts.get();
    }

    private static Vector plain(ColumnValues.Codes values) {
        int[] codes = values.codes();
        Dictionary dictionary = values.dictionary();
        int[] offsets = new int[codes.length + 1];
        for (int row = 0; row < codes.length; row++) {
            offsets[row + 1] = offsets[row] + (codes[row] < 0 ? 0 : dictionary.length(codes[row]));
        }
        byte[] utf8 = new byte[offsets[codes.length]];
        for (int row = 0; row < codes.length; row++) {
            if (codes[row] >= 0) {
                System.arraycopy(
                        dictionary.data(),
                        dictionary.offsets()[codes[row]],
                        utf8,
                        offsets[row],
                        offsets[row + 1] - offsets[row]);
            }
        }
        return new Vector.TextVector(utf8, offsets, nulls(values));
    }

    private static NullMask nulls(ColumnValues values) {
        if (!values.hasNulls()) {
            return NullMask.NONE;
        }
        BitSet nulls = new BitSet(values.rows());
        for (int row = 0; row < values.rows(); row++) {
            if (values.isNull(row)) {
                nulls.set(row);
            }
        }
        return NullMask.of(nulls);
    }

    private static Vector uuids(ColumnValues values) {
        int rows = values.rows();
        int[] offsets = new int[rows + 1];
        byte[] utf8 = new byte[36 * rows];
        int used = 0;
        for (int row = 0; row < rows; row++) {
            if (!values.isNull(row)) {
                byte[] text = GenericForm.uuid(GenericForm.bytes(values, row), 0)
                        .toString()
                        .getBytes(StandardCharsets.US_ASCII);
                System.arraycopy(text, 0, utf8, used, text.length);
                used += text.length;
            }
            offsets[row + 1] = used;
        }
        return new Vector.TextVector(utf8, offsets, nulls(values));
    }

    /** Cypher has no decimals: the nearest float. */
    private Vector decimals(ColumnValues values) {
        int scale = ((Types.DecimalType) form.type()).scale();
        double[] numbers = new double[values.rows()];
        for (int row = 0; row < numbers.length; row++) {
            if (values instanceof ColumnValues.Longs longs) {
                numbers[row] = decimal(longs.values()[row], scale);
            } else if (!values.isNull(row)) {
                numbers[row] = GenericForm.decimal(form, GenericForm.bytes(values, row))
                        .doubleValue();
            }
        }
        return new Vector.DoubleVector(numbers, nulls(values));
    }

    private static double decimal(long unscaled, int scale) {
        // Both operands are exact, so that the quotient is the nearest float.
        return Math.abs(unscaled) <= EXACT && scale < POWERS_OF_TEN.length
                ? unscaled / POWERS_OF_TEN[scale]
                : BigDecimal.valueOf(unscaled, scale).doubleValue();
    }

    private Vector general(ColumnValues values) {
        Value[] general = new Value[values.rows()];
        for (int row = 0; row < general.length; row++) {
            if (values.isNull(row)) {
                general[row] = Value.NULL;
            } else if (values instanceof ColumnValues.Longs longs) {
                general[row] = new Value.LocalTimeValue(GenericForm.time(longs.values()[row]));
            } else {
                general[row] = new Value.BytesValue(GenericForm.bytes(values, row));
            }
        }
        return new Vector.ValueVector(general);
    }
}
