package io.spangraph.engine.procedure;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.procedure.Procedure.Argument;
import io.spangraph.engine.procedure.Procedure.Column;
import io.spangraph.engine.procedure.Procedure.Reads;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The procedures of APOC by which language models and tools learn what a graph is like. */
final class MetaProcedures {
    private static final long DEFAULT_SAMPLE = 1_000;
    private static final Argument CONFIGURATION = new Argument(
            "config",
            ValueType.MAP,
            Optional.of(Facts.EMPTY_MAP),
            "Taken so that clients need not change: {sample: n}.");

    private MetaProcedures() {}

    static List<Procedure> all() {
        return List.of(schema(), data(), graphSample(), nodeTypeProperties(), relTypeProperties(), stats());
    }

    private static Procedure schema() {
        return new Procedure(
                "apoc.meta.schema",
                "Labels and relationship types with properties, connections and counts, as one map.",
                List.of(CONFIGURATION),
                List.of(Column.of("value", ValueType.MAP, "By label or relationship type.")),
                Reads.ROWS,
                (arguments, context) -> Stream.of(List.of(new MetaSchema(context).value())));
    }

    private static Procedure data() {
        return new Procedure(
                "apoc.meta.data",
                "One row for each property and each connection of each label and relationship type.",
                List.of(CONFIGURATION),
                List.of(
                        Column.of("label", ValueType.STRING, "The label or relationship type."),
                        Column.of("property", ValueType.STRING, "The property, or what is connected."),
                        Column.of("count", ValueType.INTEGER, "Always 0: nothing is counted here."),
                        Column.of("unique", ValueType.BOOLEAN, "Whether it alone is the key."),
                        Column.of("index", ValueType.BOOLEAN, "Always false: there are no indexes."),
                        Column.of("existence", ValueType.BOOLEAN, "Whether it is never null."),
                        Column.of("type", ValueType.STRING, "The values' type; RELATIONSHIP for a connection."),
                        Column.of("array", ValueType.BOOLEAN, "Whether it is a list."),
                        Column.of("sample", ValueType.LIST, "Always empty: no values are shown."),
                        Column.of("left", ValueType.INTEGER, "Always 0: nothing is counted here."),
                        Column.of("right", ValueType.INTEGER, "Always 0: nothing is counted here."),
                        Column.of("other", ValueType.STRINGS, "The labels at the other end."),
                        Column.of("otherLabels", ValueType.STRINGS, "Always empty."),
                        Column.of("elementType", ValueType.STRING, "'node' or 'relationship'.")),
                Reads.NO_ROWS,
                (arguments, context) -> MetaData.rows(context).stream());
    }

    private static Procedure graphSample() {
        return new Procedure(
                "apoc.meta.graphSample",
                "The mapping as a graph, with how many nodes and relationships there are of each kind.",
                List.of(CONFIGURATION),
                List.of(
                        Column.of("nodes", ValueType.NODES, "One node for each label, with name and count."),
                        Column.of("relationships", ValueType.RELATIONSHIPS, "Between them, with name and count.")),
                Reads.ROWS,
                (arguments, context) -> {
                    SchemaGraph graph = new SchemaGraph(context.schema());
                    GraphCounts counts = GraphCounts.of(context);
                    return Stream.of(List.of(
                            Value.of(graph.nodes(label -> Map.of("count", Value.of(counts.nodes(label))))),
                            Value.of(graph.relationships(pair -> Facts.entries(
                                    "type",
                                    Value.of(pair.type().name()),
                                    "count",
                                    Value.of(counts.relationships(
                                            pair.from(), pair.type().name(), pair.to())))))));
                });
    }

    private static Procedure nodeTypeProperties() {
        return new Procedure(
                "apoc.meta.nodeTypeProperties",
                "The properties of each kind of node, and how often a sample of nodes has them.",
                List.of(CONFIGURATION),
                List.of(
                        Column.of("nodeType", ValueType.STRING, "The labels, as :`Span`."),
                        Column.of("nodeLabels", ValueType.STRINGS, "The labels."),
                        Column.of("propertyName", ValueType.STRING, "Null for a kind without properties."),
                        Column.of("propertyTypes", ValueType.STRINGS, "The types of its values."),
                        Column.of("mandatory", ValueType.BOOLEAN, "Whether it is never null."),
                        Column.of("propertyObservations", ValueType.INTEGER, "Nodes of the sample that have it."),
                        Column.of("totalObservations", ValueType.INTEGER, "Nodes of the sample.")),
                Reads.ROWS,
                (arguments, context) -> new MetaSample(context, sample(arguments.getFirst())).nodeTypes().stream());
    }

