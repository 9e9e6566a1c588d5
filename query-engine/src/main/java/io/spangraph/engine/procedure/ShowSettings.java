package io.spangraph.engine.procedure;

import io.spangraph.engine.procedure.Procedure.Column;
import io.spangraph.engine.procedure.Procedure.Reads;
import io.spangraph.engine.procedure.ServerFacts.SettingFact;
import io.spangraph.model.value.Value;
import java.util.List;

/** {@code SHOW SETTINGS}: what of the configuration may be shown to everyone. */
final class ShowSettings {
    private ShowSettings() {}

    static Procedure command() {
        return new Procedure(
                "SHOW SETTINGS",
                "The settings of the server that may be shown.",
                List.of(ShowCommands.optional("names", ValueType.ANY, "A name, or a list of names.")),
                List.of(
                        Column.of("name", ValueType.STRING, "The setting."),
                        Column.of("value", ValueType.STRING, "Its value."),
                        Column.of("isDynamic", ValueType.BOOLEAN, "Always false: a restart makes it new."),
                        Column.of("defaultValue", ValueType.STRING, "What it is when it is not set."),
                        Column.of("description", ValueType.STRING, "What it does."),
                        Column.onDemand("startupValue", ValueType.STRING, "Its value."),
                        Column.onDemand("isExplicitlySet", ValueType.BOOLEAN, "Whether it differs from its default."),
                        Column.onDemand("validValues", ValueType.STRING, "Always empty."),
                        Column.onDemand("isDeprecated", ValueType.BOOLEAN, "Always false.")),
                Reads.NO_ROWS,
                (arguments, context) -> context.server().settings().stream()
                        .filter(setting -> isNamed(setting.name(), arguments.getFirst()))
                        .map(ShowSettings::row));
    }

    /** Whether a name is among those that a command lists; null lists all. */
    static boolean isNamed(String name, Value wanted) {
        return wanted.isNull()
                || wanted.equals(Value.of(name))
                || wanted instanceof Value.ListValue(List<Value> names) && names.contains(Value.of(name));
    }

    private static List<Value> row(SettingFact setting) {
        return List.of(
                Value.of(setting.name()),
                Value.of(setting.value()),
                Value.FALSE,
                Value.of(setting.defaultValue()),
                Value.of(setting.description()),
                Value.of(setting.value()),
                Value.of(!setting.value().equals(setting.defaultValue())),
                Value.of(""),
                Value.FALSE);
    }
}
