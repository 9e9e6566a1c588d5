package io.spangraph.server.bolt.session;

import io.spangraph.engine.run.Receipt;
import io.spangraph.engine.spi.ScanMonitor.ScanCounts;
import io.spangraph.model.value.Value;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The receipt of an answer, with the same names as in the JSON of the HTTP doors. What was skipped is for operators: it
 * would tell a tenant how much of the lake belongs to others.
 */
final class ReceiptForm {
    private ReceiptForm() {}

    static Value of(Receipt receipt, boolean operator) {
        ScanCounts counts = receipt.counts();
        Map<String, Value> snapshots = new LinkedHashMap<>();
        receipt.snapshots().forEach((table, id) -> snapshots.put(table, Value.of(id)));
        Map<String, Value> entries = new LinkedHashMap<>();
        entries.put("snapshots", new Value.MapValue(snapshots));
        entries.put("files", counts(counts.filesRead(), counts.filesSkipped(), operator));
        entries.put("row_groups", counts(counts.rowGroupsRead(), counts.rowGroupsSkipped(), operator));
        entries.put("bytes", counts(counts.bytesRead(), counts.bytesSkipped(), operator));
        entries.put("rows", Value.of(receipt.rows()));
        entries.put("ms", Value.of(receipt.millis()));
        entries.put("from_metadata", Value.of(receipt.fromMetadata()));
        return new Value.MapValue(entries);
    }

    private static Value counts(long read, long skipped, boolean operator) {
        Map<String, Value> entries = new LinkedHashMap<>();
        entries.put("read", Value.of(read));
        if (operator) {
            entries.put("skipped", Value.of(skipped));
        }
        return new Value.MapValue(entries);
    }
}
