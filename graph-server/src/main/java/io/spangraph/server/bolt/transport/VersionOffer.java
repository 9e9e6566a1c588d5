package io.spangraph.server.bolt.transport;

import io.netty.buffer.ByteBuf;
import io.spangraph.server.bolt.message.ProtocolVersion;
import java.util.List;
import java.util.Optional;

/**
 * The versions that the server speaks, and what it makes of those that a client names. Version 5.5 is left out: its
 * specification forbids to agree on it.
 */
final class VersionOffer {
    /** In the place of a version: the client asks for the list of what the server speaks. */
    static final int MANIFEST_V1 = 0x0000_01FF;

    private static final List<Range> RANGES =
            List.of(new Range(6, 1, 0), new Range(5, 8, 6), new Range(5, 4, 0), new Range(4, 4, 4));

    private static final int BYTE = 0xFF;

    private VersionOffer() {}

    private record Range(int major, int highest, int lowest) {
        boolean contains(int otherMajor, int minor) {
            return major == otherMajor && minor >= lowest && minor <= highest;
        }
    }

    /** The highest version of one slot: {@code 00, how many minors further down, minor, major}. */
    static Optional<ProtocolVersion> ofSlot(int slot) {
        int major = slot & BYTE;
        int highest = slot >>> 8 & BYTE;
        int lowest = Math.max(0, highest - (slot >>> 16 & BYTE));
        for (int minor = highest; minor >= lowest; minor--) {
            if (speaks(major, minor)) {
                return Optional.of(new ProtocolVersion(major, minor));
            }
        }
        return Optional.empty();
    }

    /** The version that a client has chosen from the list: {@code 00, 00, minor, major}. */
    static Optional<ProtocolVersion> ofChoice(int choice) {
        return choice >>> 16 == 0 ? ofSlot(choice) : Optional.empty();
    }

    /** The list, followed by the set of further capabilities, of which there are none. */
    static void writeManifest(ByteBuf out) {
        out.writeInt(MANIFEST_V1);
        out.writeByte(RANGES.size());
        RANGES.forEach(range -> out.writeByte(0)
                .writeByte(range.highest - range.lowest)
                .writeByte(range.highest)
                .writeByte(range.major));
        out.writeByte(0);
    }

    private static boolean speaks(int major, int minor) {
        return RANGES.stream().anyMatch(range -> range.contains(major, minor));
    }
}
