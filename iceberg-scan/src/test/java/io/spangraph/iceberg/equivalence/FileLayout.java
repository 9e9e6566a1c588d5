package io.spangraph.iceberg.equivalence;

import java.util.List;
import java.util.Set;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * How a Parquet file is laid out.
 *
 * @param rowsPerGroup rows of a row group
 * @param rowsPerPage rows of a page, at most
 * @param indexBytes to which lengths the bounds in the column index and the statistics are cut
 */
public record FileLayout(
        List<FileColumn> columns,
        WriterVersion version,
        CompressionCodecName codec,
        int rowsPerGroup,
        int rowsPerPage,
        int indexBytes,
        boolean checksums,
        Set<FooterChange> changes) {

    public FileLayout {
        columns = List.copyOf(columns);
        changes = Set.copyOf(changes);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(version + " " + codec + " " + rowsPerGroup + " rows a group, "
                + rowsPerPage + " a page, bounds of " + indexBytes + " bytes" + (checksums ? ", checksums" : "")
                + (changes.isEmpty() ? "" : ", " + changes));
        columns.forEach(column -> text.append("\n      ").append(column));
        return text.toString();
    }
}
