package io.spangraph.engine.procedure;

import io.spangraph.engine.procedure.Procedure.Column;
import io.spangraph.engine.procedure.Procedure.Reads;
import io.spangraph.model.schema.GraphSchema;
import io.spangraph.model.value.Value;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** The names that a query can use: those of the mapping, which all readers of the graph share. */
final class SchemaNames {
    private SchemaNames() {}

    static List<Procedure> all() {
        return List.of(
                names("db.labels", "label", "All labels of the graph.", GraphSchema::labels),
                names(
                        "db.relationshipTypes",
                        "relationshipType",
                        "All relationship types of the graph.",
                        GraphSchema::relationshipTypes),
                names(
                        "db.propertyKeys",
                        "propertyKey",
                        "All property names of nodes and relationships.",
                        GraphSchema::propertyNames));
    }

    private static Procedure names(
            String procedure, String column, String description, Function<GraphSchema, Set<String>> names) {
        return new Procedure(
                procedure,
                description,
                List.of(),
                List.of(Column.of(column, ValueType.STRING, "A name, each once, in alphabetical order.")),
                Reads.NO_ROWS,
                (arguments, context) -> names.apply(context.schema()).stream().map(name -> List.of(Value.of(name))));
    }
}
