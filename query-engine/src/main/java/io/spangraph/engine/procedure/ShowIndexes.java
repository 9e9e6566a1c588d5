package io.spangraph.engine.procedure;

import io.spangraph.engine.procedure.Procedure.Column;
import io.spangraph.engine.procedure.Procedure.Reads;
import java.util.List;
import java.util.stream.Stream;

/** {@code SHOW INDEXES}: there are none, since scans skip files by the statistics that tables have anyway. */
final class ShowIndexes {
    private ShowIndexes() {}

    static Procedure command() {
        return new Procedure(
                "SHOW INDEXES",
                "No rows: scans skip files by the tables' own statistics.",
                List.of(ShowCommands.optional("type", ValueType.STRING, "A type of index.")),
                List.of(
                        Column.of("id", ValueType.INTEGER, "A number."),
                        Column.of("name", ValueType.STRING, "The name."),
                        Column.of("state", ValueType.STRING, "'ONLINE'."),
                        Column.of("populationPercent", ValueType.ANY, "100."),
                        Column.of("type", ValueType.STRING, "The type."),
                        Column.of("entityType", ValueType.STRING, "'NODE' or 'RELATIONSHIP'."),
                        Column.of("labelsOrTypes", ValueType.STRINGS, "What is indexed."),
                        Column.of("properties", ValueType.STRINGS, "The properties."),
                        Column.of("indexProvider", ValueType.STRING, "What keeps it."),
                        Column.of("owningConstraint", ValueType.STRING, "The constraint that it serves."),
                        Column.of("lastRead", ValueType.STRING, "When it was used."),
                        Column.of("readCount", ValueType.INTEGER, "How often it was used."),
                        Column.onDemand("trackedSince", ValueType.STRING, "Since when that is counted."),
                        Column.onDemand("options", ValueType.MAP, "Its options."),
                        Column.onDemand("failureMessage", ValueType.STRING, "Why it failed."),
                        Column.onDemand("createStatement", ValueType.STRING, "How to create it.")),
                Reads.NO_ROWS,
                (arguments, context) -> Stream.empty());
    }
}
