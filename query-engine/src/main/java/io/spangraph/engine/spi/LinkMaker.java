package io.spangraph.engine.spi;

import java.util.List;
import java.util.Optional;

/**
 * Makes the links of a data file, for a source to keep with the file. It sees rows of everybody, so that what it makes may
 * hold positions of rows and nothing that could be shown.
 */
public interface LinkMaker {
    /** The base columns that links are made of. */
    List<String> columns();

    /** Tells links apart that are made of the same columns in different ways. */
    String form();

    /** The most that links of so many rows may weigh, to see whether there is room for them. */
    long heapBytes(long rows);

    /**
     * The links of all rows of a file; empty if they would be of no use.
     *
     * @param rows the file as it was written, in the parts in which a scan reads it: deleted rows and rows of all tenants.
     *     Batches hold the columns and row references
     */
    Optional<FileLinks> make(ScanParts rows);
}
