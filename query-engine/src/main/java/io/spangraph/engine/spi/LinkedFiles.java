package io.spangraph.engine.spi;

import java.util.Optional;

/** The data files of a plan whose links are kept. Closing it ends all reads, also those of other threads. */
public interface LinkedFiles extends AutoCloseable {
    /** How many files there are. */
    int count();

    /** The links of one of the files, kept or made now. Several threads may ask. */
    OfFile links(int which);

    /**
     * The links of a file.
     *
     * @param ordinal by which row references name the file
     * @param links empty if there is no use in any
     */
    record OfFile(int ordinal, Optional<? extends FileLinks> links) {}

    @Override
    void close();
}
