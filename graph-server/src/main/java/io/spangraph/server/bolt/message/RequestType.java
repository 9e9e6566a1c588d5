package io.spangraph.server.bolt.message;

import java.util.Optional;

/** The requests by their tags, with the number of fields and the version that brought them. */
enum RequestType {
    HELLO(0x01, 1, ProtocolVersion.V4_4),
    GOODBYE(0x02, 0, ProtocolVersion.V4_4),
    RESET(0x0F, 0, ProtocolVersion.V4_4),
    RUN(0x10, 3, ProtocolVersion.V4_4),
    BEGIN(0x11, 1, ProtocolVersion.V4_4),
    COMMIT(0x12, 0, ProtocolVersion.V4_4),
    ROLLBACK(0x13, 0, ProtocolVersion.V4_4),
    DISCARD(0x2F, 1, ProtocolVersion.V4_4),
    PULL(0x3F, 1, ProtocolVersion.V4_4),
    TELEMETRY(0x54, 1, ProtocolVersion.V5_4),
    ROUTE(0x66, 3, ProtocolVersion.V4_4),
    LOGON(0x6A, 1, ProtocolVersion.V5_1),
    LOGOFF(0x6B, 0, ProtocolVersion.V5_1);

    private static final RequestType[] BY_TAG = new RequestType[0x80];

    static {
        for (RequestType type : values()) {
            BY_TAG[type.tag] = type;
        }
    }

    private final int tag;
    private final int size;
    private final ProtocolVersion since;

    RequestType(int tag, int size, ProtocolVersion since) {
        this.tag = tag;
        this.size = size;
        this.since = since;
    }

    /** The number of its fields. */
    int size() {
        return size;
    }

    static Optional<RequestType> byTag(int tag, ProtocolVersion version) {
        return tag < BY_TAG.length
                ? Optional.ofNullable(BY_TAG[tag]).filter(type -> version.isAtLeast(type.since))
                : Optional.empty();
    }
}
