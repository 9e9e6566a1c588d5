package io.spangraph.server.bolt.session;

import io.spangraph.server.bolt.message.BoltRequest;

/** The requests without their fields, as far as a state allows them or not. */
enum RequestKind {
    HELLO,
    LOGON,
    LOGOFF,
    GOODBYE,
    RESET,
    RUN,
    BEGIN,
    COMMIT,
    ROLLBACK,
    PULL,
    DISCARD,
    TELEMETRY,
    ROUTE,
    /** A query that cannot be used. */
    REFUSED;

    static RequestKind of(BoltRequest request) {
        return switch (request) {
            case BoltRequest.Hello hello -> HELLO;
            case BoltRequest.Logon logon -> LOGON;
            case BoltRequest.Logoff logoff -> LOGOFF;
            case BoltRequest.Goodbye goodbye -> GOODBYE;
            case BoltRequest.Reset reset -> RESET;
            case BoltRequest.Run run -> RUN;
            case BoltRequest.Begin begin -> BEGIN;
            case BoltRequest.Commit commit -> COMMIT;
            case BoltRequest.Rollback rollback -> ROLLBACK;
            case BoltRequest.Pull pull -> PULL;
            case BoltRequest.Discard discard -> DISCARD;
            case BoltRequest.Telemetry telemetry -> TELEMETRY;
            case BoltRequest.Route route -> ROUTE;
            case BoltRequest.Refused refused -> REFUSED;
        };
    }
}
