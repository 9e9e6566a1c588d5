package io.spangraph.model.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spangraph.model.schema.MappingExpression.Positioned;
import io.spangraph.model.schema.RowSource.TableRows;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GraphSchemaLoaderTest {
    private static final String HEAD = """
            version: 1
            name: sample
            catalogs: { lake: { type: hadoop, warehouse: w } }
            multi_tenant: { mode: enforced, tenant: owner }
            scopes: { trace: [trace] }
            vertices:
              Trace: { source: { table: s.traces }, id: [id], properties: { trace: id } }
              Span:
                source: { table: s.spans, where: "kind = 'span'" }
                id: [lower(id)]
                properties: { trace: trace_id, id: lower(id), parent: "nullif(parent, '')", detail: info }
            edges:
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            source: Span                                                                        | row
            source: { vertex: Span, where: "parent is not null" }                               | row
            source: { table: lake.s.spans, where: "x = 1 and kind = 'span'" }                   | row of raw
            source: { table: s.spans, where: "kind = 'span' or x = 1" }                         | key of raw
            source: { table: s.spans }                                                          | key of raw
            source: { table: s.other, where: "kind = 'span'" }                                  | key of raw
            source: { table: s.spans, where: "kind = 'span'" }, tenant: other                   | key of raw
            source: Span, scope: trace                                                          | row
            source: { table: s.scoped, where: "kind = 'span'" }, scope: trace                   | key of raw
            source: { table: s.spans, where: "kind = 'span'" }, scope: trace                    | key of raw
            """)
    void anEndIsTheEdgesRowOnlyWhereThatIsCertain(String source, String expected) {
        String key = expected.endsWith("raw") ? "lower(id)" : "id";
        GraphSchema schema = load(HEAD + "  CHILD_OF: { from: Span, to: Span, " + source + ", from_key: [" + key
                        + "], to_key: [parent] }\n")
                .orThrow();

        EdgeEnd from = schema.edgeTypes().getFirst().from();

        assertThat(from instanceof EdgeEnd.SameRow).isEqualTo(expected.startsWith("row"));
    }

    @Test
    void aVertexSourceBringsItsConditionAndItsExpressions() {
        EdgeType edge = load(HEAD + """
                  CHILD_OF:
                    from: Span
                    to: Span
                    source: { vertex: Span, where: "parent is not null" }
                    from_key: [id]
                    to_key: [parent]
                    scope: trace
                    properties: { note: detail.text }
                """).orThrow().edgeTypes().getFirst();

        assertThat(edge.source()).isInstanceOfSatisfying(TableRows.class, rows -> {
            assertThat(rows.table()).hasToString("lake.s.spans");
            assertThat(rows.where().map(GraphSchemaLoaderTest::rendered))
                    .contains("kind = 'span' and nullif(parent, '') is not null");
        });
        assertThat(edge.to())
                .isInstanceOfSatisfying(
                        EdgeEnd.ByKey.class,
                        end -> assertThat(end.key())
                                .extracting(GraphSchemaLoaderTest::rendered)
                                .containsExactly("nullif(parent, '')"));
        assertThat(edge.scopeKey()).extracting(GraphSchemaLoaderTest::rendered).containsExactly("trace_id");
        assertThat(edge.properties().values())
                .extracting(property -> rendered(property.expression()))
                .containsExactly("info.text");
        assertThat(edge.tenant().map(GraphSchemaLoaderTest::rendered)).contains("owner");
    }

    @Test
    void severalPairsOfOneRelationshipTypeAreTypesOfTheirOwn() {
        GraphSchema schema = load(HEAD + """
                  TOUCHES:
                    - { from: Span, to: Trace, source: Span, from_key: [id], to_key: [trace] }
                    - { from: Trace, to: Trace, source: { table: s.links }, from_key: [a], to_key: [b] }
                """).orThrow();

        assertThat(schema.edgeTypesNamed("TOUCHES"))
                .extracting(EdgeType::identifier)
                .containsExactly("TOUCHES(Span,Trace)", "TOUCHES(Trace,Trace)");
    }

    @Test
    void everyPositionPointsIntoTheFile() {
        String text = HEAD + "  A: { from: Trace, to: Span, source: Span, from_key: [trace], to_key: ['id'] }\n";
        GraphSchema schema = load(text).orThrow();
        VertexType span = schema.vertexType("Span").orElseThrow();

        assertThat(text.substring(span.position().offset())).startsWith("Span:");
        assertThat(span.position()).hasToString("line 8, column 3");
        assertThat(span.properties().values())
                .allSatisfy(property -> assertThat(
                                text.substring(property.expression().position().offset()))
                        .startsWith(property.expression().text()));
        assertThat(text.substring(schema.edgeTypes().getFirst().position().offset()))
                .startsWith("A: {");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ${data}/x          | /lake/x
            ${none:a:b}/x      | a:b/x
            ${none:}x          | x
            ${data}${data}     | /lake/lake
            $${data} costs $5  | ${data} costs $5
            ${odd}             | ${data}$1
            """)
    void variablesOfCatalogsAreFilledOnce(String setting, String filled) {
        LoadedSchema loaded = GraphSchemaLoader.read(
                "sample.yaml",
                HEAD.replace("warehouse: w", "warehouse: '" + setting + "'").replace("edges:\n", ""),
                Map.of("data", "/lake", "odd", "${data}$1"));

        assertThat(loaded.orThrow().catalogs().values())
                .singleElement()
                .satisfies(catalog -> assertThat(catalog.properties()).containsEntry("warehouse", filled));
    }

    @Test
    void aCatalogDoesNotPrintItsSecrets() {
        GraphSchema schema = load(HEAD.replace("warehouse: w", "warehouse: w, token: hunter2")
                        .replace("edges:\n", ""))
                .orThrow();

        assertThat(schema.catalogs().values())
                .singleElement()
                .hasToString("lake (hadoop, settings [token, warehouse])");
    }

    @Test
    void soundPartsOfABrokenMappingAreThere() {
        LoadedSchema loaded = load(HEAD.replace("id: [id]", "id: [id") + "  A: { from: Span, to: Spam }\n");
        LoadedSchema other =
                load(HEAD.replace("trace: trace_id", "trace: trace_id +").replace("edges:\n", ""));

        assertThat(loaded.problems()).hasSize(1);
        assertThat(loaded.schema().vertexTypes()).isEmpty();
        assertThat(other.problems()).hasSize(1);
        assertThat(other.schema().vertexTypes()).extracting(VertexType::name).containsExactly("Trace");
        assertThatThrownBy(other::orThrow)
                .isInstanceOf(SchemaException.class)
                .hasMessage("sample.yaml:11:36: Expected an expression, found the end of the expression.");
    }

    @Test
    void namesTheFileThatCannotBeRead(@TempDir Path folder) throws IOException {
        Path missing = folder.resolve("none.yaml");
        Path binary = Files.write(folder.resolve("binary.yaml"), new byte[] {(byte) 0xc3, (byte) 0x28});
        Path huge = Files.write(folder.resolve("huge.yaml"), new byte[5 << 20]);
        Path control = Files.writeString(folder.resolve("control.yaml"), "version: 1\nname: a\u0007b\n");

        assertThat(messageOf(missing)).startsWith(missing + ":1:1: The mapping cannot be read: ");
        assertThat(messageOf(binary)).isEqualTo(binary + ":1:1: The mapping is not UTF-8 text.");
        assertThat(messageOf(huge)).isEqualTo(huge + ":1:1: The mapping is larger than 4194304 bytes.");
        assertThat(messageOf(control)).isEqualTo(control + ":2:8: This is not YAML: character U+0007 is not allowed.");
        assertThat(load("#".repeat(1 << 20) + "#").problems())
                .extracting(SchemaProblem::message)
                .containsExactly("The mapping has 1048577 characters; at most 1048576 are allowed.");
    }

    @Test
    void aByteOrderMarkDoesNotMovePositions(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("marked.yaml");
        Files.write(file, "\uFEFFversion: 2\n".getBytes(StandardCharsets.UTF_8));

        assertThat(messageOf(file)).contains(file + ":1:10: Expected version 1, found '2'.");
    }

    private static LoadedSchema load(String text) {
        return GraphSchemaLoader.read("sample.yaml", text, Map.of());
    }

    private static String messageOf(Path file) {
        try {
            GraphSchemaLoader.load(file, Map.of());
        } catch (SchemaException failure) {
            return String.valueOf(failure.getMessage());
        }
        throw new AssertionError("no problem was found");
    }

    private static String rendered(Positioned expression) {
        return MappingExpressions.render(expression.expression());
    }
}
