package io.spangraph.server.bolt.client;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** PackStream of plain Java objects: null, Boolean, Integer, Long, Double, String, byte[], UUID, List, Map, structures. */
public final class PackedObjects {
    private PackedObjects() {}

    public static byte[] pack(@Nullable Object value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            pack(value, new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** The one value that the bytes are. */
    public static @Nullable Object unpack(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            Object value = unpack(in);
            if (in.available() > 0) {
                throw new IllegalArgumentException(in.available() + " bytes are left");
            }
            return value;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void pack(@Nullable Object value, DataOutputStream out) throws IOException {
        switch (value) {
            case null -> out.write(0xC0);
            case Boolean flag -> out.write(flag ? 0xC3 : 0xC2);
            case Integer number -> packInteger(number, out);
            case Long number -> packInteger(number, out);
            case Double number -> {
                out.write(0xC1);
                out.writeDouble(number);
            }
            case String text -> {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                packSize(bytes.length, 0x80, 0xD0, out);
                out.write(bytes);
            }
            case byte[] bytes -> {
                packSize(bytes.length, -1, 0xCC, out);
                out.write(bytes);
            }
            case UUID uuid -> {
                out.write(0xE0);
                out.writeLong(uuid.getMostSignificantBits());
                out.writeLong(uuid.getLeastSignificantBits());
            }
            case List<?> elements -> {
                packSize(elements.size(), 0x90, 0xD4, out);
                for (Object element : elements) {
                    pack(element, out);
                }
            }
            case Map<?, ?> entries -> {
                packSize(entries.size(), 0xA0, 0xD8, out);
                for (Map.Entry<?, ?> entry : entries.entrySet()) {
                    pack(entry.getKey(), out);
                    pack(entry.getValue(), out);
                }
            }
            case PackedStructure structure -> {
                out.write(0xB0 + structure.fields().size());
                out.write(structure.tag());
                for (Object field : structure.fields()) {
                    pack(field, out);
                }
            }
            default -> throw new IllegalArgumentException("cannot pack " + value.getClass());
        }
    }

    private static void packInteger(long number, DataOutputStream out) throws IOException {
        if (number >= -16 && number < 128) {
            out.write((int) number);
        } else if (number >= Byte.MIN_VALUE && number < 128) {
            out.write(0xC8);
            out.write((int) number);
        } else if (number >= Short.MIN_VALUE && number <= Short.MAX_VALUE) {
            out.write(0xC9);
            out.writeShort((int) number);
        } else if (number >= Integer.MIN_VALUE && number <= Integer.MAX_VALUE) {
            out.write(0xCA);
            out.writeInt((int) number);
        } else {
            out.write(0xCB);
            out.writeLong(number);
        }
    }

    private static void packSize(int size, int tiny, int marker, DataOutputStream out) throws IOException {
        if (tiny >= 0 && size < 16) {
            out.write(tiny + size);
        } else if (size < 256) {
            out.write(marker);
            out.write(size);
        } else if (size < 65_536) {
            out.write(marker + 1);
            out.writeShort(size);
        } else {
            out.write(marker + 2);
            out.writeInt(size);
        }
    }

    private static @Nullable Object unpack(DataInputStream in) throws IOException {
        int marker = in.readUnsignedByte();
        if ((byte) marker >= -16) {
            return (long) (byte) marker;
        }
        int size = marker & 0x0F;
        return switch (marker >> 4) {
            case 0x8 -> text(size, in);
            case 0x9 -> list(size, in);
            case 0xA -> map(size, in);
            case 0xB -> {
                int tag = in.readUnsignedByte();
                yield new PackedStructure(tag, list(size, in));
            }
            default -> unpackWide(marker, in);
        };
    }

    private static @Nullable Object unpackWide(int marker, DataInputStream in) throws IOException {
        return switch (marker) {
            case 0xC0 -> null;
            case 0xC1 -> in.readDouble();
            case 0xC2 -> false;
            case 0xC3 -> true;
            case 0xC8 -> (long) in.readByte();
            case 0xC9 -> (long) in.readShort();
            case 0xCA -> (long) in.readInt();
            case 0xCB -> in.readLong();
            case 0xCC, 0xCD, 0xCE -> in.readNBytes(size(marker - 0xCC, in));
            case 0xD0, 0xD1, 0xD2 -> text(size(marker - 0xD0, in), in);
            case 0xD4, 0xD5, 0xD6 -> list(size(marker - 0xD4, in), in);
            case 0xD8, 0xD9, 0xDA -> map(size(marker - 0xD8, in), in);
            case 0xE0 -> new UUID(in.readLong(), in.readLong());
            default -> throw new IllegalArgumentException("marker " + Integer.toHexString(marker));
        };
    }

    private static int size(int width, DataInputStream in) throws IOException {
        return switch (width) {
            case 0 -> in.readUnsignedByte();
            case 1 -> in.readUnsignedShort();
            default -> in.readInt();
        };
    }

    private static String text(int size, DataInputStream in) throws IOException {
        return new String(in.readNBytes(size), StandardCharsets.UTF_8);
    }

    private static List<@Nullable Object> list(int size, DataInputStream in) throws IOException {
        List<@Nullable Object> elements = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            elements.add(unpack(in));
        }
        return elements;
    }

    private static Map<String, @Nullable Object> map(int size, DataInputStream in) throws IOException {
        Map<String, @Nullable Object> entries = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            Object key = unpack(in);
            entries.put((String) key, unpack(in));
        }
        return entries;
    }
}
