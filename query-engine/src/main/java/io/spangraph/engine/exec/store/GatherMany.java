package io.spangraph.engine.exec.store;

import io.spangraph.engine.row.NullMask;
import io.spangraph.engine.row.Vector;
import io.spangraph.engine.row.Vector.BooleanVector;
import io.spangraph.engine.row.Vector.ConstantVector;
import io.spangraph.engine.row.Vector.DictionaryVector;
import io.spangraph.engine.row.Vector.DoubleVector;
import io.spangraph.engine.row.Vector.LongVector;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;

/** Copies chosen rows of several vectors into one: in their form if they share it, else as general values. */
public final class GatherMany {
    private final int[] sourceOf;
    private final int[] rowOf;

    private GatherMany(int[] sourceOf, int[] rowOf) {
        this.sourceOf = sourceOf;
        this.rowOf = rowOf;
    }

    /**
     * One column of chosen rows.
     *
     * @param sources vectors, as the column stands in them
     * @param sourceOf for each row which of the vectors it lies in
     * @param rowOf for each row where it lies there
     */
    public static Vector rows(List<Vector> sources, int[] sourceOf, int[] rowOf) {
        List<Vector> typed =
                sources.stream().filter(source -> !isNullConstant(source)).toList();
        if (typed.isEmpty()) {
            return new ConstantVector(Value.NULL, rowOf.length);
        }
        Vector form = typed.getFirst();
        boolean alike = typed.stream().allMatch(source -> isLike(form, source));
        GatherMany gather = new GatherMany(sourceOf, rowOf);
        return switch (form) {
            case LongVector longs when alike -> gather.longs(sources, longs.kind());
            case DoubleVector doubles when alike -> gather.doubles(sources);
            case BooleanVector booleans when alike -> gather.booleans(sources);
            case DictionaryVector texts when alike -> gather.texts(sources);
            case ConstantVector constant
            when alike && typed.size() == sources.size() -> new ConstantVector(constant.constant(), rowOf.length);
            case LongVector mixed -> gather.values(sources);
            case DoubleVector mixed -> gather.values(sources);
            case BooleanVector mixed -> gather.values(sources);
            case DictionaryVector mixed -> gather.values(sources);
            case ConstantVector mixed -> gather.values(sources);
            case Vector.TextVector texts -> gather.values(sources);
            case Vector.ValueVector general -> gather.values(sources);
        };
    }

    private static boolean isNullConstant(Vector vector) {
        return vector instanceof ConstantVector(Value constant, int length) && constant.isNull();
    }

    private static boolean isLike(Vector form, Vector other) {
        if (form instanceof LongVector longs) {
            return other instanceof LongVector others && others.kind() == longs.kind();
        }
        if (form instanceof ConstantVector constant) {
            return other instanceof ConstantVector others && others.constant().equals(constant.constant());
        }
        return form.getClass() == other.getClass();
    }

    private NullMask nulls(List<Vector> sources) {
        BitSet nulls = new BitSet();
        for (int i = 0; i < rowOf.length; i++) {
            if (sources.get(sourceOf[i]).isNull(rowOf[i])) {
                nulls.set(i);
            }
        }
        return NullMask.of(nulls);
    }

    private Vector longs(List<Vector> sources, Vector.LongKind kind) {
        long[][] arrays = sources.stream()
                .map(source -> source instanceof LongVector longs ? longs.values() : new long[source.length()])
                .toArray(long[][]::new);
        long[] values = new long[rowOf.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = arrays[sourceOf[i]][rowOf[i]];
        }
        return new LongVector(values, nulls(sources), kind);
    }

    private Vector doubles(List<Vector> sources) {
        double[][] arrays = sources.stream()
                .map(source -> source instanceof DoubleVector doubles ? doubles.values() : new double[source.length()])
                .toArray(double[][]::new);
        double[] values = new double[rowOf.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = arrays[sourceOf[i]][rowOf[i]];
        }
        return new DoubleVector(values, nulls(sources));
    }

    private Vector booleans(List<Vector> sources) {
        boolean[] values = new boolean[rowOf.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = sources.get(sourceOf[i]) instanceof BooleanVector booleans && booleans.values()[rowOf[i]];
        }
        return new BooleanVector(values, nulls(sources));
    }

    /** One dictionary of the entries that occur; a text that stands in several sources stands in it as often. */
    private Vector texts(List<Vector> sources) {
        List<Value> dictionary = new ArrayList<>();
        int[][] translations = new int[sources.size()][];
        int[] codes = new int[rowOf.length];
        for (int i = 0; i < codes.length; i++) {
            if (!(sources.get(sourceOf[i]) instanceof DictionaryVector texts) || texts.isNull(rowOf[i])) {
                codes[i] = -1;
                continue;
            }
            if (translations[sourceOf[i]] == null) {
                translations[sourceOf[i]] = new int[texts.dictionary().size()];
                Arrays.fill(translations[sourceOf[i]], -1);
            }
            int[] translation = translations[sourceOf[i]];
            int code = texts.codes()[rowOf[i]];
            if (translation[code] < 0) {
                translation[code] = dictionary.size();
                dictionary.add(texts.dictionary().get(code));
            }
            codes[i] = translation[code];
        }
        return new DictionaryVector(codes, Collections.unmodifiableList(dictionary));
    }

    private Vector values(List<Vector> sources) {
        Value[] values = new Value[rowOf.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = sources.get(sourceOf[i]).value(rowOf[i]);
        }
        return new Vector.ValueVector(values);
    }
}
