package io.spangraph.engine.procedure;

import io.spangraph.engine.procedure.Procedure.Column;
import io.spangraph.engine.procedure.Procedure.Reads;
import io.spangraph.model.schema.EdgeType;
import io.spangraph.model.schema.MappingExpression;
import io.spangraph.model.schema.MappingExpression.Positioned;
import io.spangraph.model.schema.PropertyMapping;
import io.spangraph.model.schema.VertexType;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code SHOW CONSTRAINTS}: the keys of the mapping, as far as properties show them. */
final class ShowConstraints {
    private static final String NODE_KEY = "NODE_KEY";
    private static final String RELATIONSHIP_KEY = "RELATIONSHIP_KEY";

    private ShowConstraints() {}

    static Procedure command() {
        return new Procedure(
                "SHOW CONSTRAINTS",
                "The keys of nodes and relationships that the mapping declares.",
                List.of(ShowCommands.optional(
                        "type", ValueType.STRING, "'" + NODE_KEY + "', '" + RELATIONSHIP_KEY + "' or 'KEY'.")),
                List.of(
                        Column.of("id", ValueType.INTEGER, "A number."),
                        Column.of("name", ValueType.STRING, "Made of the label and 'key'."),
                        Column.of("type", ValueType.STRING, "'" + NODE_KEY + "' or '" + RELATIONSHIP_KEY + "'."),
                        Column.of("entityType", ValueType.STRING, "'NODE' or 'RELATIONSHIP'."),
                        Column.of("labelsOrTypes", ValueType.STRINGS, "The label or relationship type."),
                        Column.of("properties", ValueType.STRINGS, "The properties of the key."),
                        Column.of("ownedIndex", ValueType.STRING, "Always null."),
                        Column.of("propertyType", ValueType.STRING, "Always null."),
                        Column.onDemand("options", ValueType.MAP, "Always empty."),
                        Column.onDemand(
                                "createStatement", ValueType.STRING, "Null: keys are declared in the mapping.")),
                Reads.NO_ROWS,
                (arguments, context) -> rows(context)
                        .filter(key -> isWanted(key, arguments.getFirst()))
                        .map(Key::row));
    }

    /** A key whose parts are all properties. */
    private record Key(long id, String type, String subject, List<String> properties) {
        List<Value> row() {
            boolean node = type.equals(NODE_KEY);
            return List.of(
                    Value.of(id),
                    Value.of(subject + "_key"),
                    Value.of(type),
                    Value.of(node ? "NODE" : "RELATIONSHIP"),
                    Facts.texts(List.of(subject)),
                    Facts.texts(properties),
                    Value.NULL,
                    Value.NULL,
                    Facts.EMPTY_MAP,
                    Value.NULL);
        }
    }

    private static boolean isWanted(Key key, Value wanted) {
        return !(wanted instanceof Value.StringValue(String type)) || key.type().endsWith(type);
    }

    private static Stream<Key> rows(ProcedureContext context) {
        List<Key> keys = new ArrayList<>();
        for (String label : context.schema().labels()) {
            List<VertexType> types = new SchemaGraph(context.schema()).typesWith(label);
            same(types.stream()
                            .map(type -> properties(type.id(), type.properties()))
                            .toList())
                    .ifPresent(key -> keys.add(new Key(keys.size() + 1L, NODE_KEY, label, key)));
        }
        for (String name : context.schema().relationshipTypes()) {
            List<EdgeType> types = context.schema().edgeTypesNamed(name);
            same(types.stream()
                            .map(type -> type.id().flatMap(id -> properties(id, type.properties())))
                            .toList())
                    .ifPresent(key -> keys.add(new Key(keys.size() + 1L, RELATIONSHIP_KEY, name, key)));
        }
        return keys.stream();
    }

    /** The key of several types, if they have the same one. */
    private static Optional<List<String>> same(List<Optional<List<String>>> keys) {
        return keys.stream().distinct().count() == 1 ? keys.getFirst() : Optional.empty();
    }

    /** The properties that are mapped to the parts of a key; empty unless each part has one. */
    private static Optional<List<String>> properties(List<Positioned> id, Map<String, PropertyMapping> mapped) {
        List<String> names = new ArrayList<>();
        for (Positioned part : id) {
            MappingExpression wanted = part.expression();
            mapped.values().stream()
                    .filter(property -> property.expression().expression().equals(wanted))
                    .map(PropertyMapping::name)
                    .findFirst()
                    .ifPresent(names::add);
        }
        return names.size() == id.size() ? Optional.of(names) : Optional.empty();
    }
}
