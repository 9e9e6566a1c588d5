package io.spangraph.model.schema;

import io.spangraph.model.schema.MappingExpression.Positioned;
import io.spangraph.model.schema.RowSource.TableRows;
import io.spangraph.model.schema.YamlMap.Entry;
import io.spangraph.model.table.TableName;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code vertices}. */
final class VertexReader {
    private final NodeReader nodes;
    private final CatalogReader catalogs;
    private final TenancyRules tenancy;
    private final Set<String> declared = new LinkedHashSet<>();
    private final Map<String, VertexType> types = new LinkedHashMap<>();

    VertexReader(NodeReader nodes, CatalogReader catalogs, TenancyRules tenancy) {
        this.nodes = nodes;
        this.catalogs = catalogs;
        this.tenancy = tenancy;
    }

    void read(Node node) {
        nodes.map(node, "'vertices'").ifPresent(map -> {
            if (map.entries().isEmpty()) {
                nodes.problem(node, "'vertices' is empty. Expected at least one vertex type.");
            }
            map.entries().forEach(this::readType);
        });
    }

    /** Names of all vertex types of the file, those with problems included. */
    Set<String> declared() {
        return declared;
    }

    /** The vertex types without problems, by name. */
    Map<String, VertexType> types() {
        return types;
    }

    private void readType(Entry entry) {
        String name = entry.key();
        declared.add(name);
        int before = nodes.problems().count();
        nodes.checkName(name, entry.position());
        Optional<YamlMap> read = nodes.map(entry.value(), "vertex type '" + name + "'", MappingSection.VERTEX);
        if (read.isEmpty()) {
            return;
        }
        YamlMap map = read.get().at(entry.position());
        Optional<TableRows> source =
                map.required("source", "{ table: ... }", nodes.problems()).flatMap(node -> source(node, name));
        Optional<List<Positioned>> id = map.required("id", "a list of expressions, like [trace_id]", nodes.problems())
                .flatMap(node -> nodes.expressions(node, "a list of expressions, like [trace_id]"));
        Optional<List<String>> labels = map.has("labels")
                ? map.value("labels").flatMap(node -> nodes.names(node, "a list of labels"))
                : Optional.of(List.of(name));
        boolean isPublic = nodes.flag(map, "public");
        Optional<Positioned> tenant = tenancy.tenantOf(map, tenancy.defaultTenant(), isPublic, nodes);
        boolean unique = nodes.flag(map, "unique");
        boolean globalKey = nodes.flag(map, "global_key");
        Map<String, PropertyMapping> properties = new PropertyReader(nodes).read(map);
        if (source.isPresent()
                && id.isPresent()
                && labels.isPresent()
                && nodes.problems().count() == before) {
            VertexType type = new VertexType(
                    name,
                    new LinkedHashSet<>(labels.get()),
                    source.get(),
                    id.get(),
                    globalKey,
                    unique,
                    tenant,
                    isPublic,
                    properties,
                    entry.position());
            types.put(name, type);
        }
    }

    private Optional<TableRows> source(Node node, String type) {
        Optional<YamlMap> map =
                nodes.map(node, "the source of vertex type '" + type + "'", MappingSection.VERTEX_SOURCE);
        if (map.isEmpty()) {
            return Optional.empty();
        }
        Optional<TableName> table = map.get()
                .required("table", "the name of a table, like lake.silver.pg_spans", nodes.problems())
                .flatMap(catalogs::table);
        Optional<Positioned> where =
                map.get().value("where").flatMap(condition -> nodes.expression(condition, "a condition"));
        return table.map(found -> new TableRows(found, where));
    }
}
