package io.spangraph.iceberg.parquet;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decoded values as objects that tests can compare: Long, Double, Boolean, or the characters of bytes. */
final class Decoded {
    private Decoded() {}

    static List<@Nullable Object> objects(ColumnValues values) {
        List<@Nullable Object> objects = new ArrayList<>(values.rows());
        for (int row = 0; row < values.rows(); row++) {
            objects.add(values.isNull(row) ? null : object(values, row));
        }
        return objects;
    }

    private static Object object(ColumnValues values, int row) {
        return switch (values) {
            case ColumnValues.Longs longs -> longs.values()[row];
            case ColumnValues.Doubles doubles -> doubles.values()[row];
            case ColumnValues.Booleans booleans -> booleans.values()[row];
            case ColumnValues.Codes codes -> text(codes.dictionary().bytes(codes.codes()[row]));
            case ColumnValues.Bytes bytes ->
                text(Arrays.copyOfRange(bytes.data(), bytes.offsets()[row], bytes.offsets()[row + 1]));
        };
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** Reads all rows of the first column of the first row group. */
    static List<@Nullable Object> all(MemoryFile file) {
        ParquetFile footer = ParquetFile.read(file);
        RowGroup group = footer.rowGroups().getFirst();
        try (Scratch scratch = new Scratch();
                ChunkReader reader = reader(file, group.chunks().getFirst(), true, scratch, new DecodeCounts())) {
            return objects(reader.read(RowRanges.all(group.rows())));
        }
    }

    static ChunkReader reader(
            MemoryFile file, ColumnChunk chunk, boolean indexed, Scratch scratch, DecodeCounts counts) {
        return new ChunkReader(
                file,
                chunk,
                indexed
                        ? Optional.ofNullable(
                                PageIndex.read(file, List.of(chunk)).get(chunk))
                        : Optional.empty(),
                () -> Dictionary.read(file, chunk, scratch, counts),
                scratch,
                counts);
    }
}
