package io.spangraph.engine.exec.parallel;

import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.exec.scan.PartReader;
import io.spangraph.engine.exec.scan.PartSource;
import io.spangraph.engine.exec.scan.TableScanOperator.Reading;
import io.spangraph.engine.row.RowLayout;
import java.util.function.Function;

/**
 * A chain of operators above one scan, which holds nothing from one batch to the next, so that each thread can run a copy
 * of it.
 *
 * @param copies makes a copy; safe for use by many threads
 */
public record Pipeline(PartSource scan, RowLayout layout, Function<Reading, Copy> copies) {

    /**
     * A copy for one thread. Closing it leaves the scan to the others.
     *
     * @param top gives the rows
     */
    public record Copy(PartReader scan, Operator top) {}
}
