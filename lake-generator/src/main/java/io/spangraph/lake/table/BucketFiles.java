package io.spangraph.lake.table;

import java.util.Map;
import org.apache.iceberg.DataFile;

/** The files of one bucket, by table; written and closed, but in no snapshot yet. */
public record BucketFiles(Map<String, DataFile> byTable) {

    public BucketFiles {
        byTable = Map.copyOf(byTable);
    }
}
