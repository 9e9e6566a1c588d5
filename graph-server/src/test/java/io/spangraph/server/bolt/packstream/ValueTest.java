package io.spangraph.server.bolt.packstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.model.value.Value;
import io.spangraph.model.value.Value.EdgeId;
import io.spangraph.model.value.Value.NodeValue;
import io.spangraph.model.value.Value.PathValue;
import io.spangraph.model.value.Value.RelationshipValue;
import io.spangraph.model.value.Value.VertexId;
import io.spangraph.server.bolt.client.PackedObjects;
import io.spangraph.server.bolt.client.PackedStructure;
import io.spangraph.server.value.ElementIds;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ValueTest {
    private static final ValueForm V4_4 = new ValueForm(false, false, false, false);
    private static final ValueForm V5_0 = new ValueForm(true, true, false, false);
    private static final ValueForm V6_1 = new ValueForm(true, true, true, true);

    private static final NodeValue ANNE = node("anne");
    private static final NodeValue BOB = node("bob");

    /** A value and its structure, as recorded from conversations of the official drivers. */
    private record Form(ValueForm form, Value value, PackedStructure packed) {}

    static List<Form> temporalForms() {
        ZonedDateTime paris = ZonedDateTime.parse("1970-01-01T02:15:00.000000042+01:00[Europe/Paris]");
        Value offset = new Value.DateTimeValue(ZonedDateTime.parse("1970-01-01T02:15:00.000000042+01:00"));
        Value zoned = new Value.DateTimeValue(paris);
        return List.of(
                new Form(V6_1, new Value.DateValue(LocalDate.parse("2024-10-04")), PackedStructure.of(0x44, 20_000L)),
                new Form(V6_1, new Value.DateValue(LocalDate.parse("1969-12-31")), PackedStructure.of(0x44, -1L)),
                new Form(
                        V6_1,
                        new Value.LocalTimeValue(LocalTime.parse("01:15:00.000000042")),
                        PackedStructure.of(0x74, 4_500_000_000_042L)),
                new Form(
                        V6_1,
                        new Value.TimeValue(OffsetTime.parse("01:15:00.000000042+01:00")),
                        PackedStructure.of(0x54, 4_500_000_000_042L, 3600L)),
                new Form(
                        V6_1,
                        new Value.LocalDateTimeValue(LocalDateTime.parse("1970-01-01T01:15:00.000000042")),
                        PackedStructure.of(0x64, 4500L, 42L)),
                new Form(V6_1, offset, PackedStructure.of(0x49, 4500L, 42L, 3600L)),
                new Form(V5_0, zoned, PackedStructure.of(0x69, 4500L, 42L, "Europe/Paris")),
                new Form(V4_4, offset, PackedStructure.of(0x46, 8100L, 42L, 3600L)),
                new Form(V4_4, zoned, PackedStructure.of(0x66, 8100L, 42L, "Europe/Paris")),
                new Form(V4_4.withUtcDateTimes(), offset, PackedStructure.of(0x49, 4500L, 42L, 3600L)),
                new Form(
                        V6_1,
                        new Value.DurationValue(14, -3, 4500, 42),
                        PackedStructure.of(0x45, 14L, -3L, 4500L, 42L)));
    }

    @ParameterizedTest
    @MethodSource("temporalForms")
    void temporalValuesInBothDirections(Form form) {
        assertThat(written(form.form(), form.value())).isEqualTo(form.packed());
        assertThat(read(form.form(), form.packed())).isEqualTo(form.value());
    }

    @Test
    void nodesWithAndWithoutElementIds() {
        long number = ElementIds.number("Person[anne]");
        Map<String, Object> properties = Map.of("name", "anne");

        assertThat(written(V5_0, ANNE))
                .isEqualTo(PackedStructure.of(0x4E, number, List.of("Person"), properties, "Person[anne]"));
        assertThat(written(V4_4, ANNE)).isEqualTo(PackedStructure.of(0x4E, number, List.of("Person"), properties));
    }

    @Test
    void relationshipsWithAndWithoutElementIds() {
        RelationshipValue knows = relationship(ANNE, BOB, 1);
        long number = ElementIds.number("KNOWS[1]");
        long anne = ElementIds.number("Person[anne]");
        long bob = ElementIds.number("Person[bob]");

        assertThat(written(V6_1, knows))
                .isEqualTo(PackedStructure.of(
                        0x52, number, anne, bob, "KNOWS", Map.of(), "KNOWS[1]", "Person[anne]", "Person[bob]"));
        assertThat(written(V4_4, knows)).isEqualTo(PackedStructure.of(0x52, number, anne, bob, "KNOWS", Map.of()));
    }

    @Test
    void aPathNamesEachElementOnceAndWalksByIndices() {
        RelationshipValue there = relationship(ANNE, BOB, 1);
        RelationshipValue back = relationship(ANNE, BOB, 2);
        PathValue path = new PathValue(List.of(ANNE, BOB, ANNE, BOB), List.of(there, back, there));

        assertThat(written(V4_4, path))
                .isEqualTo(PackedStructure.of(
                        0x50,
                        Arrays.asList(written(V4_4, ANNE), written(V4_4, BOB)),
                        List.of(
                                PackedStructure.of(0x72, ElementIds.number("KNOWS[1]"), "KNOWS", Map.of()),
                                PackedStructure.of(0x72, ElementIds.number("KNOWS[2]"), "KNOWS", Map.of())),
                        List.of(1L, 1L, -2L, 0L, 1L, 1L)));
    }

    @Test
    void aPathOfOneNodeAndALoop() {
        RelationshipValue loop = relationship(ANNE, ANNE, 1);

        assertThat(written(V5_0, new PathValue(List.of(ANNE), List.of())))
                .isEqualTo(PackedStructure.of(0x50, Arrays.asList(written(V5_0, ANNE)), List.of(), List.of()));
        assertThat(written(V5_0, new PathValue(List.of(ANNE, ANNE), List.of(loop))))
                .isEqualTo(PackedStructure.of(
                        0x50,
                        Arrays.asList(written(V5_0, ANNE)),
                        List.of(PackedStructure.of(0x72, ElementIds.number("KNOWS[1]"), "KNOWS", Map.of(), "KNOWS[1]")),
                        List.of(1L, 0L)));
    }

    @Test
    void aUuidIsReadAsItsText() {
        UUID uuid = UUID.fromString("0190d0f0-1111-7222-8333-444455556666");

        assertThat(read(V6_1, uuid)).isEqualTo(Value.of(uuid.toString()));
        assertThatThrownBy(() -> read(V5_0, uuid))
                .isInstanceOf(PackStreamException.class)
                .hasMessage("No value of this version of Bolt begins with the byte 0xE0.");
    }

    @Test
    void secondsOfADurationTakeUpItsNanos() {
        assertThat(read(V6_1, PackedStructure.of(0x45, 0L, 0L, 1L, -1L)))
                .isEqualTo(new Value.DurationValue(0, 0, 0, 999_999_999));
        assertThat(read(V6_1, PackedStructure.of(0x45, 0L, 0L, 1L, 2_000_000_001L)))
                .isEqualTo(new Value.DurationValue(0, 0, 3, 1));
    }

    /** What is well-formed and cannot be used. */
    private record Refusal(PackedStructure packed, QueryErrorCode code, String message) {}

    static List<Refusal> refusals() {
        QueryErrorCode unsupported = QueryErrorCode.UNSUPPORTED;
        QueryErrorCode argument = QueryErrorCode.ARGUMENT_ERROR;
        return List.of(
                new Refusal(
                        PackedStructure.of(0x4E, 1, List.of("Person"), Map.of(), "Person[anne]"),
                        unsupported,
                        "a node cannot be a parameter."),
                new Refusal(PackedStructure.of(0x52, 1, 2, 3, "T", Map.of()), unsupported, "a relationship cannot be"),
                new Refusal(PackedStructure.of(0x50, List.of(), List.of(), List.of()), unsupported, "a path cannot be"),
                new Refusal(PackedStructure.of(0x58, 4326, 1.0, 2.0), unsupported, "a point cannot be a parameter."),
                new Refusal(PackedStructure.of(0x59, 4979, 1.0, 2.0, 3.0), unsupported, "a point cannot be"),
                new Refusal(PackedStructure.of(0x56, new byte[] {1}, new byte[8]), unsupported, "a vector cannot be"),
                new Refusal(PackedStructure.of(0x3F, "X", 7, 0, Map.of()), unsupported, "a value of a newer type"),
                new Refusal(
                        PackedStructure.of(0x44, Long.MAX_VALUE), argument, "the fields of a date are out of range"),
                new Refusal(PackedStructure.of(0x74, -1), argument, "the fields of a local time are out of range"),
                new Refusal(PackedStructure.of(0x54, 0, 1L << 40), argument, "the fields of a time are out of range"),
                new Refusal(PackedStructure.of(0x49, 0, 1_000_000_000, 0), argument, "a date-time are out of range"),
                new Refusal(PackedStructure.of(0x49, Long.MIN_VALUE, 0, 0), argument, "a date-time are out of range"),
                new Refusal(PackedStructure.of(0x64, 0, -1), argument, "a local date-time are out of range"),
                new Refusal(
                        PackedStructure.of(0x45, 0, 0, Long.MAX_VALUE, 1_000_000_000),
                        argument,
                        "the fields of a duration are out of range"),
                new Refusal(
                        PackedStructure.of(0x69, 0, 0, "Mars/Olympus"),
                        argument,
                        "there is no time zone 'Mars/Olympus'"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void wellFormedValuesThatCannotBeUsedAreRefusedByName(Refusal refusal) {
        ValueReader reader = reader(V6_1, Map.of("limit", List.of(refusal.packed(), 42)));

        assertThat(reader.readMap()).isEqualTo(Map.of("limit", Value.of(List.of(Value.NULL, Value.of(42)))));
        assertThat(reader.refusal()).hasValueSatisfying(problem -> {
            assertThat(problem.code()).isEqualTo(refusal.code());
            assertThat(problem).hasMessageContaining("Invalid value of parameter 'limit': ");
            assertThat(problem).hasMessageContaining(refusal.message());
        });
    }

    static List<Object> malformed() {
        return List.of(
                PackedStructure.of(0x44, 1, 2),
                PackedStructure.of(0x44, "today"),
                PackedStructure.of(0x69, 0, 0, 0),
                PackedStructure.of(0x46, 0, 0, 0),
                PackedStructure.of(0x01, 0),
                PackedStructure.of(0xFF));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void structuresOfTheWrongFormAreMalformed(Object packed) {
        assertThatThrownBy(() -> read(V6_1, packed)).isInstanceOf(PackStreamException.class);
    }

    @Test
    void vectorsAreUnknownBefore6() {
        assertThatThrownBy(() -> read(V5_0, PackedStructure.of(0x56, new byte[1], new byte[8])))
                .isInstanceOf(PackStreamException.class)
                .hasMessage("No value of this version of Bolt is a structure with the tag 0x56.");
    }

    @Test
    void deepestNestingIsReadAndOneLevelMoreRefused() {
        ValueReader deepest = reader(V6_1, nested(ValueReader.DEEPEST_NESTING));
        deepest.read();
        assertThat(deepest.refusal()).isEmpty();

        ValueReader deeper = reader(V6_1, nested(ValueReader.DEEPEST_NESTING + 1));
        deeper.read();
        assertThat(deeper.refusal()).hasValueSatisfying(problem -> {
            assertThat(problem.code()).isEqualTo(QueryErrorCode.COMPLEXITY_LIMIT);
            assertThat(problem).hasMessageContaining("nested more than 100 levels deep");
        });
    }

    @Test
    void aKeyCannotOccurTwice() {
        byte[] bytes = {(byte) 0xA2, (byte) 0x81, 'a', 1, (byte) 0x81, 'a', 2};

        assertThatThrownBy(() -> new ValueReader(new PackStreamReader(Unpooled.wrappedBuffer(bytes)), V6_1).read())
                .isInstanceOf(PackStreamException.class)
                .hasMessage("The key 'a' occurs twice in a map.");
    }

    private static Object nested(int levels) {
        Object value = 1;
        for (int i = 0; i < levels; i++) {
            value = i % 2 == 0 ? List.of(value) : Map.of("k", value);
        }
        return value;
    }

    private static NodeValue node(String name) {
        VertexId id = new VertexId("Person", Optional.empty(), List.of(Value.of(name)));
        return new NodeValue(id, List.of("Person"), Map.of("name", Value.of(name)));
    }

    private static RelationshipValue relationship(NodeValue start, NodeValue end, long number) {
        EdgeId id = new EdgeId("KNOWS", Optional.empty(), List.of(Value.of(number)));
        return new RelationshipValue(id, "KNOWS", start.id(), end.id(), Map.of());
    }

    private static ValueReader reader(ValueForm form, Object packed) {
        return new ValueReader(new PackStreamReader(Unpooled.wrappedBuffer(PackedObjects.pack(packed))), form);
    }

    private static Value read(ValueForm form, Object packed) {
        ValueReader reader = reader(form, packed);
        Value value = reader.read();
        assertThat(reader.refusal()).isEmpty();
        return value;
    }

    private static @Nullable Object written(ValueForm form, Value value) {
        ByteBuf buffer = Unpooled.buffer();
        new ValueWriter(new PackStreamWriter(buffer), form, new PlainElementIds()).write(value);
        return PackedObjects.unpack(Arrays.copyOf(buffer.array(), buffer.writerIndex()));
    }

    /** {@code Person[anne]}. */
    private static final class PlainElementIds implements ElementIds {
        @Override
        public String of(VertexId id) {
            return id.vertexType() + "[" + plain(id.key()) + "]";
        }

        @Override
        public String of(EdgeId id) {
            return id.edgeType() + "[" + plain(id.key()) + "]";
        }

        private static String plain(List<Value> key) {
            return io.spangraph.model.value.ValueText.plain(key.getFirst());
        }
    }

    @Test
    void zonesKeepTheirNames() {
        Value value = new Value.DateTimeValue(ZonedDateTime.of(2024, 7, 1, 12, 0, 0, 0, ZoneId.of("Europe/Paris")));

        assertThat(written(V6_1, value)).isEqualTo(PackedStructure.of(0x69, 1_719_828_000L, 0L, "Europe/Paris"));
    }
}
