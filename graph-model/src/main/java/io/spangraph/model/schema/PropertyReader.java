package io.spangraph.model.schema;

import io.spangraph.model.schema.MappingExpression.Positioned;
import io.spangraph.model.schema.YamlMap.Entry;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code properties}: a name with an expression, or with a map that says more about it. */
final class PropertyReader {
    private final NodeReader nodes;

    PropertyReader(NodeReader nodes) {
        this.nodes = nodes;
    }

    /** The properties of a type that could be read, in the order of the file. */
    Map<String, PropertyMapping> read(YamlMap type) {
        Map<String, PropertyMapping> properties = new LinkedHashMap<>();
        Optional<YamlMap> map =
                type.value("properties").flatMap(node -> nodes.map(node, "the properties of " + type.what()));
        map.ifPresent(found -> found.entries().forEach(entry -> {
            boolean named = nodes.checkName(entry.key(), entry.position());
            Optional<PropertyMapping> property = property(entry);
            if (named) {
                property.ifPresent(mapping -> properties.put(entry.key(), mapping));
            }
        }));
        return properties;
    }

    private Optional<PropertyMapping> property(Entry entry) {
        String name = entry.key();
        if (!(entry.value() instanceof MappingNode)) {
            return nodes.expression(entry.value(), "an expression for property '" + name + "'")
                    .map(expression -> new PropertyMapping(name, expression, false));
        }
        Optional<YamlMap> read = nodes.map(entry.value(), "property '" + name + "'", MappingSection.PROPERTY);
        if (read.isEmpty()) {
            return Optional.empty();
        }
        YamlMap map = read.get();
        boolean lazy = nodes.flag(map, "lazy");
        Optional<Node> expression = map.value("expr");
        Optional<Node> column = map.value("column");
        if (!map.hasOneOf("expr", "column", MappingSection.PROPERTY, nodes.problems())) {
            return Optional.empty();
        }
        Optional<Positioned> value = column.flatMap(nodes::column)
                .or(() -> expression.flatMap(node -> nodes.expression(node, "an expression")));
        return value.map(found -> new PropertyMapping(name, found, lazy));
    }
}
