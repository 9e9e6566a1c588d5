package io.spangraph.engine.procedure;

import io.spangraph.engine.expr.ServerFunctions;
import io.spangraph.engine.procedure.Procedure.Argument;
import io.spangraph.engine.procedure.Procedure.Body;
import io.spangraph.engine.procedure.Procedure.Column;
import io.spangraph.engine.procedure.Procedure.Reads;
import io.spangraph.engine.procedure.ServerFacts.SettingFact;
import io.spangraph.model.value.Value;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What clients ask a server for when they connect, in the forms that they parse. */
final class ServerProcedures {
    /** Clients take these for the server's abilities, so they name what we are compatible with. */
    private static final String COMPONENT = "Neo4j Kernel";

    private static final String EDITION = "community";

    private ServerProcedures() {}

    static List<Procedure> all() {
        return List.of(
                constant(
                        "db.ping",
                        "Answers at once: the server is there and the user may query it.",
                        List.of(Column.of("success", ValueType.BOOLEAN, "Always true.")),
                        (arguments, context) -> Stream.of(List.of(Value.TRUE))),
                info("db.info", "The graph that answers.", false),
                info("dbms.info", "The server that answers.", true),
                constant(
                        "dbms.components",
                        "The version that clients may take this server for.",
                        List.of(
                                Column.of("name", ValueType.STRING, "Always '" + COMPONENT + "'."),
                                Column.of("versions", ValueType.STRINGS, "One version, as three numbers."),
                                Column.of("edition", ValueType.STRING, "Always '" + EDITION + "'.")),
                        (arguments, context) -> Stream.of(List.of(
                                Value.of(COMPONENT),
                                Facts.texts(List.of(ServerFunctions.COMPATIBLE_VERSION)),
                                Value.of(EDITION)))),
                clientConfig(),
                listConfig(),
                license(),
                queryJmx(),
                currentUser());
    }

    private static Procedure constant(String name, String description, List<Column> columns, Body body) {
        return new Procedure(name, description, List.of(), columns, Reads.NO_ROWS, body);
    }

    private static Procedure info(String name, String description, boolean server) {
        return constant(
                name,
                description,
                List.of(
                        Column.of("id", ValueType.STRING, "The name."),
                        Column.of("name", ValueType.STRING, "The name; a server's with its version."),
                        Column.of("creationDate", ValueType.STRING, "Null: not known.")),
                (arguments, context) -> {
                    String id =
                            server ? context.server().name() : context.schema().name();
                    String full = server ? id + " " + context.server().version() : id;
                    return Stream.of(List.of(Value.of(id), Value.of(full), Value.NULL));
                });
    }

    private static Procedure clientConfig() {
        return constant(
                "dbms.clientConfig",
                "Settings that graphical clients ask for.",
                List.of(
                        Column.of("name", ValueType.STRING, "The setting."),
                        Column.of("value", ValueType.STRING, "Its value.")),
                (arguments, context) -> Stream.of(
                        List.of(Value.of("browser.allow_outgoing_connections"), Value.of("false")),
                        List.of(Value.of("client.allow_telemetry"), Value.of("false")),
                        List.of(
                                Value.of("initial.dbms.default_database"),
                                Value.of(context.schema().name()))));
    }

    private static Procedure listConfig() {
        return new Procedure(
                "dbms.listConfig",
                "The settings of the server that may be shown.",
                List.of(new Argument(
                        "searchString", ValueType.STRING, Optional.of(Value.of("")), "A part of the wanted names.")),
                List.of(
                        Column.of("name", ValueType.STRING, "The setting."),
                        Column.of("description", ValueType.STRING, "What it does."),
                        Column.of("value", ValueType.STRING, "Its value."),
                        Column.of("dynamic", ValueType.BOOLEAN, "Always false: a restart makes it new.")),
                Reads.NO_ROWS,
                (arguments, context) -> context.server().settings().stream()
                        .filter(setting -> matches(setting, arguments.getFirst()))
                        .map(setting -> List.of(
                                Value.of(setting.name()),
                                Value.of(setting.description()),
                                Value.of(setting.value()),
                                Value.FALSE)));
    }

    private static boolean matches(SettingFact setting, Value wanted) {
        return !(wanted instanceof Value.StringValue(String part))
                || setting.name().toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
    }

    private static Procedure license() {
        return constant(
                "dbms.licenseAgreementDetails",
                "Nothing has to be accepted and nothing expires.",
                List.of(
                        Column.of("status", ValueType.STRING, "Always 'yes'."),
                        Column.of("daysLeftOnTrial", ValueType.INTEGER, "Always 0."),
                        Column.of("totalTrialDays", ValueType.INTEGER, "Always 0.")),
                (arguments, context) -> Stream.of(List.of(Value.of("yes"), Value.of(0L), Value.of(0L))));
    }

    private static Procedure queryJmx() {
        return new Procedure(
                "dbms.queryJmx",
                "No rows: figures are served at /metrics.",
                List.of(new Argument("query", ValueType.STRING, Optional.empty(), "A pattern of names.")),
                List.of(
                        Column.of("name", ValueType.STRING, "The bean."),
                        Column.of("description", ValueType.STRING, "What it tells."),
                        Column.of("attributes", ValueType.MAP, "Its figures.")),
                Reads.NO_ROWS,
                (arguments, context) -> Stream.empty());
    }

    private static Procedure currentUser() {
        return constant(
                "dbms.showCurrentUser",
                "Who asks.",
                List.of(
                        Column.of("username", ValueType.STRING, "The user."),
                        Column.of("roles", ValueType.STRINGS, "The user's roles."),
                        Column.of("flags", ValueType.STRINGS, "Always empty.")),
                (arguments, context) -> Stream.of(List.of(
                        Value.of(context.principal().name()), People.roles(context.principal()), Facts.NO_TEXTS)));
    }
}
