package io.spangraph.iceberg.equivalence;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/**
 * Values of a type by numbers, as Iceberg holds them inside: days, microseconds, texts, bytes.
 *
 * @param prefix what each text begins with
 */
public record TypedValues(Type type, String prefix) {
    private static final long DAY_MICROS = 86_400_000_000L;
    private static final List<String> EXTREME_TEXTS = List.of(
            "",
            "\0",
            "a\0b",
            "\uD83D\uDE80",
            "\uD83D\uDE80\uD83D\uDE80",
            "\uFFFD",
            "\uFFFF",
            "\uDBFF\uDFFF",
            "\u007F",
            "gr\u00FCn",
            "x".repeat(17),
            "x".repeat(65),
            "\uDBFF\uDFFF".repeat(17),
            "\u00E9".repeat(40),
            " ",
            "a ");

    /** Prefixes shorter and longer than the lengths that bounds are cut to, also within a character. */
    static final List<String> PREFIXES = List.of(
            "",
            "",
            "t-",
            "a prefix of more than sixteen",
            "\u00E4".repeat(33),
            "shared by every value of this column, and longer than the sixty-four bytes of an index / ");

    /** So long that few hundred rows fill what a reader takes at once. */
    static final String PAYLOAD = "payload ".repeat(1_200);

    Object of(long number) {
        if (number >= ValuePattern.EXTREME) {
            return extreme((int) (number - ValuePattern.EXTREME));
        }
        return switch (type.typeId()) {
            case BOOLEAN -> (number & 1) == 1;
            case INTEGER -> (int) number;
            case LONG -> number;
            case FLOAT -> (float) number * 0.5f;
            case DOUBLE -> number * 0.1;
            case DATE -> (int) (number % 20_000);
            case TIME -> Math.floorMod(number * 1_000_003, DAY_MICROS);
            case TIMESTAMP -> number % 4_000_000_000L * 1_000_001;
            case TIMESTAMP_NANO -> number % 4_000_000_000L * 1_000_001_001;
            case STRING -> prefix + Long.toString(number, 36);
            case UUID -> new UUID(number * 31, number);
            case FIXED -> fixed(number);
            case BINARY -> ByteBuffer.wrap((prefix + number).getBytes(StandardCharsets.UTF_8));
            case DECIMAL -> decimal(number);
            default -> throw new IllegalArgumentException("no values of " + type);
        };
    }

    private Object fixed(long number) {
        byte[] bytes = new byte[((Types.FixedType) type).length()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (number >>> 8 * (i % 8));
        }
        return ByteBuffer.wrap(bytes);
    }

    private Object decimal(long number) {
        Types.DecimalType decimal = (Types.DecimalType) type;
        BigInteger bound = BigInteger.TEN.pow(decimal.precision());
        return new BigDecimal(BigInteger.valueOf(number).remainder(bound), decimal.scale());
    }

    private static <T> T pick(List<T> values, int at) {
        return values.get(at % values.size());
    }

    private Object extreme(int at) {
        return switch (type.typeId()) {
            case BOOLEAN -> at % 2 == 0;
            case INTEGER -> pick(List.of(Integer.MIN_VALUE, Integer.MAX_VALUE, -1, 0, 1), at);
            case LONG -> pick(List.of(Long.MIN_VALUE, Long.MAX_VALUE, -1L, 0L, 1L, 1L << 53, (1L << 53) + 1), at);
            case FLOAT ->
                pick(
                        List.of(
                                Float.NaN,
                                -0.0f,
                                0.0f,
                                Float.POSITIVE_INFINITY,
                                Float.NEGATIVE_INFINITY,
                                Float.MIN_VALUE,
                                Float.MAX_VALUE,
                                0.1f),
                        at);
            case DOUBLE ->
                pick(
                        List.of(
                                Double.NaN,
                                -0.0,
                                0.0,
                                Double.POSITIVE_INFINITY,
                                Double.NEGATIVE_INFINITY,
                                Double.MIN_VALUE,
                                Double.MAX_VALUE,
                                0x1p53,
                                0.1),
                        at);
            case DATE -> pick(List.of(-719_162, 2_932_896, 0, -1, 20_000), at);
            case TIME -> pick(List.of(0L, DAY_MICROS - 1, 1L, 999_999L), at);
            case TIMESTAMP -> pick(List.of(-62_135_596_800_000_000L, 253_402_300_799_999_999L, -1L, 0L, -999_999L), at);
            case TIMESTAMP_NANO -> pick(List.of(-1L << 62, 1L << 62, -1L, 0L), at);
            case STRING -> pick(EXTREME_TEXTS, at);
            case UUID -> pick(List.of(new UUID(0, 0), new UUID(-1, -1), new UUID(Long.MIN_VALUE, 1)), at);
            case FIXED -> {
                byte[] bytes = new byte[((Types.FixedType) type).length()];
                Arrays.fill(bytes, (byte) pick(List.of(0, 255, 128, 127), at).intValue());
                yield ByteBuffer.wrap(bytes);
            }
            case BINARY -> ByteBuffer.wrap(pick(EXTREME_TEXTS, at).getBytes(StandardCharsets.UTF_8));
            case DECIMAL -> {
                Types.DecimalType decimal = (Types.DecimalType) type;
                BigInteger most = BigInteger.TEN.pow(decimal.precision()).subtract(BigInteger.ONE);
                yield new BigDecimal(
                        pick(List.of(most, most.negate(), BigInteger.ZERO, BigInteger.ONE.negate()), at),
                        decimal.scale());
            }
            default -> throw new IllegalArgumentException("no values of " + type);
        };
    }
}
