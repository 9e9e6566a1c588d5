package io.spangraph.engine.exec.spill;

import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.RowLayout;

/** Gives out the rows of a file again, as an operator that others can stand on. */
public final class SpillInput implements Operator {
    private final RowLayout layout;
    private final SpillFile file;
    private final SpillReader reader;
    private final boolean deletes;

    /**
     * The rows of a file.
     *
     * @param deletes whether the file is deleted when this is closed; else it can be read again
     */
    public SpillInput(RowLayout layout, SpillFile file, boolean deletes) {
        this.layout = layout;
        this.file = file;
        this.reader = file.read();
        this.deletes = deletes;
    }

    @Override
    public RowLayout layout() {
        return layout;
    }

    @Override
    public boolean advance() {
        return reader.advance();
    }

    @Override
    public RowBatch batch() {
        return reader.batch();
    }

    @Override
    public void close() {
        try {
            reader.close();
        } finally {
            if (deletes) {
                file.close();
            }
        }
    }
}
