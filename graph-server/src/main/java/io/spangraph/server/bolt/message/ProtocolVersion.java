package io.spangraph.server.bolt.message;

/** A version of the Bolt protocol; later versions are greater. */
public record ProtocolVersion(int major, int minor) implements Comparable<ProtocolVersion> {
    public static final ProtocolVersion V4_4 = new ProtocolVersion(4, 4);
    /** Element ids, UTC date-times, the last with credentials in HELLO. */
    public static final ProtocolVersion V5_0 = new ProtocolVersion(5, 0);
    /** LOGON and LOGOFF. */
    public static final ProtocolVersion V5_1 = new ProtocolVersion(5, 1);
    /** GQL statuses of results. */
    public static final ProtocolVersion V5_6 = new ProtocolVersion(5, 6);
    /** GQL statuses of failures. */
    public static final ProtocolVersion V5_7 = new ProtocolVersion(5, 7);
    /** The home database in answers. */
    public static final ProtocolVersion V5_8 = new ProtocolVersion(5, 8);

    public static final ProtocolVersion V6_0 = new ProtocolVersion(6, 0);
    public static final ProtocolVersion V6_1 = new ProtocolVersion(6, 1);

    public boolean isAtLeast(ProtocolVersion other) {
        return compareTo(other) >= 0;
    }

    @Override
    public int compareTo(ProtocolVersion other) {
        return major != other.major ? Integer.compare(major, other.major) : Integer.compare(minor, other.minor);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
