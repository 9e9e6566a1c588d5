package io.spangraph.server.bolt.packstream;

import java.util.Optional;

/** The structures that values may be, with their tags. */
enum Structure {
    NODE(0x4E, "a node"),
    RELATIONSHIP(0x52, "a relationship"),
    UNBOUND_RELATIONSHIP(0x72, "a relationship"),
    PATH(0x50, "a path"),
    DATE(0x44, "a date"),
    LOCAL_TIME(0x74, "a local time"),
    TIME(0x54, "a time"),
    DATE_TIME(0x49, "a date-time"),
    ZONED_DATE_TIME(0x69, "a date-time"),
    /** Seconds of the local clock rather than UTC. */
    LEGACY_DATE_TIME(0x46, "a date-time"),
    LEGACY_ZONED_DATE_TIME(0x66, "a date-time"),
    LOCAL_DATE_TIME(0x64, "a local date-time"),
    DURATION(0x45, "a duration"),
    POINT_2D(0x58, "a point"),
    POINT_3D(0x59, "a point"),
    VECTOR(0x56, "a vector"),
    UNSUPPORTED_TYPE(0x3F, "a value of a newer type");

    private static final Structure[] BY_TAG = new Structure[0x80];

    static {
        for (Structure structure : values()) {
            BY_TAG[structure.tag] = structure;
        }
    }

    private final int tag;
    private final String phrase;

    Structure(int tag, String phrase) {
        this.tag = tag;
        this.phrase = phrase;
    }

    int tag() {
        return tag;
    }

    /** As messages name it, with its article. */
    String phrase() {
        return phrase;
    }

    static Optional<Structure> byTag(int tag) {
        return tag < BY_TAG.length ? Optional.ofNullable(BY_TAG[tag]) : Optional.empty();
    }
}
