package io.spangraph.engine.run;

import io.spangraph.engine.physical.PhysicalPlan;
import io.spangraph.engine.physical.PhysicalPlan.FetchColumns;
import io.spangraph.engine.physical.PhysicalPlan.TableScan;
import io.spangraph.engine.run.ScanBinder.PlannedFetch;
import io.spangraph.engine.run.ScanBinder.PlannedScan;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a plan reads, bound to one run, by the objects of the plan: equal scans are read apart. */
final class PlannedReads {
    private final Map<TableScan, PlannedScan> scans = new IdentityHashMap<>();
    private final Map<FetchColumns, PlannedFetch> fetches = new IdentityHashMap<>();
    private final Map<PhysicalPlan, PlannedReads> replacing = Collections.synchronizedMap(new IdentityHashMap<>());

    void put(TableScan scan, PlannedScan planned) {
        scans.put(scan, planned);
    }

    void put(FetchColumns fetch, PlannedFetch planned) {
        fetches.put(fetch, planned);
    }

    boolean contains(TableScan scan) {
        return scans.containsKey(scan);
    }

    Optional<PlannedScan> of(TableScan scan) {
        return Optional.ofNullable(scans.get(scan));
    }

    Optional<PlannedFetch> of(FetchColumns fetch) {
        return Optional.ofNullable(fetches.get(fetch));
    }

    /** Notes what is read by joins that run in place of a scan of scopes; any thread may. */
    void putReplacing(PhysicalPlan joins, PlannedReads reads) {
        replacing.put(joins, reads);
    }

    /** What these joins read, if they run in place of a scan of scopes. */
    Optional<PlannedReads> replacing(PhysicalPlan joins) {
        return Optional.ofNullable(replacing.get(joins));
    }

    Collection<PlannedScan> scans() {
        return scans.values();
    }

    List<PlannedFetch> fetches() {
        return List.copyOf(fetches.values());
    }
}
