package io.spangraph.model.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.model.schema.GraphSchema.CatalogMapping;
import io.spangraph.model.schema.GraphSchema.Scope;
import io.spangraph.model.schema.GraphSchema.Tenancy;
import io.spangraph.model.schema.MappingExpression.Positioned;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The mappings that are shipped say what their readers rely on. */
class ShippedMappingTest {
    private static final Path FOLDER = Path.of("..", "schema");

    static GraphSchema shipped(String file) {
        return GraphSchemaLoader.load(FOLDER.resolve(file), Map.of("data", "/somewhere"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"graph.yaml", "graph-edge-table.yaml"})
    void bothFormsHaveTheSameTypesScopeAndCatalog(String file) {
        GraphSchema schema = shipped(file);

        assertThat(schema.name()).isEqualTo("clawtrace");
        assertThat(schema.tenancy()).isEqualTo(Tenancy.ENFORCED);
        assertThat(schema.labels()).containsExactly("Agent", "Span", "Tenant", "Trace");
        assertThat(schema.edgeTypes())
                .extracting(EdgeType::identifier)
                .containsExactly(
                        "HAS_AGENT(Tenant,Agent)", "OWNS(Agent,Trace)", "HAS_SPAN(Trace,Span)", "CHILD_OF(Span,Span)");
        assertThat(schema.scopes())
                .containsExactly(Map.entry("trace", new Scope("trace", List.of("tenant_id", "trace_id"))));
        Map<String, String> settings =
                Map.of("uri", "jdbc:sqlite:/somewhere/catalog.db", "warehouse", "/somewhere/warehouse");
        assertThat(schema.catalogs()).containsExactly(Map.entry("lake", new CatalogMapping("lake", "jdbc", settings)));
        assertThat(schema.vertexTypes())
                .allSatisfy(
                        type -> assertThat(type.tenant().orElseThrow().text()).isEqualTo("tenant_id"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"graph.yaml", "graph-edge-table.yaml"})
    void bothFormsFitTheTables(String file) {
        assertThat(GraphSchemaValidator.validate(shipped(file), new SampleTables()))
                .isEmpty();
    }

    @Test
    void edgesThatStandOnTheirVertexAreReadOffItsRow() {
        GraphSchema schema = shipped("graph.yaml");

        assertThat(ends(schema, "HAS_AGENT")).containsExactly("key of Tenant [tenant_id]", "row of Agent");
        assertThat(ends(schema, "OWNS")).containsExactly("key of Agent [agent_id]", "row of Trace");
        assertThat(ends(schema, "HAS_SPAN")).containsExactly("key of Trace [trace_id]", "row of Span");
        assertThat(ends(schema, "CHILD_OF")).containsExactly("row of Span", "key of Span [parent_span_id]");
        assertThat(ends(shipped("graph-edge-table.yaml"), "CHILD_OF"))
                .containsExactly("key of Span [span_id]", "key of Span [parent_span_id]");
    }

    @Test
    void onlyTheEdgesOfARowToItsOwnerAreTrusted() {
        assertThat(shipped("graph.yaml").edgeTypes())
                .filteredOn(EdgeType::trust)
                .extracting(EdgeType::name)
                .containsExactly("HAS_AGENT", "OWNS", "HAS_SPAN");
    }

    @Test
    void everythingReadFromPayloadsIsLazy() {
        VertexType span = shipped("graph.yaml").vertexType("Span").orElseThrow();

        assertThat(span.properties().values())
                .allSatisfy(property -> assertThat(property.lazy())
                        .as(property.name())
                        .isEqualTo(property.expression().columns().stream()
                                .anyMatch(column -> column.endsWith("_payload"))));
        assertThat(span.unique()).isFalse();
        assertThat(span.globalKey()).isTrue();
    }

    private static List<String> ends(GraphSchema schema, String type) {
        EdgeType edge = schema.edgeTypesNamed(type).getFirst();
        return List.of(describe(edge.from()), describe(edge.to()));
    }

    private static String describe(EdgeEnd end) {
        return switch (end) {
            case EdgeEnd.SameRow row -> "row of " + row.vertexType();
            case EdgeEnd.ByKey key ->
                "key of " + key.vertexType() + " "
                        + key.key().stream()
                                .map(Positioned::expression)
                                .map(MappingExpressions::render)
                                .toList();
        };
    }
}
