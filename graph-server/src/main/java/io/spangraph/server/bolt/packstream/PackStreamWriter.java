package io.spangraph.server.bolt.packstream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

/** Appends the elements that values are made of to a buffer, each in its shortest form. */
public final class PackStreamWriter {
    private static final int BYTE_SIZES = 1 << 8;
    private static final int SHORT_SIZES = 1 << 16;

    private final ByteBuf out;

    public PackStreamWriter(ByteBuf out) {
        this.out = out;
    }

    public void writeNull() {
        out.writeByte(Marker.NULL);
    }

    public void writeBoolean(boolean value) {
        out.writeByte(value ? Marker.TRUE : Marker.FALSE);
    }

    public void writeInteger(long value) {
        if (value >= Marker.LEAST_TINY_INTEGER && value <= Byte.MAX_VALUE) {
            out.writeByte((int) value);
        } else if (value == (byte) value) {
            out.writeByte(Marker.INTEGER_8).writeByte((int) value);
        } else if (value == (short) value) {
            out.writeByte(Marker.INTEGER_16).writeShort((int) value);
        } else if (value == (int) value) {
            out.writeByte(Marker.INTEGER_32).writeInt((int) value);
        } else {
            out.writeByte(Marker.INTEGER_64).writeLong(value);
        }
    }

    public void writeFloat(double value) {
        out.writeByte(Marker.FLOAT).writeDouble(value);
    }

    public void writeBytes(byte[] value) {
        writeWideSize(value.length, Marker.BYTES_8);
        out.writeBytes(value);
    }

    /** Half a surrogate pair, which UTF-8 cannot say, becomes a question mark. */
    public void writeString(String value) {
        int length = ByteBufUtil.utf8Bytes(value);
        writeSize(length, Marker.TINY_STRING, Marker.STRING_8);
        ByteBufUtil.reserveAndWriteUtf8(out, value, length);
    }

    public void writeListHeader(int size) {
        writeSize(size, Marker.TINY_LIST, Marker.LIST_8);
    }

    /** The entries follow, each a string and a value. */
    public void writeMapHeader(int size) {
        writeSize(size, Marker.TINY_MAP, Marker.MAP_8);
    }

    public void writeStructureHeader(int tag, int size) {
        out.writeByte(Marker.STRUCTURE + size).writeByte(tag);
    }

    private void writeSize(int size, int tinyMarker, int marker8) {
        if (size < Marker.TINY_SIZES) {
            out.writeByte(tinyMarker + size);
        } else {
            writeWideSize(size, marker8);
        }
    }

    private void writeWideSize(int size, int marker8) {
        if (size < BYTE_SIZES) {
            out.writeByte(marker8).writeByte(size);
        } else if (size < SHORT_SIZES) {
            out.writeByte(marker8 + 1).writeShort(size);
        } else {
            out.writeByte(marker8 + 2).writeInt(size);
        }
    }
}
