package io.spangraph.iceberg.plan;

import java.util.Optional;

/** The files of a snapshot by the numbers that row references use. */
public sealed interface SnapshotFiles permits SnapshotPlan, NumberedFiles {
    /** The file of that number, if a row reference can name it. */
    Optional<PlannedFile> file(int ordinal);
}
