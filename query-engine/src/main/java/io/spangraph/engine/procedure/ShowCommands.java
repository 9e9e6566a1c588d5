package io.spangraph.engine.procedure;

import io.spangraph.engine.procedure.Procedure.Argument;
import io.spangraph.engine.procedure.Procedure.Body;
import io.spangraph.engine.procedure.Procedure.Column;
import io.spangraph.engine.procedure.Procedure.Reads;
import io.spangraph.model.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The SHOW commands: procedures under the command's words, which no call can name. What may stand between the words and
 * YIELD is their arguments.
 */
public final class ShowCommands {
    private static final Map<String, Procedure> BY_NAME = Procedures.index(Stream.of(
            List.of(
                    ShowDatabases.command(),
                    ShowProcedures.command(),
                    ShowFunctions.command(),
                    ShowIndexes.command(),
                    ShowConstraints.command(),
                    ShowSettings.command(),
                    ShowTransactions.command()),
            people()));

    private ShowCommands() {}

    public static Optional<Procedure> find(String command) {
        return Optional.ofNullable(BY_NAME.get(command));
    }

    /** Every command, in alphabetical order. */
    public static List<Procedure> all() {
        return List.copyOf(BY_NAME.values());
    }

    private static List<Procedure> people() {
        return List.of(
                command(
                        "SHOW CURRENT USER",
                        "Who asks.",
                        People.columns(),
                        (arguments, context) -> People.current(context)),
                command(
                        "SHOW USERS",
                        "The own user; for an operator all users, within its tenant if it has one.",
                        People.columns(),
                        (arguments, context) -> People.visible(context)),
                command(
                        "SHOW ROLES",
                        "The roles that users can have.",
                        List.of(Column.of("role", ValueType.STRING, "The role.")),
                        (arguments, context) -> People.roles()),
                command(
                        "SHOW ROLES WITH USERS",
                        "The roles and those of their members that SHOW USERS shows.",
                        List.of(
                                Column.of("role", ValueType.STRING, "The role."),
                                Column.of("member", ValueType.STRING, "A user who has it.")),
                        (arguments, context) -> People.members(context)));
    }

    private static Procedure command(String name, String description, List<Column> columns, Body body) {
        return new Procedure(name, description, List.of(), columns, Reads.NO_ROWS, body);
    }

    /** An argument that a command need not give. */
    static Argument optional(String name, ValueType type, String description) {
        return new Argument(name, type, Optional.of(Value.NULL), description);
    }
}
