package io.spangraph.engine.procedure;

import io.spangraph.engine.procedure.Procedure.Column;
import io.spangraph.engine.procedure.Procedure.Reads;
import io.spangraph.engine.procedure.PropertyFacts.PropertyFact;
import io.spangraph.model.schema.EdgeType;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The shape of the graph, as the tools that draw and introspect it ask for it. Nothing of it depends on rows. */
final class SchemaProcedures {
    private SchemaProcedures() {}

    static List<Procedure> all() {
        return List.of(visualization(), nodeTypeProperties(), relTypeProperties());
    }

    private static Procedure visualization() {
        return new Procedure(
                "db.schema.visualization",
                "The mapping as a graph: a node for each label and the relationships that can be between them.",
                List.of(),
                List.of(
                        Column.of("nodes", ValueType.NODES, "One node for each label."),
                        Column.of("relationships", ValueType.RELATIONSHIPS, "Between those nodes.")),
                Reads.NO_ROWS,
                (arguments, context) -> {
                    SchemaGraph graph = new SchemaGraph(context.schema());
                    Map<String, Value> none = Facts.entries("indexes", Facts.NO_TEXTS, "constraints", Facts.NO_TEXTS);
                    return Stream.of(List.of(
                            Value.of(graph.nodes(label -> none)), Value.of(graph.relationships(pair -> Map.of()))));
                });
    }

    private static Procedure nodeTypeProperties() {
        return new Procedure(
                "db.schema.nodeTypeProperties",
                "The properties of each kind of node with the types of their values.",
                List.of(),
                List.of(
                        Column.of("nodeType", ValueType.STRING, "The labels, as :`Span`."),
                        Column.of("nodeLabels", ValueType.STRINGS, "The labels."),
                        Column.of("propertyName", ValueType.STRING, "Null for a kind without properties."),
                        Column.of("propertyTypes", ValueType.STRINGS, "The types of its values."),
                        Column.of("mandatory", ValueType.BOOLEAN, "Whether it is never null.")),
                Reads.NO_ROWS,
                (arguments, context) -> nodeTypes(context));
    }

    private static Stream<List<Value>> nodeTypes(ProcedureContext context) {
        PropertyFacts properties = new PropertyFacts(context);
        List<List<Value>> rows = new ArrayList<>();
        properties.byLabels().forEach((labels, types) -> {
            List<Value> kind = List.of(Value.of(nodeType(labels)), Facts.texts(labels));
            rows.addAll(rows(kind, properties.ofVertices(types)));
        });
        return rows.stream();
    }

    private static Procedure relTypeProperties() {
        return new Procedure(
                "db.schema.relTypeProperties",
                "The properties of each relationship type with the types of their values.",
                List.of(),
                List.of(
                        Column.of("relType", ValueType.STRING, "The relationship type, as :`HAS_SPAN`."),
                        Column.of("propertyName", ValueType.STRING, "Null for a type without properties."),
                        Column.of("propertyTypes", ValueType.STRINGS, "The types of its values."),
                        Column.of("mandatory", ValueType.BOOLEAN, "Whether it is never null.")),
                Reads.NO_ROWS,
                (arguments, context) -> relTypes(context));
    }

    private static Stream<List<Value>> relTypes(ProcedureContext context) {
        PropertyFacts properties = new PropertyFacts(context);
        return context.schema().relationshipTypes().stream().flatMap(name -> {
            List<EdgeType> types = context.schema().edgeTypesNamed(name);
            return rows(List.of(Value.of(relType(name))), properties.ofEdges(types)).stream();
        });
    }

    /** The name of a kind of node in the form that clients cut apart. */
    static String nodeType(Collection<String> labels) {
        return labels.stream().map(SchemaProcedures::relType).collect(Collectors.joining());
    }

    static String relType(String name) {
        return ":`" + name.replace("`", "``") + "`";
    }

    private static List<List<Value>> rows(List<Value> kind, List<PropertyFact> properties) {
        if (properties.isEmpty()) {
            return List.of(joined(kind, List.of(Value.NULL, Value.NULL, Value.FALSE)));
        }
        return properties.stream()
                .map(property -> joined(
                        kind,
                        List.of(
                                Value.of(property.name()),
                                Facts.texts(property.schemaNames()),
                                Value.of(property.key()))))
                .toList();
    }

    static List<Value> joined(List<Value> left, List<Value> right) {
        return Stream.concat(left.stream(), right.stream()).toList();
    }
}
