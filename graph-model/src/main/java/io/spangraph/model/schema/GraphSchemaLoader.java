package io.spangraph.model.schema;

import io.spangraph.model.SourcePosition;
import io.spangraph.model.schema.GraphSchema.Scope;
import io.spangraph.model.schema.GraphSchema.Tenancy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Reads a {@code graph.yaml}. Everything that is wrong in it is found in one go; what only the tables can tell, such as
 * a column that does not exist, is found when it is validated against them.
 */
public final class GraphSchemaLoader {
    /** The version of the format that this loader reads. */
    public static final int VERSION = 1;

    private static final String VERSION_EXPECTED = "version " + VERSION;

    private final ProblemLog problems = new ProblemLog();
    private final YamlSource source;
    private final NodeReader nodes;
    private final CatalogReader catalogs;
    private final Set<String> brokenScopes = new HashSet<>();

    private GraphSchemaLoader(String text, Map<String, String> variables) {
        this.source = new YamlSource(text);
        this.nodes = new NodeReader(source, problems);
        this.catalogs = new CatalogReader(source, nodes, variables);
    }

    /**
     * Reads a file.
     *
     * @param variables what {@code ${NAME}} stands for in the settings of catalogs
     * @throws SchemaException with all problems, a file that cannot be read included
     */
    public static GraphSchema load(Path file, Map<String, String> variables) {
        return read(file, variables).orThrow();
    }

    /** Reads a file and leaves it to the caller what to do about its problems. */
    public static LoadedSchema read(Path file, Map<String, String> variables) {
        try {
            if (Files.size(file) > 4L * YamlSource.MAX_LENGTH) {
                throw unreadable(file, "The mapping is larger than " + 4 * YamlSource.MAX_LENGTH + " bytes.");
            }
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
            String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
            return read(file.toString(), text, variables);
        } catch (CharacterCodingException notText) {
            throw unreadable(file, "The mapping is not UTF-8 text.");
        } catch (IOException failure) {
            throw unreadable(file, "The mapping cannot be read: " + failure + ".");
        }
    }

    /** Reads a text and leaves it to the caller what to do about its problems. */
    public static LoadedSchema read(String file, String text, Map<String, String> variables) {
        GraphSchemaLoader loader = new GraphSchemaLoader(text, variables);
        GraphSchema schema = loader.read();
        return new LoadedSchema(file, schema, loader.problems.problems());
    }

    private static SchemaException unreadable(Path file, String message) {
        return new SchemaException(file.toString(), List.of(new SchemaProblem(SourcePosition.START, message)));
    }

    private GraphSchema read() {
        Optional<Node> root = source.compose(problems);
        Optional<YamlMap> map = root.flatMap(node -> nodes.map(node, "the mapping", MappingSection.GRAPH));
        if (root.isEmpty() && problems.count() == 0) {
            problems.add(
                    SourcePosition.START,
                    "The mapping is empty. Expected at least: version, name, catalogs," + " multi_tenant, vertices.");
        }
        return map.map(this::readGraph)
                .orElseGet(() -> new GraphSchema("", Map.of(), Map.of(), Tenancy.ENFORCED, List.of(), List.of()));
    }

    private GraphSchema readGraph(YamlMap map) {
        map.required("version", VERSION_EXPECTED, problems).ifPresent(this::checkVersion);
        Optional<String> name = map.required("name", "the name of the graph", problems)
                .flatMap(node -> nodes.name(node, "the name of the graph"));
        map.required("catalogs", "at least one catalog", problems).ifPresent(catalogs::read);
        TenancyRules tenancy = map.required("multi_tenant", "{ mode: enforced } or { mode: single }", problems)
                .flatMap(node -> nodes.map(node, "'multi_tenant'", MappingSection.TENANCY))
                .map(found -> TenancyRules.read(found, nodes))
                .orElse(new TenancyRules(Optional.empty(), Optional.empty()));
        Map<String, Scope> scopes = map.value("scopes").map(this::readScopes).orElse(Map.of());
        VertexReader vertices = new VertexReader(nodes, catalogs, tenancy);
        map.required("vertices", "at least one vertex type", problems).ifPresent(vertices::read);
        EdgeReader edges = new EdgeReader(nodes, catalogs, vertices, tenancy, scopes, brokenScopes);
        map.value("edges").ifPresent(edges::read);
        return new GraphSchema(
                name.orElse(""),
                catalogs.catalogs(),
                scopes,
                tenancy.mode().orElse(Tenancy.ENFORCED),
                vertices.types().values().stream()
                        .filter(type -> hasCatalog(type.source()))
                        .toList(),
                edges.types().stream().filter(type -> hasCatalog(type.source())).toList());
    }

    /** Where a catalog has problems, nothing of it can be checked against tables. */
    private boolean hasCatalog(RowSource rows) {
        return catalogs.catalogs().containsKey(rows.table().catalog());
    }

    private void checkVersion(Node node) {
        Optional<String> version = nodes.text(node, VERSION_EXPECTED);
        if (version.isPresent() && !version.get().equals(Integer.toString(VERSION))) {
            nodes.problem(node, "Expected " + VERSION_EXPECTED + ", found '" + version.get() + "'.");
        }
    }

    private Map<String, Scope> readScopes(Node node) {
        Map<String, Scope> scopes = new LinkedHashMap<>();
        nodes.map(node, "'scopes'")
                .ifPresent(map -> map.entries().forEach(entry -> {
                    boolean named = nodes.checkName(entry.key(), entry.position());
                    String expected = "a list of property names, like [tenant_id, trace_id]";
                    Optional<List<String>> key = nodes.names(entry.value(), expected);
                    brokenScopes.add(entry.key());
                    if (key.isPresent() && key.get().isEmpty()) {
                        nodes.problem(entry.value(), "Expected " + expected + ", found an empty list.");
                    } else if (named && key.isPresent()) {
                        scopes.put(entry.key(), new Scope(entry.key(), key.get()));
                        brokenScopes.remove(entry.key());
                    }
                }));
        return scopes;
    }
}
