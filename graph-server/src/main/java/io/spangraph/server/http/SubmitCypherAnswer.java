package io.spangraph.server.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.explain.PlanDescriptionPrinter;
import io.spangraph.engine.plan.QueryPlan;
import io.spangraph.model.value.Value;
import io.spangraph.server.query.RunningQuery;
import java.io.IOException;
import java.util.List;

/** The list of {@code {Values, Keys}} that PuppyGraph answers, or with {@code stats} that list and the receipt. */
final class SubmitCypherAnswer extends StreamedAnswer {
    private final ValueWriter values;
    private final boolean stats;
    private final boolean operator;

    SubmitCypherAnswer(
            JsonResponse response, ClientConnection connection, ValueWriter values, boolean stats, boolean operator) {
        super(response, connection, 200);
        this.values = values;
        this.stats = stats;
        this.operator = operator;
    }

    @Override
    void writeStart(JsonGenerator json, RunningQuery query) throws IOException {
        if (stats) {
            json.writeStartObject();
            json.writeFieldName("rows");
        }
        json.writeStartArray();
        if (isExplained(query)) {
            writeExplanation(json, query);
        }
    }

    private static boolean isExplained(RunningQuery query) {
        return query.mode() == QueryPlan.Mode.EXPLAIN || query.mode() == QueryPlan.Mode.EXPLAIN_VERBOSE;
    }

    /** The list has a place for rows only, so that each line of the plan is one. */
    private static void writeExplanation(JsonGenerator json, RunningQuery query) throws IOException {
        List<String> lines = query.plan()
                .map(plan -> PlanDescriptionPrinter.print(plan).lines().toList())
                .orElse(List.of());
        for (String line : lines) {
            json.writeStartObject();
            json.writeArrayFieldStart("Values");
            json.writeString(line);
            json.writeEndArray();
            json.writeArrayFieldStart("Keys");
            json.writeString("plan");
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    @Override
    void writeRow(JsonGenerator json, RunningQuery query) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("Values");
        for (Value value : query.row()) {
            values.write(json, value);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("Keys");
        for (String column : query.columns()) {
            json.writeString(column);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    @Override
    void writeEnd(JsonGenerator json, RunningQuery query) throws IOException {
        json.writeEndArray();
        if (!stats) {
            return;
        }
        json.writeFieldName("receipt");
        ReceiptWriter.write(json, query.receipt(), operator);
        if (query.plan().isPresent()) {
            json.writeFieldName("plan");
            PlanWriter.write(json, query.plan().get());
        }
        json.writeEndObject();
    }

    /** A list of rows has no place for an error, and its clients would take a shorter list for all there is. */
    @Override
    boolean writeLateError(JsonGenerator json, QueryException failure) {
        return false;
    }
}
