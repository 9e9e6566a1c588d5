package io.spangraph.iceberg.plan;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.spi.Pin;
import io.spangraph.engine.spi.RuntimeKeys;
import io.spangraph.engine.spi.ScanPlan.ScanEstimate;
import io.spangraph.engine.spi.ScanPredicate;
import io.spangraph.engine.spi.ScanRequest;
import io.spangraph.engine.spi.TableSnapshot;
import io.spangraph.iceberg.catalog.TableState;
import io.spangraph.iceberg.plan.IcebergScanPlan.FileToRead;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.types.Types.NestedField;

/** Plans a scan of one snapshot from its parsed metadata. */
public final class ScanPlanner {
    private final SnapshotPlans plans;

    public ScanPlanner(SnapshotPlans plans) {
        this.plans = plans;
    }

    /** Plans a scan of the table whose columns these are. */
    public IcebergScanPlan plan(TableColumns columns, ScanRequest request) {
        TableState table = columns.table();
        List<NestedField> wanted =
                request.columns().stream().map(columns::readable).toList();
        List<Conjunct> conjuncts = conjuncts(new Conditions(columns::field), request);
        SnapshotPlan snapshot = plans.of(table, request.snapshot());
        return snapshot.isTooLarge()
                ? planLarge(table, request, wanted, conjuncts)
                : pruned(request, table, snapshot, wanted, conjuncts, snapshot.files());
    }

    /** The files come from the manifests, which are read for this scan alone. */
    private IcebergScanPlan planLarge(
            TableState table, ScanRequest request, List<NestedField> wanted, List<Conjunct> conjuncts) {
        NumberedFiles numbers = plans.numbersOf(table, request.snapshot());
        List<PlannedFile> files = new ArrayList<>();
        for (FileScanTask task : plans.filtered(table, request.snapshot(), conjuncts)) {
            files.add(
                    request.rowReferences()
                            ? numbers.numbered(task.file(), task.deletes())
                            : new PlannedFile(files.size(), task.file(), task.deletes()));
        }
        return pruned(request, table, numbers, wanted, conjuncts, files);
    }

    /** The plan narrowed by keys: fewer files, and rows without a key are dropped while reading. */
    public IcebergScanPlan narrow(IcebergScanPlan plan, RuntimeKeys keys) {
        if (keys.keySets().isEmpty()) {
            return plan;
        }
        Conditions conditions = new Conditions(new TableColumns(plan.table(), Optional.empty())::field);
        List<Conjunct> conjuncts = new ArrayList<>(plan.conjuncts());
        for (RuntimeKeys.KeySet keySet : keys.keySets()) {
            Condition in = conditions.of(new ScanPredicate.In(keySet.column(), List.copyOf(keySet.values())));
            conjuncts.add(Conjunct.ofKeys(in));
        }
        List<PlannedFile> files = plan.files().stream().map(FileToRead::file).toList();
        IcebergScanPlan narrowed =
                pruned(plan.request(), plan.table(), plan.numbers(), plan.columns(), conjuncts, files);
        return narrowed.withEstimate(new ScanEstimate(
                narrowed.estimate().files(),
                narrowed.estimate().filesSkipped() + plan.estimate().filesSkipped(),
                narrowed.estimate().bytes(),
                narrowed.estimate().bytesSkipped() + plan.estimate().bytesSkipped(),
                narrowed.estimate().rows()));
    }

    private static List<Conjunct> conjuncts(Conditions conditions, ScanRequest request) {
        List<Conjunct> conjuncts = new ArrayList<>();
        conditions.of(request.pin()).ifPresent(pin -> conjuncts.add(Conjunct.of(Optional.empty(), pin)));
        for (ScanPredicate operand : operands(request.predicate())) {
            conjuncts.add(Conjunct.of(Optional.of(operand), conditions.of(operand)));
        }
        for (String column : request.present()) {
            conjuncts.add(Conjunct.of(Optional.empty(), conditions.of(new ScanPredicate.IsNotNull(column))));
        }
        return conjuncts;
    }

    private static List<ScanPredicate> operands(ScanPredicate predicate) {
        return predicate instanceof ScanPredicate.And(List<ScanPredicate> operands)
                ? operands.stream()
                        .flatMap(operand -> operands(operand).stream())
                        .toList()
                : List.of(predicate);
    }

    private static IcebergScanPlan pruned(
            ScanRequest request,
            TableState table,
            SnapshotFiles numbers,
            List<NestedField> columns,
            List<Conjunct> conjuncts,
            List<PlannedFile> candidates) {
        FilePruner pruner = new FilePruner(table, conjuncts);
        List<FileToRead> kept = new ArrayList<>();
        Set<Conjunct> unproven = Collections.newSetFromMap(new IdentityHashMap<>());
        long bytes = 0;
        long bytesSkipped = 0;
        long rows = 0;
        for (PlannedFile candidate : candidates) {
            DataFile file = candidate.file();
            if (pruner.mayMatch(file)) {
                FileToRead left = new FileToRead(candidate, pruner.unproven(file));
                kept.add(left);
                unproven.addAll(left.unproven());
                bytes += file.fileSizeInBytes();
                rows += file.recordCount();
            } else {
                bytesSkipped += file.fileSizeInBytes();
            }
        }
        ScanEstimate estimate =
                new ScanEstimate(kept.size(), (long) candidates.size() - kept.size(), bytes, bytesSkipped, rows);
        return new IcebergScanPlan(
                request, residual(conjuncts, unproven), estimate, table, numbers, columns, conjuncts, kept);
    }

    /** What neither the metadata prove nor the reader checks exactly. */
    private static ScanPredicate residual(List<Conjunct> conjuncts, Set<Conjunct> unproven) {
        ScanPredicate residual = ScanPredicate.TRUE;
        for (Conjunct conjunct : conjuncts) {
            if (conjunct.source().isPresent()
                    && unproven.contains(conjunct)
                    && !Condition.isExact(conjunct.condition())) {
                residual = ScanPredicate.and(residual, conjunct.source().get());
            }
        }
        return residual;
    }

    /** Plans to read rows by their references. */
    public FetchPlan planFetch(TableColumns columns, TableSnapshot snapshot, Pin pin, List<String> wanted) {
        TableState table = columns.table();
        Condition checked = switch (pin) {
            case Pin.All all -> Condition.ALWAYS;
            case Pin.Public everyone -> Condition.ALWAYS;
            case Pin.Tenant tenant ->
                new Conditions(columns::field)
                        .of(tenant)
                        .filter(Condition::isExact)
                        .orElseThrow(() -> QueryException.of(
                                QueryErrorCode.INTERNAL,
                                "Rows of table '" + table.name() + "' cannot be fetched by reference: the"
                                        + " expression that names their tenant is more than a column."));
        };
        SnapshotPlan known = plans.of(table, snapshot);
        return new FetchPlan(
                table,
                known.isTooLarge() ? plans.numbersOf(table, snapshot) : known,
                wanted.stream().map(columns::readable).toList(),
                checked);
    }
}
