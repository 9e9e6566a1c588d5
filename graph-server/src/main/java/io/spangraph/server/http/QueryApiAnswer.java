package io.spangraph.server.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.plan.Notification;
import io.spangraph.engine.plan.QueryPlan;
import io.spangraph.engine.run.Receipt;
import io.spangraph.model.value.Value;
import io.spangraph.server.query.Bookmark;
import io.spangraph.server.query.RunningQuery;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The document of the Neo4j Query API, with the receipt as a member of its own. */
final class QueryApiAnswer extends StreamedAnswer {
    private static final List<String> COUNTERS = List.of(
            "nodesCreated",
            "nodesDeleted",
            "propertiesSet",
            "relationshipsCreated",
            "relationshipsDeleted",
            "labelsAdded",
            "labelsRemoved",
            "indexesAdded",
            "indexesRemoved",
            "constraintsAdded",
            "constraintsRemoved",
            "systemUpdates");

    private final ValueWriter values;
    private final boolean includeCounters;
    private final boolean operator;
    private final Optional<TransactionInfo> transaction;

    QueryApiAnswer(
            JsonResponse response,
            ClientConnection connection,
            ValueWriter values,
            boolean includeCounters,
            boolean operator,
            Optional<TransactionInfo> transaction) {
        super(response, connection, 202);
        this.values = values;
        this.includeCounters = includeCounters;
        this.operator = operator;
        this.transaction = transaction;
    }

    @Override
    void writeStart(JsonGenerator json, RunningQuery query) throws IOException {
        json.writeStartObject();
        json.writeObjectFieldStart("data");
        json.writeArrayFieldStart("fields");
        for (String column : query.columns()) {
            json.writeString(column);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("values");
    }

    @Override
    void writeRow(JsonGenerator json, RunningQuery query) throws IOException {
        json.writeStartArray();
        for (Value value : query.row()) {
            values.write(json, value);
        }
        json.writeEndArray();
    }

    @Override
    void writeEnd(JsonGenerator json, RunningQuery query) throws IOException {
        json.writeEndArray();
        json.writeEndObject();
        writeNotifications(json, query.notifications());
        if (includeCounters) {
            writeCounters(json);
        }
        if (query.plan().isPresent()) {
            json.writeFieldName(query.mode() == QueryPlan.Mode.PROFILE ? "profiledQueryPlan" : "queryPlan");
            PlanWriter.write(json, query.plan().get());
        }
        Receipt receipt = query.receipt();
        BookmarkWriter.write(json, Bookmark.of(receipt.snapshots()));
        if (transaction.isPresent()) {
            transaction.get().write(json);
        }
        json.writeFieldName("receipt");
        ReceiptWriter.write(json, receipt, operator);
        json.writeEndObject();
    }

    /** Left out when there are none, as clients expect. */
    private static void writeNotifications(JsonGenerator json, List<Notification> notifications) throws IOException {
        if (notifications.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("notifications");
        for (Notification notification : notifications) {
            json.writeStartObject();
            json.writeStringField("code", notification.code());
            json.writeStringField("title", notification.title());
            json.writeStringField("description", notification.description());
            if (notification.position().isPresent()) {
                json.writeObjectFieldStart("position");
                json.writeNumberField("offset", notification.position().get().offset());
                json.writeNumberField("line", notification.position().get().line());
                json.writeNumberField("column", notification.position().get().column());
                json.writeEndObject();
            }
            json.writeStringField("severity", notification.severity().name());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** All zero: nothing can be written here. */
    private static void writeCounters(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("counters");
        json.writeBooleanField("containsUpdates", false);
        for (String counter : COUNTERS) {
            json.writeNumberField(counter, 0);
        }
        json.writeBooleanField("containsSystemUpdates", false);
        json.writeEndObject();
    }

    /** The rows so far are closed off and the error follows them, as the Query API has it. */
    @Override
    boolean writeLateError(JsonGenerator json, QueryException failure) throws IOException {
        while (!json.getOutputContext().getParent().inRoot()) {
            if (json.getOutputContext().inArray()) {
                json.writeEndArray();
            } else {
                json.writeEndObject();
            }
        }
        ErrorForm.writeMember(json, failure);
        json.writeEndObject();
        return true;
    }
}
