package io.spangraph.iceberg.plan;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.iceberg.catalog.TableState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;

/**
 * Files of a snapshot that is too large to be held whole, numbered in the order in which queries met them. Plans that gave
 * out references hold these numbers, and with the last of those plans they go.
 */
final class NumberedFiles implements SnapshotFiles {
    private final TableState table;
    private final int most;
    private final Map<String, PlannedFile> byLocation = new HashMap<>();
    private final List<PlannedFile> files = new ArrayList<>();

    NumberedFiles(TableState table, int most) {
        this.table = table;
        this.most = most;
    }

    /**
     * The file with its number, which it gets now if it has none. The deletes are those of the caller's plan, which leaves
     * out what its conditions rule out.
     */
    synchronized PlannedFile numbered(DataFile file, List<DeleteFile> deletes) {
        PlannedFile known = byLocation.get(file.location());
        if (known != null) {
            return new PlannedFile(known.ordinal(), file, deletes);
        }
        if (files.size() >= most) {
            throw QueryException.of(
                            QueryErrorCode.SCAN_LIMIT,
                            "Running queries refer to rows of more than " + most + " data files of table '"
                                    + table.name() + "' (scan.max-files).")
                    .withHint("Narrow the query, compact the table, or raise scan.max-files and the heap with it.");
        }
        PlannedFile numbered = new PlannedFile(files.size(), file, deletes);
        byLocation.put(file.location(), numbered);
        files.add(numbered);
        return numbered;
    }

    /** For rows that some plan found alive: whichever of the deletes are known, none of them is about such a row. */
    @Override
    public synchronized Optional<PlannedFile> file(int ordinal) {
        return ordinal < files.size() ? Optional.of(files.get(ordinal)) : Optional.empty();
    }
}
