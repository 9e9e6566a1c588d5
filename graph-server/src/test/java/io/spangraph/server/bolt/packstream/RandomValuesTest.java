package io.spangraph.server.bolt.packstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.spangraph.model.value.Value;
import io.spangraph.model.value.Value.EdgeId;
import io.spangraph.model.value.Value.VertexId;
import io.spangraph.server.bolt.client.PackedObjects;
import io.spangraph.server.value.ElementIds;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random values go out and come back the same, and another implementation reads and writes the same bytes. */
class RandomValuesTest {
    private static final int SEEDS = Boolean.getBoolean("full") ? 20_000 : 1_000;
    private static final List<ValueForm> FORMS = List.of(
            new ValueForm(false, false, false, false),
            new ValueForm(true, true, false, false),
            new ValueForm(true, true, true, true));

    static IntStream forms() {
        return IntStream.range(0, FORMS.size());
    }

    @ParameterizedTest
    @MethodSource("forms")
    void comeBackTheSame(int index) {
        ValueForm form = FORMS.get(index);
        for (int seed = 0; seed < SEEDS; seed++) {
            Value value = value(new Random(seed), 4);
            byte[] bytes = write(form, value);

            ValueReader reader = new ValueReader(new PackStreamReader(Unpooled.wrappedBuffer(bytes)), form);
            assertThat(reader.read()).as("seed %d", seed).isEqualTo(value);
            assertThat(reader.refusal()).isEmpty();
            assertThat(PackedObjects.pack(PackedObjects.unpack(bytes)))
                    .as("seed %d", seed)
                    .isEqualTo(bytes);
        }
    }

    private static byte[] write(ValueForm form, Value value) {
        ByteBuf buffer = Unpooled.buffer();
        new ValueWriter(new PackStreamWriter(buffer), form, new NoElements()).write(value);
        return Arrays.copyOf(buffer.array(), buffer.writerIndex());
    }

    private static Value value(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 12 : 14)) {
            case 0 -> Value.NULL;
            case 1 -> Value.of(random.nextBoolean());
            case 2 -> Value.of(random.nextLong() >> random.nextInt(64));
            case 3 -> Value.of(random.nextGaussian());
            case 4, 5 -> Value.of(text(random));
            case 6 -> {
                byte[] bytes = new byte[random.nextInt(400)];
                random.nextBytes(bytes);
                yield new Value.BytesValue(bytes);
            }
            case 7 -> new Value.DateValue(LocalDate.ofEpochDay(random.nextInt()));
            case 8 -> new Value.LocalTimeValue(time(random));
            case 9 -> new Value.TimeValue(OffsetTime.of(time(random), offset(random)));
            case 10 -> new Value.LocalDateTimeValue(dateTime(random));
            case 11 -> random.nextBoolean() ? duration(random) : zoned(random);
            case 12 -> {
                List<Value> elements = new ArrayList<>();
                for (int i = random.nextInt(20); i > 0; i--) {
                    elements.add(value(random, depth - 1));
                }
                yield Value.of(elements);
            }
            default -> {
                Map<String, Value> entries = new LinkedHashMap<>();
                for (int i = random.nextInt(20); i > 0; i--) {
                    entries.put(text(random), value(random, depth - 1));
                }
                yield new Value.MapValue(entries);
            }
        };
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(30); i > 0; i--) {
            int codePoint = random.nextInt(4) == 0 ? random.nextInt(0x1_1000) : random.nextInt(128);
            text.appendCodePoint(
                    Character.isBmpCodePoint(codePoint) && Character.isSurrogate((char) codePoint) ? '?' : codePoint);
        }
        return text.toString();
    }

    private static LocalTime time(Random random) {
        return LocalTime.ofNanoOfDay(random.nextLong(86_400_000_000_000L));
    }

    private static ZoneOffset offset(Random random) {
        return ZoneOffset.ofTotalSeconds(random.nextInt(-64_800, 64_801));
    }

    private static LocalDateTime dateTime(Random random) {
        return LocalDateTime.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000), ZoneOffset.UTC);
    }

    private static Value zoned(Random random) {
        ZoneId zone = random.nextBoolean() ? offset(random) : ZoneId.of("America/New_York");
        // Of the two meanings of an hour that occurs twice, the old form can only say the earlier.
        return new Value.DateTimeValue(ZonedDateTime.of(dateTime(random), zone).withEarlierOffsetAtOverlap());
    }

    private static Value duration(Random random) {
        return new Value.DurationValue(
                random.nextInt(), random.nextInt(), random.nextLong() >> 1, random.nextInt(1_000_000_000));
    }

    /** There are no elements among these values. */
    private static final class NoElements implements ElementIds {
        @Override
        public String of(VertexId id) {
            throw new AssertionError(id);
        }

        @Override
        public String of(EdgeId id) {
            throw new AssertionError(id);
        }
    }
}
