package io.spangraph.engine.procedure;

import io.spangraph.engine.procedure.Procedure.Argument;
import io.spangraph.engine.procedure.Procedure.Column;
import io.spangraph.engine.procedure.Procedure.Reads;
import io.spangraph.model.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code SHOW PROCEDURES} and {@code dbms.procedures}. Every user may call every procedure. */
final class ShowProcedures {
    private static final Set<String> ABOUT_THE_SERVER = Set.of("db.ping", "db.info");

    private ShowProcedures() {}

    static Procedure command() {
        return new Procedure(
                "SHOW PROCEDURES",
                "The procedures that can be called.",
                List.of(ShowCommands.optional("executableBy", ValueType.STRING, "A user; everyone may call them all.")),
                List.of(
                        Column.of("name", ValueType.STRING, "The name."),
                        Column.of("description", ValueType.STRING, "What it does."),
                        Column.of("mode", ValueType.STRING, "Always 'READ'."),
                        Column.of("worksOnSystem", ValueType.BOOLEAN, "Whether it is about the server."),
                        Column.onDemand("signature", ValueType.STRING, "Arguments and columns with their types."),
                        Column.onDemand("argumentDescription", ValueType.MAPS, "The arguments."),
                        Column.onDemand("returnDescription", ValueType.MAPS, "The columns."),
                        Column.onDemand("admin", ValueType.BOOLEAN, "Always false."),
                        Column.onDemand("rolesExecution", ValueType.STRINGS, "Null: all roles."),
                        Column.onDemand("rolesBoostedExecution", ValueType.STRINGS, "Null: none."),
                        Column.onDemand("isDeprecated", ValueType.BOOLEAN, "Always false."),
                        Column.onDemand("deprecatedBy", ValueType.STRING, "Always null."),
                        Column.onDemand("option", ValueType.MAP, "Always {deprecated: false}.")),
                Reads.NO_ROWS,
                (arguments, context) -> Procedures.all().stream().map(ShowProcedures::row));
    }

    static Procedure procedure() {
        return new Procedure(
                "dbms.procedures",
                "The procedures that can be called.",
                List.of(),
                List.of(
                        Column.of("name", ValueType.STRING, "The name."),
                        Column.of("signature", ValueType.STRING, "Arguments and columns with their types."),
                        Column.of("description", ValueType.STRING, "What it does."),
                        Column.of("mode", ValueType.STRING, "Always 'READ'."),
                        Column.of("worksOnSystem", ValueType.BOOLEAN, "Whether it is about the server.")),
                Reads.NO_ROWS,
                (arguments, context) -> Procedures.all().stream()
                        .map(procedure -> List.of(
                                Value.of(procedure.name()),
                                Value.of(procedure.signature()),
                                Value.of(procedure.description()),
                                Value.of("READ"),
                                Value.of(worksOnSystem(procedure)))));
    }

    private static boolean worksOnSystem(Procedure procedure) {
        return procedure.name().startsWith("dbms.") || ABOUT_THE_SERVER.contains(procedure.name());
    }

    private static List<Value> row(Procedure procedure) {
        return List.of(
                Value.of(procedure.name()),
                Value.of(procedure.description()),
                Value.of("READ"),
                Value.of(worksOnSystem(procedure)),
                Value.of(procedure.signature()),
                Value.of(procedure.arguments().stream()
                        .map(ShowProcedures::argument)
                        .toList()),
                Value.of(
                        procedure.columns().stream().map(ShowProcedures::column).toList()),
                Value.FALSE,
                Value.NULL,
                Value.NULL,
                Value.FALSE,
                Value.NULL,
                Facts.map("deprecated", Value.FALSE));
    }

    private static Value argument(Argument argument) {
        Map<String, Value> described =
                described(argument.name(), argument.type().spelling(), argument.description());
        argument.defaultValue()
                .ifPresent(value -> described.put(
                        "default",
                        Value.of("DefaultParameterValue{value=" + Signatures.literal(value) + ", type="
                                + argument.type().spelling() + "}")));
        return new Value.MapValue(described);
    }

    private static Value column(Column column) {
        return new Value.MapValue(described(column.name(), column.type().spelling(), column.description()));
    }

    /** What clients read of an argument or a column; they take all four for granted. */
    static Map<String, Value> described(String name, String type, String description) {
        Map<String, Value> described = new LinkedHashMap<>();
        described.put("name", Value.of(name));
        described.put("description", Value.of(description));
        described.put("type", Value.of(type));
        described.put("isDeprecated", Value.FALSE);
        return described;
    }
}
