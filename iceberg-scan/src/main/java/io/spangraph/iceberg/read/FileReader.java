package io.spangraph.iceberg.read;

import java.util.List;
import java.util.Optional;

/**
 * Reads one data file. The seam behind which readers differ in speed and in the file formats and column types that they
 * know; all give the same batches.
 */
public interface FileReader {
    FileBatches open(FileScan scan);

    /** The file in parts that several threads may read, in the order of their rows. Reads nothing yet. */
    default List<FilePart> parts(FileScan scan) {
        return List.of(() -> open(scan));
    }

    /**
     * The file in the same parts for whichever of its columns are read, their rows in the order of the file; empty if this
     * reader may put them together in other ways.
     */
    default Optional<List<FilePart>> fixedParts(FileScan scan) {
        return Optional.empty();
    }
}
