package io.spangraph.server.bolt.message;

import io.spangraph.model.value.Value;
import io.spangraph.server.bolt.message.BoltResponse.Failure;
import io.spangraph.server.bolt.packstream.PackStreamWriter;
import io.spangraph.server.bolt.packstream.ValueWriter;
import java.util.Map;

/** Writes responses in the form of one version of the protocol. */
public final class ResponseWriter {
    private static final int SUCCESS = 0x70;
    private static final int RECORD = 0x71;
    private static final int IGNORED = 0x7E;
    private static final int FAILURE = 0x7F;

    private final boolean gqlStatuses;

    public ResponseWriter(ProtocolVersion version) {
        this.gqlStatuses = version.isAtLeast(ProtocolVersion.V5_7);
    }

    /**
     * Writes one message.
     *
     * @param values writes to the same bytes
     */
    public void write(BoltResponse response, PackStreamWriter out, ValueWriter values) {
        switch (response) {
            case BoltResponse.Success(Map<String, Value> metadata) -> {
                out.writeStructureHeader(SUCCESS, 1);
                values.writeMap(metadata);
            }
            case BoltResponse.Record row -> {
                out.writeStructureHeader(RECORD, 1);
                out.writeListHeader(row.fields().size());
                row.fields().forEach(values::write);
            }
            case BoltResponse.Ignored ignored -> out.writeStructureHeader(IGNORED, 0);
            case Failure failure -> {
                out.writeStructureHeader(FAILURE, 1);
                if (gqlStatuses) {
                    writeFailure(failure, out, values);
                } else {
                    out.writeMapHeader(2);
                    writeText("code", failure.code(), out);
                    writeText("message", failure.message(), out);
                }
            }
        }
    }

    private static void writeFailure(Failure failure, PackStreamWriter out, ValueWriter values) {
        out.writeMapHeader(failure.cause().isPresent() ? 6 : 5);
        writeText("neo4j_code", failure.code(), out);
        writeStatus(failure, out, values);
    }

    /** A cause has no code of its own, only a status. */
    private static void writeCause(Failure cause, PackStreamWriter out, ValueWriter values) {
        out.writeString("cause");
        out.writeMapHeader(cause.cause().isPresent() ? 5 : 4);
        writeStatus(cause, out, values);
    }

    private static void writeStatus(Failure failure, PackStreamWriter out, ValueWriter values) {
        writeText("message", failure.message(), out);
        writeText("gql_status", failure.gqlStatus(), out);
        writeText("description", failure.description(), out);
        out.writeString("diagnostic_record");
        values.writeMap(failure.diagnostics());
        failure.cause().ifPresent(cause -> writeCause(cause, out, values));
    }

    private static void writeText(String key, String text, PackStreamWriter out) {
        out.writeString(key);
        out.writeString(text);
    }
}