    private static Procedure relTypeProperties() {
        return new Procedure(
                "apoc.meta.relTypeProperties",
                "The properties of each relationship type, and how often relationships of a sample of nodes have them.",
                List.of(CONFIGURATION),
                List.of(
                        Column.of("relType", ValueType.STRING, "The relationship type, as :`HAS_SPAN`."),
                        Column.of("sourceNodeLabels", ValueType.STRINGS, "The label where it starts."),
                        Column.of("targetNodeLabels", ValueType.STRINGS, "The label where it ends."),
                        Column.of("propertyName", ValueType.STRING, "Null for a type without properties."),
                        Column.of("propertyTypes", ValueType.STRINGS, "The types of its values."),
                        Column.of("mandatory", ValueType.BOOLEAN, "Whether it is never null."),
                        Column.of("propertyObservations", ValueType.INTEGER, "How many of the sample have it."),
                        Column.of("totalObservations", ValueType.INTEGER, "Relationships of the sample.")),
                Reads.ROWS,
                (arguments, context) ->
                        new MetaSample(context, sample(arguments.getFirst())).relationshipTypes().stream());
    }

    private static Procedure stats() {
        return new Procedure(
                "apoc.meta.stats",
                "How many nodes, relationships, labels, relationship types and property names there are.",
                List.of(),
                List.of(
                        Column.of("labelCount", ValueType.INTEGER, "Labels."),
                        Column.of("relTypeCount", ValueType.INTEGER, "Relationship types."),
                        Column.of("propertyKeyCount", ValueType.INTEGER, "Property names."),
                        Column.of("nodeCount", ValueType.INTEGER, "Nodes."),
                        Column.of("relCount", ValueType.INTEGER, "Relationships."),
                        Column.of("labels", ValueType.MAP, "Nodes by label."),
                        Column.of("relTypes", ValueType.MAP, "Relationships by pattern, as (:Trace)-[:HAS_SPAN]->()."),
                        Column.of("relTypesCount", ValueType.MAP, "Relationships by type."),
                        Column.of("stats", ValueType.MAP, "All of these in one map.")),
                Reads.ROWS,
                (arguments, context) -> Stream.of(stats(context)));
    }

    private static List<Value> stats(ProcedureContext context) {
        GraphCounts counts = GraphCounts.of(context);
        Map<String, Value> labels = new LinkedHashMap<>();
        context.schema().labels().forEach(label -> labels.put(label, Value.of(counts.nodes(label))));
        Map<String, Value> patterns = new LinkedHashMap<>();
        Map<String, Value> types = new LinkedHashMap<>();
        for (String type : context.schema().relationshipTypes()) {
            types.put(type, Value.of(counts.relationships(type)));
            patterns.put("()-[:" + type + "]->()", Value.of(counts.relationships(type)));
        }
        new SchemaGraph(context.schema()).pairs().forEach(pair -> {
            String type = pair.type().name();
            patterns.put(
                    "(:" + pair.from() + ")-[:" + type + "]->()",
                    Value.of(counts.relationshipsFrom(pair.from(), type)));
            patterns.put("()-[:" + type + "]->(:" + pair.to() + ")", Value.of(counts.relationshipsTo(type, pair.to())));
        });
        Map<String, Value> all = new LinkedHashMap<>();
        all.put("labelCount", Value.of((long) context.schema().labels().size()));
        all.put("relTypeCount", Value.of((long)
                context.schema().relationshipTypes().size()));
        all.put("propertyKeyCount", Value.of((long)
                context.schema().propertyNames().size()));
        all.put("nodeCount", Value.of(counts.nodes()));
        all.put("relCount", Value.of(counts.relationships()));
        all.put("labels", new Value.MapValue(labels));
        all.put("relTypes", new Value.MapValue(patterns));
        List<Value> row = new ArrayList<>(all.values());
        row.add(new Value.MapValue(types));
        row.add(new Value.MapValue(all));
        return row;
    }

    private static long sample(Value configuration) {
        Value sample = configuration instanceof Value.MapValue(Map<String, Value> entries)
                ? entries.getOrDefault("sample", Value.NULL)
                : Value.NULL;
        if (sample.isNull()) {
            return DEFAULT_SAMPLE;
        }
        if (sample instanceof Value.IntegerValue(long number) && number > 0) {
            return number;
        }
        throw QueryException.of(QueryErrorCode.ARGUMENT_ERROR, "The setting 'sample' takes a number of 1 or more.");
    }
}
