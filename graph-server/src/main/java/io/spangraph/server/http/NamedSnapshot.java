package io.spangraph.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import io.spangraph.engine.spi.SnapshotSelector;
import io.spangraph.server.query.SnapshotText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The state of the tables that a request wants to read: by the body's {@code snapshot}, {@code asOf} or {@code ref}, or by
 * a header, for clients that cannot add fields to the body.
 */
final class NamedSnapshot {
    static final String HEADER = "X-Spangraph-Snapshot";

    private static final String SNAPSHOT = "snapshot";
    private static final String AS_OF = "asOf";
    private static final String REF = "ref";

    private NamedSnapshot() {}

    static SnapshotSelector of(Context context, JsonNode body) {
        List<SnapshotSelector> named = new ArrayList<>();
        Collections.list(context.req().getHeaders(HEADER)).forEach(text -> named.add(SnapshotText.read(text.strip())));
        field(body, SNAPSHOT).ifPresent(node -> named.add(snapshot(node)));
        field(body, AS_OF)
                .ifPresent(node -> named.add(text(node, AS_OF, SnapshotText::readMoment, SnapshotText::invalidMoment)));
        field(body, REF).ifPresent(node -> named.add(text(node, REF, SnapshotText::readRef, SnapshotText::invalidRef)));
        return SnapshotText.one(named);
    }

    private static Optional<JsonNode> field(JsonNode body, String name) {
        return Optional.of(body.path(name)).filter(node -> !node.isMissingNode() && !node.isNull());
    }

    /** A snapshot id, a moment, or the name of a tag or branch. */
    private static SnapshotSelector snapshot(JsonNode node) {
        if (node.isIntegralNumber() && node.canConvertToLong()) {
            return new SnapshotSelector.SnapshotId(node.longValue());
        }
        if (!node.isTextual()) {
            throw SnapshotText.invalid();
        }
        return SnapshotText.read(node.textValue());
    }

    private static SnapshotSelector text(
            JsonNode node,
            String key,
            BiFunction<String, String, SnapshotSelector> read,
            Function<String, RuntimeException> invalid) {
        if (!node.isTextual()) {
            throw invalid.apply(key);
        }
        return read.apply(key, node.textValue());
    }
}
