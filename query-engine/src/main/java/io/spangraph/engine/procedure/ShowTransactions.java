package io.spangraph.engine.procedure;

import io.spangraph.engine.procedure.Procedure.Column;
import io.spangraph.engine.procedure.Procedure.Reads;
import io.spangraph.engine.procedure.ServerFacts.QueryFact;
import io.spangraph.model.value.Value;
import java.util.List;

/** {@code SHOW TRANSACTIONS}: the running queries that the reader may see. */
final class ShowTransactions {
    private ShowTransactions() {}

    static Procedure command() {
        return new Procedure(
                "SHOW TRANSACTIONS",
                "The own running queries; for an operator those of all users, within its tenant if it has one.",
                List.of(ShowCommands.optional("names", ValueType.ANY, "An id, or a list of ids.")),
                List.of(
                        Column.of("database", ValueType.STRING, "The graph."),
                        Column.of("transactionId", ValueType.STRING, "The query's id."),
                        Column.of("currentQueryId", ValueType.STRING, "The query's id."),
                        Column.of("connectionId", ValueType.STRING, "Null: not shown."),
                        Column.of("clientAddress", ValueType.STRING, "Null: not shown."),
                        Column.of("username", ValueType.STRING, "Who asks."),
                        Column.of("currentQuery", ValueType.STRING, "The text."),
                        Column.of("startTime", ValueType.STRING, "When it started."),
                        Column.of("status", ValueType.STRING, "'Running' or 'Terminated'."),
                        Column.of("elapsedTime", ValueType.DURATION, "Since then."),
                        Column.onDemand("metaData", ValueType.MAP, "Always empty."),
                        Column.onDemand("parameters", ValueType.MAP, "Always empty: values are not shown."),
                        Column.onDemand("currentQueryStartTime", ValueType.STRING, "When it started."),
                        Column.onDemand("currentQueryStatus", ValueType.STRING, "'running' or 'terminated'."),
                        Column.onDemand("currentQueryElapsedTime", ValueType.DURATION, "Since then.")),
                Reads.NO_ROWS,
                (arguments, context) -> context.server().queries().apply(context.principal()).stream()
                        .filter(query -> ShowSettings.isNamed(query.id(), arguments.getFirst()))
                        .map(query -> row(query, context)));
    }

    private static List<Value> row(QueryFact query, ProcedureContext context) {
        Value started = Value.of(query.started().toString());
        Value elapsed =
                new Value.DurationValue(0, 0, query.millis() / 1_000, (int) (query.millis() % 1_000) * 1_000_000);
        return List.of(
                Value.of(context.schema().name()),
                Value.of(query.id()),
                Value.of(query.id()),
                Value.NULL,
                Value.NULL,
                Value.of(query.user()),
                Value.of(query.text()),
                started,
                Value.of(query.cancelled() ? "Terminated" : "Running"),
                elapsed,
                Facts.EMPTY_MAP,
                Facts.EMPTY_MAP,
                started,
                Value.of(query.cancelled() ? "terminated" : "running"),
                elapsed);
    }
}
