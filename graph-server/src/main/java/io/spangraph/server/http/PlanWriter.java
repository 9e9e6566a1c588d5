package io.spangraph.server.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.spangraph.engine.explain.PlanDescription;
import io.spangraph.engine.explain.PlanDescription.Profile;
import io.spangraph.engine.explain.PlanDescriptionPrinter;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Plans in the JSON that the Query API's clients draw. */
final class PlanWriter {
    private PlanWriter() {}

    static void write(JsonGenerator json, PlanDescription plan) throws IOException {
        write(json, plan, Optional.of(PlanDescriptionPrinter.print(plan)));
    }

    private static void write(JsonGenerator json, PlanDescription plan, Optional<String> text) throws IOException {
        json.writeStartObject();
        if (plan.profile().isPresent()) {
            writeProfile(json, plan.profile().get());
        }
        json.writeStringField("operatorType", plan.operator());
        json.writeFieldName("identifiers");
        json.writeStartArray();
        for (String variable : plan.variables()) {
            json.writeString(variable);
        }
        json.writeEndArray();
        writeArguments(json, plan, text);
        json.writeFieldName("children");
        json.writeStartArray();
        for (PlanDescription child : plan.children()) {
            write(json, child, Optional.empty());
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** Members that describe a page cache and its hits have no meaning here, but clients ask for them. */
    private static void writeProfile(JsonGenerator json, Profile profile) throws IOException {
        json.writeNumberField("dbHits", 0);
        json.writeNumberField("records", profile.rows());
        json.writeBooleanField("hasPageCacheStats", false);
        json.writeNumberField("pageCacheHits", 0);
        json.writeNumberField("pageCacheMisses", 0);
        json.writeNumberField("pageCacheHitRatio", 0.0);
        json.writeNumberField("time", profile.nanos());
    }

    private static void writeArguments(JsonGenerator json, PlanDescription plan, Optional<String> text)
            throws IOException {
        json.writeObjectFieldStart("arguments");
        if (text.isPresent()) {
            json.writeStringField("string-representation", text.get());
        }
        json.writeStringField("Details", plan.details());
        for (Map.Entry<String, Object> argument : plan.arguments().entrySet()) {
            json.writeObjectField(argument.getKey(), argument.getValue());
        }
        if (plan.profile().isPresent()) {
            Profile profile = plan.profile().get();
            json.writeNumberField("Batches", profile.batches());
            json.writeNumberField("BytesRead", profile.bytesRead());
            json.writeNumberField("FilesRead", profile.filesRead());
        }
        json.writeEndObject();
    }
}
