package io.spangraph.server.bolt.packstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.spangraph.server.bolt.client.PackedObjects;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PackStreamTest {
    @ParameterizedTest
    @CsvSource({
        "0, 00",
        "127, 7f",
        "-16, f0",
        "-17, c8ef",
        "-128, c880",
        "128, c90080",
        "-129, c9ff7f",
        "32767, c97fff",
        "-32768, c98000",
        "32768, ca00008000",
        "-2147483648, ca80000000",
        "2147483648, cb0000000080000000",
        "9223372036854775807, cb7fffffffffffffff",
        "-9223372036854775808, cb8000000000000000"
    })
    void integersTakeTheShortestForm(long number, String hex) {
        assertThat(written(out -> out.writeInteger(number))).isEqualTo(hex);
        assertThat(reader(hex).readInteger()).isEqualTo(number);
    }

    @Test
    void otherSimpleValues() {
        assertThat(written(PackStreamWriter::writeNull)).isEqualTo("c0");
        assertThat(written(out -> out.writeBoolean(true))).isEqualTo("c3");
        assertThat(written(out -> out.writeBoolean(false))).isEqualTo("c2");
        assertThat(written(out -> out.writeFloat(1.1))).isEqualTo("c13ff199999999999a");
        assertThat(written(out -> out.writeBytes(new byte[] {1, 2, 3}))).isEqualTo("cc03010203");
        assertThat(written(out -> out.writeBytes(new byte[0]))).isEqualTo("cc00");
        assertThat(written(out -> out.writeString(""))).isEqualTo("80");
        assertThat(written(out -> out.writeString("Größenmaßstäbe")))
                .isEqualTo("d0124772c3b6c39f656e6d61c39f7374c3a46265");
        assertThat(written(out -> out.writeStructureHeader(0x4E, 4))).isEqualTo("b44e");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, 16, 17, 255, 256, 65_535, 65_536, 70_000})
    void sizesOfEachWidth(int size) {
        String text = "x".repeat(size);
        byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        List<Object> list = Collections.nCopies(size, 7L);

        assertThat(writtenBytes(out -> out.writeString(text))).isEqualTo(PackedObjects.pack(text));
        assertThat(writtenBytes(out -> out.writeBytes(bytes))).isEqualTo(PackedObjects.pack(bytes));
        assertThat(writtenBytes(out -> {
                    out.writeListHeader(size);
                    list.forEach(element -> out.writeInteger(7));
                }))
                .isEqualTo(PackedObjects.pack(list));
        assertThat(reader(PackedObjects.pack(text)).readString()).isEqualTo(text);
        assertThat(reader(PackedObjects.pack(bytes)).readBytes()).isEqualTo(bytes);
        assertThat(reader(PackedObjects.pack(list)).readListHeader()).isEqualTo(size);
    }

    @Test
    void readsIntegersThatAreLongerThanTheyMustBe() {
        assertThat(reader("c801").readInteger()).isEqualTo(1);
        assertThat(reader("cb0000000000000001").readInteger()).isEqualTo(1);
    }

    @Test
    void skipsOneValueWithAllThatIsInIt() {
        Object value = Map.of("list", Arrays.asList(1, "two", 3.0, null, true, new byte[300], Map.of("k", List.of())));
        byte[] bytes = PackedObjects.pack(List.of(value, 42));
        PackStreamReader reader = reader(bytes);

        reader.readListHeader();
        reader.skip();

        assertThat(reader.readInteger()).isEqualTo(42);
        reader.requireEnd();
    }

    @Test
    void skipsWhatIsNestedDeeplyWithoutRecursion() {
        byte[] bytes = new byte[1_000_000];
        Arrays.fill(bytes, (byte) 0x91);
        bytes[bytes.length - 1] = 0x01;
        PackStreamReader reader = reader(bytes);

        reader.skip();

        reader.requireEnd();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "d2ffffffff61 | A size of 4294967295 for a string is more than the 1 bytes that are left in the message.",
                "ce7fffffff | A size of 2147483647 for a byte array is more than the 0 bytes that are left in the message.",
                "d67fffffff01 | A size of 2147483647 for a list is more than the 1 bytes that are left in the message.",
                "da80000000 | A size of 2147483648 for a map is more than the 0 bytes that are left in the message.",
                "8361 | A size of 3 for a string is more than the 1 bytes that are left in the message.",
                "c9 | The message ends within a value.",
                "a18161 | The message ends within a value.",
                "c17ff0 | The message ends within a value.",
                "e000 | The message ends within a value.",
                "dc00 | No value begins with the byte 0xDC."
            })
    void refusesSizesAndMarkersThatCannotBe(String hex, String message) {

        assertThatThrownBy(() -> reader(hex).skip())
                .isInstanceOf(PackStreamException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"81ff", "82c080", "83eda080", "81c3", "84f5808080"})
    void refusesTextThatIsNotUtf8(String hex) {
        assertThatThrownBy(() -> reader(hex).readString())
                .isInstanceOf(PackStreamException.class)
                .hasMessageContaining("is not valid UTF-8");
    }

    @Test
    void keepsAReplacementCharacterThatWasSent() {
        assertThat(reader(PackedObjects.pack("a\uFFFDb")).readString()).isEqualTo("a\uFFFDb");
    }

    @Test
    void writesAQuestionMarkForHalfASurrogatePair() {
        assertThat(written(out -> out.writeString("a\uD800b"))).isEqualTo("83613f62");
    }

    @Test
    void namesBothTypesWhenOneIsFoundInPlaceOfAnother() {
        assertThatThrownBy(() -> reader("01").readString())
                .isInstanceOf(PackStreamException.class)
                .hasMessage("Expected a string, found an integer.");
    }

    @Test
    void refusesBytesBehindTheEnd() {
        assertThatThrownBy(() -> reader("01").requireEnd())
                .isInstanceOf(PackStreamException.class)
                .hasMessage("The message goes on for 1 bytes after its end.");
    }

    private static String written(Consumer<PackStreamWriter> writing) {
        return HexFormat.of().formatHex(writtenBytes(writing));
    }

    private static byte[] writtenBytes(Consumer<PackStreamWriter> writing) {
        ByteBuf buffer = Unpooled.buffer();
        writing.accept(new PackStreamWriter(buffer));
        return Arrays.copyOf(buffer.array(), buffer.writerIndex());
    }

    private static PackStreamReader reader(String hex) {
        return reader(HexFormat.of().parseHex(hex));
    }

    private static PackStreamReader reader(byte[] bytes) {
        return new PackStreamReader(Unpooled.wrappedBuffer(bytes));
    }
}
