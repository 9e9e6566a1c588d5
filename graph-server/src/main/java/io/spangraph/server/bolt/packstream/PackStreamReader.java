package io.spangraph.server.bolt.packstream;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

/**
 * Takes the elements that values are made of from the bytes of one message. Every size is compared with what is left
 * before anything is allocated for it: a few bytes must not be able to ask for gigabytes.
 */
public final class PackStreamReader {
    private static final char REPLACEMENT = '\uFFFD';
    private static final int UUID_BYTES = 16;

    private final ByteBuf in;

    public PackStreamReader(ByteBuf in) {
        this.in = in;
    }

    /** The beginning of a structure. */
    public record StructureHeader(int tag, int size) {}

    /** What comes next, without taking it. */
    public PackStreamType peekType() {
        require(1);
        return Marker.type(in.getUnsignedByte(in.readerIndex()));
    }

    public void readNull() {
        readMarker(PackStreamType.NULL);
    }

    public boolean readBoolean() {
        return readMarker(PackStreamType.BOOLEAN) == Marker.TRUE;
    }

    public long readInteger() {
        int marker = readMarker(PackStreamType.INTEGER);
        return switch (marker) {
            case Marker.INTEGER_8 -> require(1).readByte();
            case Marker.INTEGER_16 -> require(2).readShort();
            case Marker.INTEGER_32 -> require(4).readInt();
            case Marker.INTEGER_64 -> require(8).readLong();
            default -> (byte) marker;
        };
    }

    public double readFloat() {
        readMarker(PackStreamType.FLOAT);
        return require(8).readDouble();
    }

    public byte[] readBytes() {
        return take(readSize(PackStreamType.BYTES, 1));
    }

    public String readString() {
        byte[] bytes = take(readSize(PackStreamType.STRING, 1));
        String text = new String(bytes, StandardCharsets.UTF_8);
        // Java puts the replacement character where the bytes are wrong; then only, it is worth to look whether they
        // are.
        if (text.indexOf(REPLACEMENT) >= 0 && !Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes)) {
            throw new PackStreamException("A string of " + bytes.length + " bytes is not valid UTF-8.");
        }
        return text;
    }

    /** The number of elements that follow. */
    public int readListHeader() {
        return readSize(PackStreamType.LIST, 1);
    }

    /** The number of entries that follow, each a string and a value. */
    public int readMapHeader() {
        return readSize(PackStreamType.MAP, 2);
    }

    public StructureHeader readStructureHeader() {
        int size = readMarker(PackStreamType.STRUCTURE) - Marker.STRUCTURE;
        int tag = require(1).readUnsignedByte();
        require(size);
        return new StructureHeader(tag, size);
    }

    public UUID readUuid() {
        readMarker(PackStreamType.UUID);
        require(UUID_BYTES);
        return new UUID(in.readLong(), in.readLong());
    }

    /** Passes over one value with all that is in it; without recursion, so that depth does not matter. */
    public void skip() {
        long left = 1;
        while (left > 0) {
            left--;
            switch (peekType()) {
                case NULL -> readNull();
                case BOOLEAN -> readBoolean();
                case INTEGER -> readInteger();
                case FLOAT -> readFloat();
                case BYTES -> in.skipBytes(readSize(PackStreamType.BYTES, 1));
                case STRING -> in.skipBytes(readSize(PackStreamType.STRING, 1));
                case LIST -> left += readListHeader();
                case MAP -> left += 2L * readMapHeader();
                case STRUCTURE -> left += readStructureHeader().size();
                case UUID -> readUuid();
            }
        }
    }

    /** Checks that nothing is left. */
    public void requireEnd() {
        if (in.isReadable()) {
            throw new PackStreamException("The message goes on for " + in.readableBytes() + " bytes after its end.");
        }
    }

    private int readMarker(PackStreamType expected) {
        PackStreamType found = peekType();
        if (found != expected) {
            throw new PackStreamException("Expected " + expected.phrase() + ", found " + found.phrase() + ".");
        }
        return in.readUnsignedByte();
    }

    /** The size that belongs to a marker; each of the things counted takes at least so many bytes. */
    private int readSize(PackStreamType type, int leastBytes) {
        int marker = readMarker(type);
        long size = switch (marker) {
            case Marker.BYTES_8, Marker.STRING_8, Marker.LIST_8, Marker.MAP_8 ->
                require(1).readUnsignedByte();
            case Marker.BYTES_16, Marker.STRING_16, Marker.LIST_16, Marker.MAP_16 ->
                require(2).readUnsignedShort();
            case Marker.BYTES_32, Marker.STRING_32, Marker.LIST_32, Marker.MAP_32 ->
                require(4).readUnsignedInt();
            default -> marker % Marker.TINY_SIZES;
        };
        if (size * leastBytes > in.readableBytes()) {
            throw new PackStreamException("A size of " + size + " for " + type.phrase() + " is more than the "
                    + in.readableBytes() + " bytes that are left in the message.");
        }
        return (int) size;
    }

    private ByteBuf require(int bytes) {
        if (in.readableBytes() < bytes) {
            throw new PackStreamException("The message ends within a value.");
        }
        return in;
    }

    private byte[] take(int length) {
        byte[] bytes = new byte[length];
        in.readBytes(bytes);
        return bytes;
    }
}
