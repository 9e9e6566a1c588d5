package io.spangraph.iceberg.plan;

import io.spangraph.iceberg.plan.IcebergScanPlan.FileToRead;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.types.Types.NestedField;

/** What reading some columns of files takes, by the sizes of columns that their writer noted. */
final class FileSizes {
    private FileSizes() {}

    /** Columns whose size nobody noted are taken to be all of the file that is no other column's. */
    static long ofColumns(List<NestedField> columns, List<FileToRead> files) {
        return files.stream()
                .mapToLong(file -> ofColumns(columns, file.file().file()))
                .sum();
    }

    private static long ofColumns(List<NestedField> columns, DataFile file) {
        Map<Integer, Long> sizes = file.columnSizes();
        if (sizes == null) {
            return file.fileSizeInBytes();
        }
        long known = 0;
        boolean unknown = false;
        for (NestedField column : columns) {
            Long size = sizes.get(column.fieldId());
            known += size == null ? 0 : size;
            unknown |= size == null;
        }
        if (!unknown) {
            return Math.min(known, file.fileSizeInBytes());
        }
        long others = sizes.entrySet().stream()
                .filter(size -> columns.stream().noneMatch(column -> column.fieldId() == size.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
        return Math.max(known, file.fileSizeInBytes() - others);
    }
}
