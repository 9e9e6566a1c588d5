package io.spangraph.engine.expr;

import static io.spangraph.engine.expr.Arguments.mismatch;
import static io.spangraph.engine.expr.Arguments.strict;

import io.spangraph.model.schema.ElementIdCodec;
import io.spangraph.model.value.Value;
import io.spangraph.model.value.Value.VertexId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Functions of nodes, relationships, paths and maps. */
final class EntityFunctions {
    private EntityFunctions() {}

    static List<ScalarFunction> all() {
        return List.of(
                strict("elementId", 1, "The identity of a node or relationship as text.", EntityFunctions::elementId),
                strict("id", 1, "The same text as elementId().", EntityFunctions::elementId),
                strict(
                        "plainElementId",
                        1,
                        "An element id, or each of a list, in the form that elementId() gives; anything else is itself.",
                        (arguments, context) -> plainElementId(arguments.getFirst())),
                strict(
                        "elementIdKeys",
                        3,
                        "The values of a part of the key in element ids of a vertex type; rules prune scans by it.",
                        EntityFunctions::elementIdKeys),
                strict("labels", 1, "The labels of a node.", EntityFunctions::labels),
                strict("type", 1, "The type of a relationship.", EntityFunctions::type),
                strict("keys", 1, "The names of a node's, relationship's or map's properties.", EntityFunctions::keys),
                strict("properties", 1, "The properties as a map, without large ones.", EntityFunctions::properties),
                new ScalarFunction(
                        "mapMerge",
                        1,
                        Integer.MAX_VALUE,
                        true,
                        "One map of several; of entries with the same key the last one counts.",
                        EntityFunctions::mapMerge),
                strict("startNode", 1, "The node that a relationship comes from.", EntityFunctions::startNode),
                strict("endNode", 1, "The node that a relationship leads to.", EntityFunctions::endNode),
                strict("nodes", 1, "The nodes of a path.", EntityFunctions::nodes),
                strict("relationships", 1, "The relationships of a path.", EntityFunctions::relationships),
                strict("length", 1, "The number of relationships of a path.", EntityFunctions::length));
    }

    private static Value elementId(List<Value> arguments, FunctionContext context) {
        return switch (arguments.getFirst()) {
            case Value.NodeValue node -> Value.of(context.elementIds().encode(node.id()));
            case Value.RelationshipValue edge -> Value.of(context.elementIds().encode(edge.id()));
            case Value other -> throw mismatch("elementId", "a Node or Relationship", other);
        };
    }

    /** Clients that want a number in an element id are given one with it, and send it back so. */
    private static Value plainElementId(Value value) {
        return switch (value) {
            case Value.StringValue(String text) -> Value.of(ElementIdCodec.plain(text));
            case Value.ListValue(List<Value> elements) ->
                Value.of(elements.stream().map(EntityFunctions::plainElementId).toList());
            case Value other -> other;
        };
    }

    private static Value elementIdKeys(List<Value> arguments, FunctionContext context) {
        String vertexType = Arguments.text(arguments, 1, "elementIdKeys");
        int part = (int) Arguments.integer(arguments, 2, "elementIdKeys");
        return Value.of(ElementIds.keyValues(arguments.getFirst(), context.elementIds(), vertexType, part));
    }

    private static Value labels(List<Value> arguments, FunctionContext context) {
        if (arguments.getFirst() instanceof Value.NodeValue node) {
            return Value.of(node.labels().stream().map(Value::of).toList());
        }
        throw mismatch("labels", "a Node", arguments.getFirst());
    }

    private static Value type(List<Value> arguments, FunctionContext context) {
        if (arguments.getFirst() instanceof Value.RelationshipValue edge) {
            return Value.of(edge.type());
        }
        throw mismatch("type", "a Relationship", arguments.getFirst());
    }

    private static Map<String, Value> entries(Value value, String function) {
        return switch (value) {
            case Value.NodeValue node -> node.properties();
            case Value.RelationshipValue edge -> edge.properties();
            case Value.MapValue(Map<String, Value> entries) -> entries;
            case Value other -> throw mismatch(function, "a Node, Relationship or Map", other);
        };
    }

    private static Value keys(List<Value> arguments, FunctionContext context) {
        return Value.of(entries(arguments.getFirst(), "keys").keySet().stream()
                .map(Value::of)
                .toList());
    }

    private static Value properties(List<Value> arguments, FunctionContext context) {
        return new Value.MapValue(entries(arguments.getFirst(), "properties"));
    }

    private static Value mapMerge(List<Value> arguments, FunctionContext context) {
        Map<String, Value> merged = new LinkedHashMap<>();
        for (Value argument : arguments) {
            if (!(argument instanceof Value.MapValue(Map<String, Value> entries))) {
                throw mismatch("mapMerge", "Maps", argument);
            }
            merged.putAll(entries);
        }
        return new Value.MapValue(merged);
    }

    private static Value startNode(List<Value> arguments, FunctionContext context) {
        if (arguments.getFirst() instanceof Value.RelationshipValue edge) {
            return bareNode(edge.start(), context);
        }
        throw mismatch("startNode", "a Relationship", arguments.getFirst());
    }

    private static Value endNode(List<Value> arguments, FunctionContext context) {
        if (arguments.getFirst() instanceof Value.RelationshipValue edge) {
            return bareNode(edge.end(), context);
        }
        throw mismatch("endNode", "a Relationship", arguments.getFirst());
    }

    /** The node of an identity; of its properties only those are known that the key holds. */
    private static Value bareNode(VertexId id, FunctionContext context) {
        return context.schema()
                .vertexType(id.vertexType())
                .map(type -> {
                    Map<String, Value> properties = new LinkedHashMap<>();
                    for (int i = 0; i < id.key().size(); i++) {
                        Value part = id.key().get(i);
                        type.propertyFor(type.id().get(i).expression())
                                .ifPresent(property -> properties.put(property, part));
                    }
                    return new Value.NodeValue(id, List.copyOf(type.labels()), properties);
                })
                .orElseGet(() -> new Value.NodeValue(id, List.of(), Map.of()));
    }

    private static Value nodes(List<Value> arguments, FunctionContext context) {
        if (arguments.getFirst() instanceof Value.PathValue path) {
            return Value.of(new ArrayList<Value>(path.nodes()));
        }
        throw mismatch("nodes", "a Path", arguments.getFirst());
    }

    private static Value relationships(List<Value> arguments, FunctionContext context) {
        if (arguments.getFirst() instanceof Value.PathValue path) {
            return Value.of(new ArrayList<Value>(path.relationships()));
        }
        throw mismatch("relationships", "a Path", arguments.getFirst());
    }

    private static Value length(List<Value> arguments, FunctionContext context) {
        if (arguments.getFirst() instanceof Value.PathValue path) {
            return Value.of((long) path.relationships().size());
        }
        throw mismatch("length", "a Path (size() is for lists and texts)", arguments.getFirst());
    }
}
