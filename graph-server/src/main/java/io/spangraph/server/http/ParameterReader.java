package io.spangraph.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.model.value.Value;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads parameters from JSON: plain values, and the typed form {@code {"$type": .., "_value": ..}} of the Query API for
 * what JSON has no literal for.
 */
final class ParameterReader {
    private static final String TYPE = "$type";
    private static final String VALUE = "_value";

    private ParameterReader() {}

    /** The parameters of a request; none when the member is missing. */
    static Map<String, Value> read(JsonNode parameters) {
        if (parameters.isMissingNode() || parameters.isNull()) {
            return Map.of();
        }
        if (!parameters.isObject()) {
            throw QueryException.of(
                    QueryErrorCode.REQUEST_INVALID,
                    "Invalid request: 'parameters' must be an object of values by name.");
        }
        Map<String, Value> values = new LinkedHashMap<>();
        parameters.properties().forEach(entry -> values.put(entry.getKey(), value(entry.getKey(), entry.getValue())));
        return values;
    }

    private static Value value(String parameter, JsonNode node) {
        return switch (node.getNodeType()) {
            case NULL, MISSING -> Value.NULL;
            case BOOLEAN -> Value.of(node.booleanValue());
            case STRING -> Value.of(node.textValue());
            case NUMBER -> number(parameter, node);
            case ARRAY -> list(parameter, node);
            case OBJECT -> isTyped(node) ? typed(parameter, node) : map(parameter, node);
            case BINARY, POJO -> throw new IllegalStateException("JSON text has no " + node.getNodeType());
        };
    }

    private static Value number(String parameter, JsonNode node) {
        if (!node.isIntegralNumber()) {
            return Value.of(node.doubleValue());
        }
        if (!node.canConvertToLong()) {
            throw invalid(parameter, "the integer " + node.asText() + " does not fit 64 bits");
        }
        return Value.of(node.longValue());
    }

    private static Value list(String parameter, JsonNode node) {
        List<Value> elements = new ArrayList<>(node.size());
        node.forEach(element -> elements.add(value(parameter, element)));
        return Value.of(elements);
    }

    private static Value map(String parameter, JsonNode node) {
        Map<String, Value> entries = new LinkedHashMap<>();
        node.properties().forEach(entry -> entries.put(entry.getKey(), value(parameter, entry.getValue())));
        return new Value.MapValue(entries);
    }

    private static boolean isTyped(JsonNode node) {
        return node.size() == 2 && node.path(TYPE).isTextual() && node.has(VALUE);
    }

    private static Value typed(String parameter, JsonNode node) {
        String type = node.path(TYPE).textValue();
        JsonNode content = node.path(VALUE);
        try {
            return switch (type) {
                case "Null" -> Value.NULL;
                case "Boolean" -> Value.of(content.asBoolean());
                case "List" -> list(parameter, content);
                case "Map" -> map(parameter, content);
                case "Base64" -> new Value.BytesValue(content.binaryValue());
                default -> scalar(parameter, type, content.asText());
            };
        } catch (DateTimeException | IllegalArgumentException | java.io.IOException e) {
            throw invalid(parameter, "'" + content.asText() + "' is no " + type);
        }
    }

    private static Value scalar(String parameter, String type, String text) {
        return switch (type) {
            case "Integer" -> Value.of(Long.parseLong(text));
            case "Float" -> Value.of(Double.parseDouble(text));
            case "String" -> Value.of(text);
            case "Date" -> new Value.DateValue(LocalDate.parse(text));
            case "Time" -> new Value.TimeValue(OffsetTime.parse(text));
            case "LocalTime" -> new Value.LocalTimeValue(LocalTime.parse(text));
            case "LocalDateTime" -> new Value.LocalDateTimeValue(LocalDateTime.parse(text));
            case "OffsetDateTime", "ZonedDateTime" -> new Value.DateTimeValue(ZonedDateTime.parse(text));
            case "Duration" -> duration(text);
            default -> throw invalid(parameter, "values of type '" + type + "' cannot be sent");
        };
    }

    /** Java splits what Cypher keeps together: months and days, and the time within a day. */
    private static Value duration(String text) {
        int time = text.indexOf('T');
        String calendar = time < 0 ? text : text.substring(0, time);
        Period period = calendar.equals("P") ? Period.ZERO : Period.parse(calendar);
        Duration clock = time < 0 ? Duration.ZERO : Duration.parse("P" + text.substring(time));
        return new Value.DurationValue(period.toTotalMonths(), period.getDays(), clock.getSeconds(), clock.getNano());
    }

    private static QueryException invalid(String parameter, String what) {
        return QueryException.of(
                QueryErrorCode.ARGUMENT_ERROR, "Invalid value of parameter '" + parameter + "': " + what + ".");
    }
}
