package io.spangraph.engine.exec.mapping;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.spangraph.model.schema.MappingExpression;
import io.spangraph.model.schema.MappingExpression.Constant;
import io.spangraph.model.value.Value;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path like {@code $.usage.items[0]['odd name']} and the value that it leads to in a JSON text. The text is read as a
 * stream and to its end: what is not JSON as a whole, or nested too deep, has no values.
 */
record JsonPath(List<Step> steps) {
    /** Longest text that is read; no lake holds longer ones, and a longer one would only keep the query busy. */
    static final int MAX_TEXT_LENGTH = 64 << 20;

    /** Deepest nesting of objects and arrays that is read. */
    static final int MAX_DEPTH = 500;

    private static final int MAX_NUMBER_LENGTH = 1000;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            // The names in payloads are anybody's; they must not fill tables that live as long as the process.
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_NUMBER_LENGTH)
                    .maxStringLength(MAX_TEXT_LENGTH)
                    .maxNameLength(MAX_TEXT_LENGTH)
                    .build())
            .build();
    private static final Pattern STEP =
            Pattern.compile("\\.(?<name>[\\p{L}_][\\p{L}\\p{N}_-]*)|\\['(?<quoted>[^']+)']|\\[(?<index>[0-9]{1,9})]");

    /** One step down. */
    sealed interface Step {
        record Name(String name) implements Step {}

        record Index(int index) implements Step {}
    }

    JsonPath {
        steps = List.copyOf(steps);
    }

    /** The path of a call of {@code json}, which is checked when a mapping is loaded. */
    static JsonPath parse(MappingExpression path) {
        if (path instanceof Constant(Value value)
                && value instanceof Value.StringValue(String text)
                && text.startsWith("$")) {
            return parse(text);
        }
        throw new IllegalArgumentException("the path of json() must be a constant text that starts with $");
    }

    static JsonPath parse(String text) {
        List<Step> steps = new ArrayList<>();
        Matcher matcher = STEP.matcher(text);
        int end = 1;
        while (matcher.find(end) && matcher.start() == end) {
            if (matcher.group("index") != null) {
                steps.add(new Step.Index(Integer.parseInt(matcher.group("index"))));
            } else {
                boolean quoted = matcher.group("quoted") != null;
                steps.add(new Step.Name(matcher.group(quoted ? "quoted" : "name")));
            }
            end = matcher.end();
        }
        if (end != text.length()) {
            throw new IllegalArgumentException("'" + text + "' is no JSON path from position " + (end + 1));
        }
        return new JsonPath(steps);
    }

    /** The value at the path: a number, text or truth value; objects and arrays as compact JSON text. Else null. */
    Value read(Value json) {
        if (!(json instanceof Value.StringValue(String text)) || text.length() > MAX_TEXT_LENGTH) {
            return Value.NULL;
        }
        try (JsonParser parser = FACTORY.createParser(text)) {
            if (parser.nextToken() == null) {
                return Value.NULL;
            }
            Optional<Value> found = find(parser, 0);
            return parser.nextToken() == null ? found.orElse(Value.NULL) : Value.NULL;
        } catch (IOException notJson) {
            return Value.NULL;
        }
    }

    /** Reads the value at whose first token the parser stands, to its last one. Of equal names the first counts. */
    private Optional<Value> find(JsonParser parser, int depth) throws IOException {
        if (depth == steps.size()) {
            return Optional.of(value(parser));
        }
        Optional<Value> found = Optional.empty();
        if (parser.currentToken() == JsonToken.START_OBJECT && steps.get(depth) instanceof Step.Name(String wanted)) {
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                boolean leadsOn = found.isEmpty() && wanted.equals(parser.currentName());
                parser.nextToken();
                found = leadsOn ? find(parser, depth + 1) : skip(parser, found);
            }
        } else if (parser.currentToken() == JsonToken.START_ARRAY
                && steps.get(depth) instanceof Step.Index(int wanted)) {
            for (int index = 0; parser.nextToken() != JsonToken.END_ARRAY; index++) {
                found = index == wanted ? find(parser, depth + 1) : skip(parser, found);
            }
        } else {
            parser.skipChildren();
        }
        return found;
    }

    private static Optional<Value> skip(JsonParser parser, Optional<Value> found) throws IOException {
        parser.skipChildren();
        return found;
    }

    private static Value value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> Value.of(parser.getText());
            case VALUE_TRUE -> Value.TRUE;
            case VALUE_FALSE -> Value.FALSE;
            case VALUE_NUMBER_INT -> integer(parser);
            case VALUE_NUMBER_FLOAT -> floating(parser);
            case START_OBJECT, START_ARRAY -> Value.of(compact(parser));
            case VALUE_NULL, VALUE_EMBEDDED_OBJECT, FIELD_NAME, END_OBJECT, END_ARRAY, NOT_AVAILABLE -> Value.NULL;
        };
    }

    private static Value integer(JsonParser parser) throws IOException {
        return switch (parser.getNumberType()) {
            case INT, LONG -> Value.of(parser.getLongValue());
            case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL -> floating(parser);
        };
    }

    private static Value floating(JsonParser parser) throws IOException {
        double number = Double.parseDouble(parser.getText());
        return Double.isFinite(number) ? Value.of(number) : Value.NULL;
    }

    /** The object or array without white space; numbers stay as they were written. */
    private static String compact(JsonParser parser) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(text)) {
            int open = 0;
            do {
                JsonToken token = parser.currentToken();
                open += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                if (token.isNumeric()) {
                    generator.writeNumber(parser.getText());
                } else {
                    generator.copyCurrentEvent(parser);
                }
            } while (open > 0 && parser.nextToken() != null);
        }
        return text.toString();
    }
}
