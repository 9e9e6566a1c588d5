package io.spangraph.engine.exec.scope;

import java.util.Optional;

/** The blocks of a part of a table, one after the other. For one thread. */
interface Blocks extends AutoCloseable {
    /** The next block; empty at the end of the part. */
    Optional<Block> next();

    @Override
    void close();
}
