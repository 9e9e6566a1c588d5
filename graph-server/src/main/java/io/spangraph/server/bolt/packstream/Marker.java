package io.spangraph.server.bolt.packstream;

/** The first bytes of values, as unsigned numbers. A small size, or a small integer, is a part of the marker itself. */
final class Marker {
    static final int TINY_STRING = 0x80;
    static final int TINY_LIST = 0x90;
    static final int TINY_MAP = 0xA0;
    static final int STRUCTURE = 0xB0;
    static final int NULL = 0xC0;
    static final int FLOAT = 0xC1;
    static final int FALSE = 0xC2;
    static final int TRUE = 0xC3;
    static final int INTEGER_8 = 0xC8;
    static final int INTEGER_16 = 0xC9;
    static final int INTEGER_32 = 0xCA;
    static final int INTEGER_64 = 0xCB;
    static final int BYTES_8 = 0xCC;
    static final int BYTES_16 = 0xCD;
    static final int BYTES_32 = 0xCE;
    static final int STRING_8 = 0xD0;
    static final int STRING_16 = 0xD1;
    static final int STRING_32 = 0xD2;
    static final int LIST_8 = 0xD4;
    static final int LIST_16 = 0xD5;
    static final int LIST_32 = 0xD6;
    static final int MAP_8 = 0xD8;
    static final int MAP_16 = 0xD9;
    static final int MAP_32 = 0xDA;
    static final int UUID = 0xE0;

    /** Integers from here to 127 are their own marker. */
    static final int LEAST_TINY_INTEGER = -16;

    /** Sizes below are a part of the marker. */
    static final int TINY_SIZES = 16;

    private Marker() {}

    /** The type that a marker begins. */
    static PackStreamType type(int marker) {
        if ((byte) marker >= LEAST_TINY_INTEGER) {
            return PackStreamType.INTEGER;
        }
        return switch (marker & 0xF0) {
            case TINY_STRING -> PackStreamType.STRING;
            case TINY_LIST -> PackStreamType.LIST;
            case TINY_MAP -> PackStreamType.MAP;
            case STRUCTURE -> PackStreamType.STRUCTURE;
            default -> wideType(marker);
        };
    }

    private static PackStreamType wideType(int marker) {
        return switch (marker) {
            case NULL -> PackStreamType.NULL;
            case FLOAT -> PackStreamType.FLOAT;
            case FALSE, TRUE -> PackStreamType.BOOLEAN;
            case INTEGER_8, INTEGER_16, INTEGER_32, INTEGER_64 -> PackStreamType.INTEGER;
            case BYTES_8, BYTES_16, BYTES_32 -> PackStreamType.BYTES;
            case STRING_8, STRING_16, STRING_32 -> PackStreamType.STRING;
            case LIST_8, LIST_16, LIST_32 -> PackStreamType.LIST;
            case MAP_8, MAP_16, MAP_32 -> PackStreamType.MAP;
            case UUID -> PackStreamType.UUID;
            default -> throw new PackStreamException("No value begins with the byte 0x%02X.".formatted(marker));
        };
    }
}
