package io.spangraph.server.bolt.session;

import io.spangraph.engine.plan.QueryPlan;
import io.spangraph.engine.run.Receipt;
import io.spangraph.model.value.Value;
import io.spangraph.server.bolt.message.ProtocolVersion;
import io.spangraph.server.bolt.session.Notifications.Completion;
import io.spangraph.server.query.Bookmark;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** The metadata of answers to RUN, PULL and DISCARD. */
final class Summary {
    private final ProtocolVersion version;
    private final String graph;

    Summary(ProtocolVersion version, String graph) {
        this.version = version;
        this.graph = graph;
    }

    /** The answer to RUN. */
    Map<String, Value> begun(OpenResult result, Duration planned, boolean inTransaction) {
        Map<String, Value> metadata = new LinkedHashMap<>();
        metadata.put(
                "fields",
                Value.of(result.query().columns().stream().map(Value::of).toList()));
        metadata.put("t_first", Value.of(planned.toMillis()));
        if (inTransaction) {
            metadata.put("qid", Value.of(result.id()));
        }
        if (version.isAtLeast(ProtocolVersion.V5_8) && result.scope().database().isEmpty()) {
            metadata.put("db", Value.of(graph));
        }
        return metadata;
    }

    /** The end of a result. */
    Map<String, Value> ended(OpenResult result, boolean inTransaction) {
        Map<String, Value> metadata = new LinkedHashMap<>();
        Receipt receipt = result.query().receipt();
        if (!inTransaction) {
            metadata.put("bookmark", Value.of(Bookmark.of(receipt.snapshots())));
        }
        metadata.put("type", Value.of("r"));
        metadata.put("t_last", Value.of(result.age().toMillis()));
        metadata.put("db", Value.of(result.scope().database().orElse(graph)));
        Notifications.put(
                metadata,
                version,
                completion(result),
                result.query().notifications(),
                result.scope().notifications());
        Value told = ReceiptForm.of(receipt, result.scope().principal().isOperator());
        result.query()
                .plan()
                .ifPresent(plan -> metadata.put(planKey(result.query().mode()), PlanForm.of(plan, told)));
        metadata.put("receipt", told);
        return metadata;
    }

    private static String planKey(QueryPlan.Mode mode) {
        return switch (mode) {
            case PROFILE -> "profile";
            case RUN, EXPLAIN, EXPLAIN_VERBOSE -> "plan";
        };
    }

    private static Completion completion(OpenResult result) {
        if (result.isExplained() || result.query().columns().isEmpty()) {
            return Completion.NO_COLUMNS;
        }
        return result.rows() == 0 ? Completion.NO_ROWS : Completion.ROWS;
    }
}
