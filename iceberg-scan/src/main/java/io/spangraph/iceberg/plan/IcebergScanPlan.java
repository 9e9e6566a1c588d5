package io.spangraph.iceberg.plan;

import io.spangraph.engine.spi.Pin;
import io.spangraph.engine.spi.ScanPlan;
import io.spangraph.engine.spi.ScanPredicate;
import io.spangraph.engine.spi.ScanRequest;
import io.spangraph.iceberg.catalog.TableState;
import java.util.List;
import org.apache.iceberg.types.Types.NestedField;

/**
 * A planned scan: the files that are left, and for each the conditions that its rows are still to be checked for.
 *
 * @param numbers by which row references name the files; held here, so that they last as long as the plan
 * @param columns the requested columns, in the request's order
 * @param conjuncts all conditions, the pin's included
 */
public record IcebergScanPlan(
        ScanRequest request,
        ScanPredicate residual,
        ScanEstimate estimate,
        TableState table,
        SnapshotFiles numbers,
        List<NestedField> columns,
        List<Conjunct> conjuncts,
        List<FileToRead> files)
        implements ScanPlan {

    /** A file with the conditions that its metadata do not prove for all of its rows. */
    public record FileToRead(PlannedFile file, List<Conjunct> unproven) {
        public FileToRead {
            unproven = List.copyOf(unproven);
        }
    }

    public IcebergScanPlan {
        columns = List.copyOf(columns);
        conjuncts = List.copyOf(conjuncts);
        files = List.copyOf(files);
    }

    @Override
    public boolean readsManifests() {
        return numbers instanceof NumberedFiles;
    }

    @Override
    public int parts() {
        return files.stream().mapToInt(file -> file.file().parts()).sum();
    }

    @Override
    public long bytesOfColumns() {
        return FileSizes.ofColumns(columns, files);
    }

    @Override
    public boolean mayHoldRowsOfOthers() {
        // The pin is the first of the conditions, if it is one of them.
        return request.pin() instanceof Pin.Tenant
                && (conjuncts.isEmpty()
                        || conjuncts.getFirst().source().isPresent()
                        || files.stream().anyMatch(file -> file.unproven().contains(conjuncts.getFirst())));
    }

    @Override
    public List<Narrowing> narrowings(List<String> candidates) {
        return Narrowings.of(this, candidates);
    }

    IcebergScanPlan withFiles(List<FileToRead> others, ScanEstimate theirs) {
        return new IcebergScanPlan(request, residual, theirs, table, numbers, columns, conjuncts, others);
    }

    IcebergScanPlan withEstimate(ScanEstimate other) {
        return new IcebergScanPlan(request, residual, other, table, numbers, columns, conjuncts, files);
    }
}
