package io.spangraph.iceberg.catalog;

import java.io.IOException;

/** Storage itself failed, as opposed to a file whose content makes no sense. */
public final class StorageFailure extends IOException {
    private static final long serialVersionUID = 1L;

    public StorageFailure(IOException cause) {
        super(cause.getMessage(), cause);
    }
}
