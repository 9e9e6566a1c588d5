package io.spangraph.model.schema;

import io.spangraph.model.DidYouMean;
import io.spangraph.model.schema.GraphSchema.CatalogMapping;
import io.spangraph.model.schema.YamlMap.Entry;
import io.spangraph.model.table.TableName;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads {@code catalogs} and resolves the names of tables against them. */
final class CatalogReader {
    private static final String TABLE_EXPECTED = "the name of a table, like lake.silver.pg_spans";

    /** Kinds of catalog with the settings that they cannot do without. */
    private static final Map<String, List<String>> REQUIRED_SETTINGS = orderedTypes();

    private final YamlSource source;
    private final NodeReader nodes;
    private final VariableSubstitution substitution;
    private final Set<String> declared = new LinkedHashSet<>();
    private final Map<String, CatalogMapping> catalogs = new LinkedHashMap<>();

    CatalogReader(YamlSource source, NodeReader nodes, Map<String, String> variables) {
        this.source = source;
        this.nodes = nodes;
        this.substitution = new VariableSubstitution(variables);
    }

    private static Map<String, List<String>> orderedTypes() {
        Map<String, List<String>> types = new LinkedHashMap<>();
        types.put("jdbc", List.of("uri", "warehouse"));
        types.put("rest", List.of("uri"));
        types.put("glue", List.of("warehouse"));
        types.put("hadoop", List.of("warehouse"));
        return types;
    }

    /** Reads all catalogs; those with a problem are declared but not among {@link #catalogs()}. */
    void read(Node node) {
        nodes.map(node, "'catalogs'").ifPresent(map -> {
            if (map.entries().isEmpty()) {
                nodes.problem(node, "'catalogs' is empty. Expected at least one catalog.");
            }
            map.entries().forEach(this::readCatalog);
        });
    }

    Map<String, CatalogMapping> catalogs() {
        return catalogs;
    }

    private void readCatalog(Entry entry) {
        declared.add(entry.key());
        boolean named = nodes.checkName(entry.key(), entry.position());
        if (named && entry.key().contains(".")) {
            nodes.problems().add(entry.position(), "The name of catalog '" + entry.key() + "' must not have a dot.");
            return;
        }
        Optional<YamlMap> map = nodes.map(entry.value(), "catalog '" + entry.key() + "'");
        if (map.isEmpty()) {
            return;
        }
        int before = nodes.problems().count();
        Optional<String> type = type(map.get());
        Map<String, String> settings = new LinkedHashMap<>();
        for (Entry setting : map.get().entries()) {
            if (!setting.key().equals("type")) {
                setting(setting).ifPresent(value -> settings.put(setting.key(), value));
            }
        }
        type.map(found -> REQUIRED_SETTINGS.getOrDefault(found, List.of()))
                .ifPresent(required -> required.stream()
                        .filter(key -> !map.get().has(key))
                        .forEach(key -> nodes.problems()
                                .add(
                                        entry.position(),
                                        "Catalog '" + entry.key() + "' of type '" + type.orElseThrow() + "' needs '"
                                                + key + "'.")));
        if (named && type.isPresent() && nodes.problems().count() == before) {
            catalogs.put(entry.key(), new CatalogMapping(entry.key(), type.get(), settings));
        }
    }

    private Optional<String> type(YamlMap map) {
        Set<String> types = REQUIRED_SETTINGS.keySet();
        String expected = "one of: " + String.join(", ", types);
        Optional<Node> node = map.required("type", expected, nodes.problems());
        Optional<String> type = node.flatMap(found -> nodes.text(found, expected));
        if (type.isPresent() && !types.contains(type.get())) {
            nodes.problem(
                    node.orElseThrow(),
                    "Unknown catalog type '" + type.get() + "'. Expected " + expected + "."
                            + DidYouMean.hint(type.get(), types));
            return Optional.empty();
        }
        return type;
    }

    private Optional<String> setting(Entry setting) {
        Optional<String> text = nodes.text(setting.value(), "a text for setting '" + setting.key() + "'");
        if (text.isEmpty() || !(setting.value() instanceof ScalarNode scalar)) {
            return Optional.empty();
        }
        return substitution.apply(
                text.get(),
                (offset, message) -> nodes.problems().add(source.positionInScalar(scalar, offset), message));
    }

    /**
     * {@code catalog.namespace.table}, or {@code namespace.table} when there is one catalog. A name that starts with a
     * catalog's name means that catalog.
     */
    Optional<TableName> table(Node node) {
        Optional<String> text = nodes.text(node, TABLE_EXPECTED);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        List<String> parts = Arrays.asList(text.get().split("\\.", -1));
        if (parts.size() < 2 || parts.stream().anyMatch(String::isBlank)) {
            nodes.problem(node, "Expected " + TABLE_EXPECTED + ", found '" + text.get() + "'.");
            return Optional.empty();
        }
        String first = parts.getFirst();
        String table = parts.getLast();
        if (declared.contains(first) && parts.size() == 2) {
            nodes.problem(node, "Table '" + text.get() + "' has no namespace. Expected " + TABLE_EXPECTED + ".");
            return Optional.empty();
        }
        if (declared.contains(first)) {
            return Optional.of(new TableName(first, parts.subList(1, parts.size() - 1), table));
        }
        boolean likelyTypo =
                parts.size() > 2 && DidYouMean.closest(first, declared).isPresent();
        if (declared.size() == 1 && !likelyTypo) {
            return Optional.of(new TableName(declared.iterator().next(), parts.subList(0, parts.size() - 1), table));
        }
        if (!declared.isEmpty()) {
            nodes.problem(
                    node,
                    "Unknown catalog '" + first + "' in table '" + text.get() + "'. Catalogs of this mapping: "
                            + String.join(", ", declared) + "." + DidYouMean.hint(first, declared));
        }
        return Optional.empty();
    }
}
