package io.spangraph.model.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spangraph.model.schema.ElementIdCodec.DecodedId;
import io.spangraph.model.value.Value;
import io.spangraph.model.value.Value.EdgeId;
import io.spangraph.model.value.Value.VertexId;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ElementIdCodecTest {
    private static final Optional<String> ALL = Optional.empty();
    private static final Optional<String> ACME = Optional.of("acme");

    private static final String MAPPING = """
            version: 1
            name: sample
            catalogs: { lake: { type: hadoop, warehouse: w } }
            multi_tenant: { mode: enforced, tenant: owner }
            vertices:
              Agent: { source: { table: s.agents }, id: [a] }
              Span: { source: { table: s.spans }, id: [trace, span], global_key: true }
              Model: { source: { table: s.models }, id: [m], public: true }
              Employee: { labels: [Person, Worker], source: { table: s.people }, id: [p] }
              Customer: { labels: [Person], source: { table: s.customers }, id: [p] }
              Shop: { labels: [Address, Shop], source: { table: s.shops }, id: [a, n] }
              Nameless: { labels: [], source: { table: s.things }, id: [a] }
            edges:
              KNOWS: { from: Agent, to: Agent, source: { table: s.knows }, id: [a, b], from_key: [a], to_key: [b] }
              OWNS:
                - { from: Agent, to: Shop, source: { table: s.owns }, id: [a], from_key: [a], to_key: [a, n] }
                - { from: Employee, to: Shop, source: { table: s.owns }, from_key: [a], to_key: [a, n] }
            """;

    private static final GraphSchema SCHEMA =
            GraphSchemaLoader.read("sample.yaml", MAPPING, Map.of()).orThrow();

    @Test
    void showsTheTenantOnlyWhereTheKeyAloneIsAmbiguous() {
        assertThat(codec(ALL).encode(vertex("Agent", "main"))).isEqualTo("Agent[acme,main]");
        assertThat(codec(ACME).encode(vertex("Agent", "main"))).isEqualTo("Agent[main]");
        assertThat(codec(ALL).encode(vertex("Span", "t", "s"))).isEqualTo("Span[t,s]");
        assertThat(codec(ALL).encode(new VertexId("Model", Optional.empty(), List.of(Value.of("opus")))))
                .isEqualTo("Model[opus]");
        assertThat(codec(ALL).encode(edge("KNOWS(Agent,Agent)", "a", "b"))).isEqualTo("KNOWS[acme,a,b]");
        assertThat(codec(ACME).encode(edge("KNOWS(Agent,Agent)", "a", "b"))).isEqualTo("KNOWS[a,b]");
    }

    @Test
    void readsTheNumberedFormLikeThePlainOne() {
        String plain = codec(ACME).encode(vertex("Agent", "a:b%3A]"));
        String numbered = ElementIdCodec.withNumber(plain, 17);
        assertThat(numbered).isEqualTo("4:Agent[a%3Ab%253A\\]]:17");
        assertThat(codec(ACME).decodeVertex(numbered))
                .isEqualTo(codec(ACME).decodeVertex(plain))
                .isPresent();
        assertThat(codec(ACME).decodeVertex("4:")).isEmpty();
        assertThat(codec(ACME).decodeVertex("4:17")).isEmpty();
        assertThat(ElementIdCodec.plain(numbered)).isEqualTo(plain);
        assertThat(ElementIdCodec.plain(plain)).isEqualTo(plain);
        assertThat(ElementIdCodec.plain("4:x:17")).isEqualTo("4:x:17");
    }

    @Test
    void namesATypeByItsFirstLabelUnlessThatIsAmbiguous() {
        assertThat(codec(ACME).encode(vertex("Shop", "a", "b"))).isEqualTo("Address[a,b]");
        assertThat(codec(ACME).encode(vertex("Employee", "x"))).isEqualTo("Employee[x]");
        assertThat(codec(ACME).encode(vertex("Nameless", "x"))).isEqualTo("Nameless[x]");
        assertThat(codec(ACME).decodeVertex("Shop[a,b]")).isEqualTo(codec(ACME).decodeVertex("Address[a,b]"));
        assertThat(codec(ACME).decodeVertex("Person[x]")).isEmpty();
        assertThat(codec(ACME).encode(edge("OWNS(Agent,Shop)", "x"))).isEqualTo("OWNS(Agent\\,Shop)[x]");
    }

    @Test
    void anEdgeWithoutADeclaredIdIsItsRow() {
        EdgeId id = new EdgeId("OWNS(Employee,Shop)", ACME, List.of(Value.of(1_099_511_627_777L)));

        assertThat(codec(ALL).encode(id)).isEqualTo("OWNS(Employee\\,Shop)[1099511627777]");
        assertThat(codec(ALL).decodeEdge("OWNS(Employee\\,Shop)[1099511627777]"))
                .contains(new DecodedId("OWNS(Employee,Shop)", Optional.empty(), List.of("1099511627777")));
    }

    @Test
    void writesKeysAsPeopleWriteThem() {
        VertexId id = new VertexId("Span", ACME, List.of(Value.of(-7L), new Value.DateValue(LocalDate.of(2026, 1, 2))));

        assertThat(codec(ALL).encode(id)).isEqualTo("Span[-7,2026-01-02]");
        assertThatThrownBy(() -> codec(ALL).encode(new VertexId("Agent", ACME, List.of(Value.NULL))))
                .hasMessageContaining("a key cannot hold");
    }

    @Test
    void everyTextSurvivesTheWayThereAndBack() {
        Random random = new Random(7);
        String[] pieces = {
            ",", "[", "]", "\\", "", " ", "a", "\\\\", "],[", "\uD83D\uDE00", "\n", "'", "\"", "0", "Agent["
        };
        for (int i = 0; i < 20_000; i++) {
            VertexId one =
                    new VertexId("Agent", Optional.of(text(random, pieces)), List.of(Value.of(text(random, pieces))));
            VertexId two = vertex("Span", text(random, pieces), text(random, pieces));
            EdgeId edge = edge("KNOWS(Agent,Agent)", text(random, pieces), text(random, pieces));

            assertThat(codec(ALL).decodeVertex(codec(ALL).encode(one)))
                    .contains(decoded(one.vertexType(), one.tenant(), one.key()));
            assertThat(codec(ACME).decodeVertex(codec(ACME).encode(one))).contains(decoded("Agent", ALL, one.key()));
            assertThat(codec(ALL).decodeVertex(codec(ALL).encode(two))).contains(decoded("Span", ALL, two.key()));
            assertThat(codec(ALL).decodeEdge(codec(ALL).encode(edge)))
                    .contains(decoded(edge.edgeType(), edge.tenant(), edge.key()));
        }
    }

    @Test
    void takesAnIdWithOrWithoutItsTenant() {
        assertThat(codec(ALL).decodeVertex("Agent[main]"))
                .contains(new DecodedId("Agent", Optional.empty(), List.of("main")));
        assertThat(codec(ACME).decodeVertex("Agent[globex,main]"))
                .contains(new DecodedId("Agent", Optional.of("globex"), List.of("main")));
        assertThat(codec(ALL).decodeVertex("Span[acme,t,s]"))
                .contains(new DecodedId("Span", Optional.of("acme"), List.of("t", "s")));
        assertThat(codec(ALL).decodeVertex("Agent[]")).contains(new DecodedId("Agent", Optional.empty(), List.of("")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Agent",
                "Agent[",
                "Agent]",
                "Agent[a",
                "Agent[a]x",
                "Agent[a]]",
                "Agent[[a]",
                "Agent[a,b,c]",
                "Nobody[a]",
                "[a]",
                "agent[a]",
                "Model[acme,m]",
                "Agent[a\\",
                "Agent[a\\]",
                "Ag,ent[a]",
                "Span[s]"
            })
    void whatIsNoIdNamesNothing(String text) {
        assertThat(codec(ALL).decodeVertex(text)).isEmpty();
        assertThat(codec(ALL).decodeEdge(text)).isEmpty();
    }

    private static ElementIdCodec codec(Optional<String> tenant) {
        return new ElementIdCodec(SCHEMA, tenant);
    }

    private static VertexId vertex(String type, String... key) {
        return new VertexId(type, ACME, List.of(key).stream().map(Value::of).toList());
    }

    private static EdgeId edge(String type, String... key) {
        return new EdgeId(type, ACME, List.of(key).stream().map(Value::of).toList());
    }

    private static DecodedId decoded(String type, Optional<String> tenant, List<Value> key) {
        return new DecodedId(
                type,
                tenant,
                key.stream().map(value -> ((Value.StringValue) value).value()).toList());
    }

    private static String text(Random random, String[] pieces) {
        StringBuilder text = new StringBuilder();
        int count = random.nextInt(6);
        for (int i = 0; i < count; i++) {
            text.append(pieces[random.nextInt(pieces.length)]);
        }
        return text.toString();
    }
}
