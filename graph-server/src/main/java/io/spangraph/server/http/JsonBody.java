package io.spangraph.server.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.http.Context;
import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads the JSON object of a request: of a bounded length, of the right content type, and with errors that say where. */
final class JsonBody {
    static final String JSON = "application/json";

    /** Of a body that is too long this much is read and thrown away, so that the client gets to see the refusal. */
    private static final long DRAINED_BYTES = 64L << 20;

    private static final int MOST_NESTING = 500;

    private final int maxBytes;
    private final ObjectMapper mapper;

    JsonBody(int maxBytes) {
        this.maxBytes = maxBytes;
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxStringLength(maxBytes)
                        .maxNestingDepth(MOST_NESTING)
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .build();
        this.mapper = new ObjectMapper(factory)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(JsonParser.Feature.AUTO_CLOSE_SOURCE);
    }

    /** The body as an object, if its content type is one of these. */
    JsonNode read(Context context, List<String> contentTypes) {
        String type = Optional.ofNullable(context.contentType()).orElse("");
        String bare = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        byte[] body = bytes(context);
        if (!contentTypes.contains(bare)) {
            throw QueryException.of(
                    QueryErrorCode.REQUEST_INVALID,
                    "Invalid content type '" + bare + "'; expected '" + String.join("' or '", contentTypes) + "'.");
        }
        return parse(body);
    }

    /** The body as an object; an empty one stands for an object without members. */
    JsonNode readOptional(Context context, List<String> contentTypes) {
        return context.req().getContentLengthLong() == 0 ? mapper.createObjectNode() : read(context, contentTypes);
    }

    private JsonNode parse(byte[] body) {
        try {
            JsonNode node = mapper.readTree(body);
            if (node != null && node.isObject()) {
                return node;
            }
            throw QueryException.of(QueryErrorCode.REQUEST_INVALID, "Invalid request: the body must be a JSON object.");
        } catch (JsonProcessingException e) {
            String where = e.getLocation() == null
                    ? ""
                    : " at line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr();
            throw QueryException.of(
                            QueryErrorCode.REQUEST_INVALID, "Invalid JSON" + where + ": " + e.getOriginalMessage())
                    .causedBy(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] bytes(Context context) {
        try {
            InputStream input = context.req().getInputStream();
            byte[] body = context.req().getContentLengthLong() > maxBytes
                    ? new byte[maxBytes + 1]
                    : input.readNBytes(maxBytes + 1);
            if (body.length > maxBytes) {
                drain(input);
                throw QueryException.of(
                                QueryErrorCode.REQUEST_TOO_LARGE, "The request is larger than " + maxBytes + " bytes.")
                        .withHint("Send less, or raise limits.request-bytes.");
            }
            return body;
        } catch (IOException e) {
            throw QueryException.of(QueryErrorCode.REQUEST_INVALID, "Invalid request: the body could not be read.")
                    .causedBy(e);
        }
    }

    private static void drain(InputStream input) throws IOException {
        byte[] sink = new byte[1 << 16];
        long left = DRAINED_BYTES;
        int read = input.read(sink);
        while (read >= 0 && left > 0) {
            left -= read;
            read = input.read(sink);
        }
    }

    /** A text member that must be there. */
    static String text(JsonNode body, String... names) {
        JsonNode member = Arrays.stream(names)
                .map(body::path)
                .filter(node -> !node.isMissingNode())
                .findFirst()
                .orElseThrow(() -> QueryException.of(
                        QueryErrorCode.REQUEST_INVALID, "Invalid request: the member '" + names[0] + "' is missing."));
        if (!member.isTextual()) {
            throw QueryException.of(
                    QueryErrorCode.REQUEST_INVALID, "Invalid request: '" + names[0] + "' must be a string.");
        }
        return member.textValue();
    }

    /** A true-or-false member; false when it is missing. */
    static boolean flag(JsonNode body, String name) {
        JsonNode member = body.path(name);
        if (!member.isMissingNode() && !member.isBoolean() && !member.isNull()) {
            throw QueryException.of(
                    QueryErrorCode.REQUEST_INVALID, "Invalid request: '" + name + "' must be true or false.");
        }
        return member.booleanValue();
    }
}
