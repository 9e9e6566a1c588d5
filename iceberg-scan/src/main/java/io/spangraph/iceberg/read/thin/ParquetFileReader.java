package io.spangraph.iceberg.read.thin;

import io.spangraph.iceberg.catalog.StorageErrors;
import io.spangraph.iceberg.parquet.Dictionary;
import io.spangraph.iceberg.parquet.Leaf;
import io.spangraph.iceberg.parquet.LogicalKind;
import io.spangraph.iceberg.parquet.ParquetFile;
import io.spangraph.iceberg.parquet.RowGroup;
import io.spangraph.iceberg.parquet.UnsupportedParquet;
import io.spangraph.iceberg.read.FileBatches;
import io.spangraph.iceberg.read.FilePart;
import io.spangraph.iceberg.read.FileReader;
import io.spangraph.iceberg.read.FileScan;
import io.spangraph.iceberg.read.StorageRanges;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.expressions.Binder;

/**
 * Decodes the columns of Parquet files, row group by row group. A file that needs more than that (another format, nested
 * columns, a codec that is not known here) is given to a reader for all files before any of its rows are read.
 */
public final class ParquetFileReader implements FileReader {
    private final FileReader general;
    private final int coalesceGap;
    private final ScratchPool scratches = new ScratchPool();

    /**
     * @param general for the files that are not decoded here
     * @param coalesceGap bytes between two ranges that are read with them
     */
    public ParquetFileReader(FileReader general, int coalesceGap) {
        this.general = general;
        this.coalesceGap = coalesceGap;
    }

    @Override
    public FileBatches open(FileScan scan) {
        return isCandidate(scan) ? new Opened(scan).part(0, 1) : general.open(scan);
    }

    @Override
    public List<FilePart> parts(FileScan scan) {
        if (!isCandidate(scan)) {
            return general.parts(scan);
        }
        return new Opened(scan).parts();
    }

    @Override
    public Optional<List<FilePart>> fixedParts(FileScan scan) {
        if (!isCandidate(scan)) {
            return Optional.empty();
        }
        Opened opened = new Opened(scan);
        return opened.isDecoded() ? Optional.of(opened.parts()) : Optional.empty();
    }

    private static boolean isCandidate(FileScan scan) {
        return scan.file().file().format() == FileFormat.PARQUET
                && scan.file().file().keyMetadata() == null;
    }

    /** A file whose footer the first of its parts reads. */
    private final class Opened {
        private final FileScan scan;
        private Optional<Optional<ThinFile>> file = Optional.empty();

        /**
         * Whether Iceberg's reader may skip row groups by what the file says of them. Not in a file without field ids,
         * whose columns may be of other types than the table's of their names.
         */
        private volatile boolean skippable;

        Opened(FileScan scan) {
            this.scan = scan;
        }

        List<FilePart> parts() {
            int count = scan.file().parts();
            List<FilePart> parts = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                int part = i;
                parts.add(() -> part(part, count));
            }
            return parts;
        }

        /** Whether all columns of the scan are decoded here. */
        boolean isDecoded() {
            try (StorageRanges storage = storage()) {
                return file(storage).isPresent();
            } catch (RuntimeException | StackOverflowError e) {
                throw StorageErrors.ofFile(scan.table().name(), scan.file().location(), e);
            }
        }

        FileBatches part(int part, int parts) {
            StorageRanges storage = storage();
            try {
                Optional<ThinFile> thin = file(storage);
                if (thin.isEmpty()) {
                    storage.close();
                    return part == 0 ? general.open(skippable ? scan : scan.withoutSkipping()) : FileBatches.NONE;
                }
                List<RowGroup> groups = thin.get().footer().rowGroups();
                int from = (int) ((long) groups.size() * part / parts);
                int to = (int) ((long) groups.size() * (part + 1) / parts);
                return new RowGroupBatches(thin.get(), groups.subList(from, to), storage, scratches);
            } catch (RuntimeException | StackOverflowError e) {
                storage.close();
                throw StorageErrors.ofFile(scan.table().name(), scan.file().location(), e);
            }
        }

        private StorageRanges storage() {
            long length = scan.file().file().fileSizeInBytes();
            return new StorageRanges(scan.io().newInputFile(scan.file().location(), length), length, coalesceGap);
        }

        /** Empty for a file of the general reader. */
        private synchronized Optional<ThinFile> file(StorageRanges storage) {
            if (file.isEmpty()) {
                Optional<ThinFile> prepared = prepare(storage);
                if (prepared.isPresent()) {
                    scan.monitor().thinFile();
                }
                file = Optional.of(prepared);
            }
            return file.get();
        }

        private Optional<ThinFile> prepare(StorageRanges storage) {
            ParquetFile footer;
            try {
                footer = new KeptParts(scan).footer(storage);
            } catch (UnsupportedParquet e) {
                // Said by the footer, before any row is read.
                return Optional.empty();
            }
            Optional<ThinFile> thin = ThinFile.of(scan, footer);
            if (thin.isEmpty()) {
                scan.monitor().rowGroups(footer.rowGroups().size(), 0);
                skippable = footer.hasFieldIds() && footer.leaves().stream().noneMatch(Opened::isInMilliseconds);
                if (skippable) {
                    Dictionary.verify(storage, footer, filtered());
                }
            }
            return thin;
        }

        /** The columns by whose dictionaries Iceberg's reader skips row groups. */
        private Predicate<Leaf> filtered() {
            Set<Integer> ids = Binder.boundReferences(scan.table().schema().asStruct(), List.of(scan.skipping()), true);
            return leaf -> ids.contains(leaf.fieldId().orElse(-1));
        }

        /** Iceberg takes the bounds of such columns for microseconds, and would skip what it must not. */
        private static boolean isInMilliseconds(Leaf leaf) {
            return switch (leaf.logical()) {
                case LogicalKind.Time(LogicalKind.Unit unit, boolean utc) -> unit == LogicalKind.Unit.MILLIS;
                case LogicalKind.Timestamp(LogicalKind.Unit unit, boolean utc) -> unit == LogicalKind.Unit.MILLIS;
                case LogicalKind.None none -> false;
                case LogicalKind.Text text -> false;
                case LogicalKind.Int number -> false;
                case LogicalKind.Decimal decimal -> false;
                case LogicalKind.Date date -> false;
                case LogicalKind.Uuid uuid -> false;
                case LogicalKind.Other other -> false;
            };
        }
    }
}
