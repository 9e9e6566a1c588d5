package io.spangraph.engine.procedure;

import io.spangraph.engine.procedure.Procedure.Column;
import io.spangraph.engine.procedure.Procedure.Reads;
import io.spangraph.model.value.Value;
import java.util.List;
import java.util.stream.Stream;

/** {@code SHOW DATABASES}: the graph, and the database that clients connect to for commands. */
final class ShowDatabases {
    /** Under this name clients address the graph that they take for the default. */
    private static final String ALIAS = "neo4j";

    private static final String SYSTEM = "system";

    private ShowDatabases() {}

    static Procedure command() {
        return new Procedure(
                "SHOW DATABASES",
                "The graph under its name, and 'system', which only answers commands and procedures.",
                List.of(
                        ShowCommands.optional("kind", ValueType.STRING, "'default' or 'home': the graph alone."),
                        ShowCommands.optional("name", ValueType.STRING, "The only database wanted.")),
                columns(),
                Reads.NO_ROWS,
                ShowDatabases::rows);
    }

    private static List<Column> columns() {
        return List.of(
                Column.of("name", ValueType.STRING, "The name."),
                Column.of("type", ValueType.STRING, "'standard' or 'system'."),
                Column.of("aliases", ValueType.STRINGS, "Other names."),
                Column.of("access", ValueType.STRING, "Always 'read-only'."),
                Column.of("address", ValueType.STRING, "Where Bolt clients reach it; null without such a door."),
                Column.of("role", ValueType.STRING, "Always 'primary'."),
                Column.of("writer", ValueType.BOOLEAN, "Always false."),
                Column.of("requestedStatus", ValueType.STRING, "Always 'online'."),
                Column.of("currentStatus", ValueType.STRING, "Always 'online'."),
                Column.of("statusMessage", ValueType.STRING, "Always empty."),
                Column.of("default", ValueType.BOOLEAN, "Whether clients get it without naming one."),
                Column.of("home", ValueType.BOOLEAN, "Whether it is the user's own default."),
                Column.of("constituents", ValueType.STRINGS, "Always empty."),
                Column.onDemand("databaseID", ValueType.STRING, "The name."),
                Column.onDemand("serverID", ValueType.STRING, "The server's name."),
                Column.onDemand("error", ValueType.STRING, "Always empty."),
                Column.onDemand("defaultLanguage", ValueType.STRING, "Always 'CYPHER 25'."),
                Column.onDemand("creationTime", ValueType.STRING, "Null: not known."),
                Column.onDemand("lastStartTime", ValueType.STRING, "Null: not known."),
                Column.onDemand("store", ValueType.STRING, "Always 'iceberg'."),
                Column.onDemand("options", ValueType.MAP, "Always empty."));
    }

    private static Stream<List<Value>> rows(List<Value> arguments, ProcedureContext context) {
        String graph = context.schema().name();
        boolean graphAlone = !arguments.get(0).isNull();
        return Stream.of(row(graph, true, context), row(SYSTEM, false, context))
                .filter(row -> !graphAlone || row.getFirst().equals(Value.of(graph)))
                .filter(row -> isNamed(row, arguments.get(1), graph));
    }

    private static boolean isNamed(List<Value> row, Value wanted, String graph) {
        if (!(wanted instanceof Value.StringValue(String name))) {
            return true;
        }
        String meant = name.equalsIgnoreCase(ALIAS) ? graph : name;
        return row.getFirst() instanceof Value.StringValue(String known) && known.equalsIgnoreCase(meant);
    }

    private static List<Value> row(String name, boolean isGraph, ProcedureContext context) {
        boolean aliased = isGraph && !name.equals(ALIAS);
        return List.of(
                Value.of(name),
                Value.of(isGraph ? "standard" : SYSTEM),
                Facts.texts(aliased ? List.of(ALIAS) : List.of()),
                Value.of("read-only"),
                Facts.text(context.server().address().get()),
                Value.of("primary"),
                Value.FALSE,
                Value.of("online"),
                Value.of("online"),
                Value.of(""),
                Value.of(isGraph),
                Value.of(isGraph),
                Facts.NO_TEXTS,
                Value.of(name),
                Value.of(context.server().name()),
                Value.of(""),
                Value.of("CYPHER 25"),
                Value.NULL,
                Value.NULL,
                Value.of("iceberg"),
                Facts.EMPTY_MAP);
    }
}
