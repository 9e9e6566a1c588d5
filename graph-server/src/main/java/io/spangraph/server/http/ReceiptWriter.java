package io.spangraph.server.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.spangraph.engine.run.Receipt;
import io.spangraph.engine.spi.ScanMonitor.ScanCounts;
import java.io.IOException;
import java.util.Map;

/**
 * The receipt of an answer in JSON, one form for every door. What was skipped is for operators: it would tell a tenant
 * how much of the lake belongs to others.
 */
final class ReceiptWriter {
    private ReceiptWriter() {}

    static void write(JsonGenerator json, Receipt receipt, boolean operator) throws IOException {
        ScanCounts counts = receipt.counts();
        json.writeStartObject();
        json.writeObjectFieldStart("snapshots");
        for (Map.Entry<String, Long> snapshot : receipt.snapshots().entrySet()) {
            json.writeNumberField(snapshot.getKey(), snapshot.getValue());
        }
        json.writeEndObject();
        writeCounts(json, "files", counts.filesRead(), counts.filesSkipped(), operator);
        writeCounts(json, "row_groups", counts.rowGroupsRead(), counts.rowGroupsSkipped(), operator);
        writeCounts(json, "bytes", counts.bytesRead(), counts.bytesSkipped(), operator);
        json.writeNumberField("rows", receipt.rows());
        json.writeNumberField("ms", receipt.millis());
        json.writeBooleanField("from_metadata", receipt.fromMetadata());
        json.writeEndObject();
    }

    private static void writeCounts(JsonGenerator json, String name, long read, long skipped, boolean operator)
            throws IOException {
        json.writeObjectFieldStart(name);
        json.writeNumberField("read", read);
        if (operator) {
            json.writeNumberField("skipped", skipped);
        }
        json.writeEndObject();
    }
}
