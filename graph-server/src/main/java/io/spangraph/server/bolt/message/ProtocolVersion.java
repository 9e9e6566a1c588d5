package io.spangraph.server.bolt.message;

import io.spangraph.server.bolt.packstream.ValueForm;

/** A version of the Bolt protocol; later versions are greater. */
public record ProtocolVersion(int major, int minor) implements Comparable<ProtocolVersion> {
    public static final ProtocolVersion V4_4 = new ProtocolVersion(4, 4);
    /** Element ids, UTC date-times, the last with credentials in HELLO. */
    public static final ProtocolVersion V5_0 = new ProtocolVersion(5, 0);
    /** LOGON and LOGOFF. */
    public static final ProtocolVersion V5_1 = new ProtocolVersion(5, 1);
    /** Filters of notifications. */
    public static final ProtocolVersion V5_2 = new ProtocolVersion(5, 2);
    /** TELEMETRY. */
    public static final ProtocolVersion V5_4 = new ProtocolVersion(5, 4);
    /** GQL statuses of results. */
    public static final ProtocolVersion V5_6 = new ProtocolVersion(5, 6);
    /** GQL statuses of failures. */
    public static final ProtocolVersion V5_7 = new ProtocolVersion(5, 7);
    /** The home database in answers. */
    public static final ProtocolVersion V5_8 = new ProtocolVersion(5, 8);

    /** Vectors. */
    public static final ProtocolVersion V6_0 = new ProtocolVersion(6, 0);
    /** UUIDs. */
    public static final ProtocolVersion V6_1 = new ProtocolVersion(6, 1);

    public boolean isAtLeast(ProtocolVersion other) {
        return compareTo(other) >= 0;
    }

    /** How this version writes values, before a client asks for anything else. */
    public ValueForm valueForm() {
        boolean modern = isAtLeast(V5_0);
        return new ValueForm(modern, modern, isAtLeast(V6_0), isAtLeast(V6_1));
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
