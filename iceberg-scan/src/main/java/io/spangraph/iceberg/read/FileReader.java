package io.spangraph.iceberg.read;

/**
 * Reads one data file. The seam behind which readers differ in speed and in the file formats and column types that they
 * know; all give the same batches.
 */
public interface FileReader {
    FileBatches open(FileScan scan);
}
