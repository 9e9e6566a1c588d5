package io.spangraph.engine.exec.aggregate;

import io.spangraph.engine.row.NullMask;
import io.spangraph.engine.row.Vector;
import java.util.Optional;

/** The null masks of vectors that have one, for loops over many rows. */
final class NullMasks {
    private NullMasks() {}

    static Optional<NullMask> of(Vector vector) {
        return switch (vector) {
            case Vector.LongVector longs -> Optional.of(longs.nulls());
            case Vector.DoubleVector doubles -> Optional.of(doubles.nulls());
            case Vector.BooleanVector booleans -> Optional.of(booleans.nulls());
            case Vector.TextVector texts -> Optional.of(texts.nulls());
            case Vector.DictionaryVector dictionary -> Optional.empty();
            case Vector.ValueVector values -> Optional.empty();
            case Vector.ConstantVector constant -> Optional.empty();
        };
    }
}
