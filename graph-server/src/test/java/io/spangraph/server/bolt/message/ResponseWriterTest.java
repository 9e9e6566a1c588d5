package io.spangraph.server.bolt.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.spangraph.model.value.Value;
import io.spangraph.model.value.Value.EdgeId;
import io.spangraph.model.value.Value.VertexId;
import io.spangraph.server.bolt.client.PackedObjects;
import io.spangraph.server.bolt.client.PackedStructure;
import io.spangraph.server.bolt.message.BoltResponse.Failure;
import io.spangraph.server.bolt.packstream.PackStreamWriter;
import io.spangraph.server.bolt.packstream.ValueWriter;
import io.spangraph.server.value.ElementIds;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ResponseWriterTest {
    private static final Failure CAUSE = new Failure(
            "Neo.ClientError.Statement.TypeError",
            "a cause",
            "22G03",
            "error: data exception",
            Map.of(),
            Optional.empty());
    private static final Failure FAILURE = new Failure(
            "Neo.ClientError.Statement.SyntaxError",
            "Expected RETURN.",
            "42001",
            "error: syntax error",
            Map.of("OPERATION_CODE", Value.of("0")),
            Optional.of(CAUSE));

    @Test
    void successRecordAndIgnored() {
        assertThat(written(ProtocolVersion.V6_1, new BoltResponse.Success(Map.of("fields", Value.of(List.of())))))
                .isEqualTo(PackedStructure.of(0x70, Map.of("fields", List.of())));
        assertThat(written(ProtocolVersion.V4_4, new BoltResponse.Record(List.of(Value.of(1), Value.NULL))))
                .isEqualTo(PackedStructure.of(0x71, Arrays.asList(1L, null)));
        assertThat(written(ProtocolVersion.V4_4, new BoltResponse.Ignored())).isEqualTo(PackedStructure.of(0x7E));
    }

    @Test
    void failuresHaveStatusesFrom57On() {
        Map<String, Object> cause = Map.of(
                "message", "a cause",
                "gql_status", "22G03",
                "description", "error: data exception",
                "diagnostic_record", Map.of());
        Map<String, Object> failure = Map.of(
                "neo4j_code", "Neo.ClientError.Statement.SyntaxError",
                "message", "Expected RETURN.",
                "gql_status", "42001",
                "description", "error: syntax error",
                "diagnostic_record", Map.of("OPERATION_CODE", "0"),
                "cause", cause);

        assertThat(written(ProtocolVersion.V5_7, FAILURE)).isEqualTo(PackedStructure.of(0x7F, failure));
        assertThat(written(ProtocolVersion.V6_1, FAILURE)).isEqualTo(PackedStructure.of(0x7F, failure));
    }

    @Test
    void failuresHaveCodeAndMessageBefore57() {
        PackedStructure failure = PackedStructure.of(
                0x7F, Map.of("code", "Neo.ClientError.Statement.SyntaxError", "message", "Expected RETURN."));

        assertThat(written(ProtocolVersion.V5_6, FAILURE)).isEqualTo(failure);
        assertThat(written(ProtocolVersion.V4_4, FAILURE)).isEqualTo(failure);
    }

    private static @Nullable Object written(ProtocolVersion version, BoltResponse response) {
        ByteBuf buffer = Unpooled.buffer();
        PackStreamWriter out = new PackStreamWriter(buffer);
        new ResponseWriter(version).write(response, out, new ValueWriter(out, version.valueForm(), new NoElements()));
        return PackedObjects.unpack(Arrays.copyOf(buffer.array(), buffer.writerIndex()));
    }

    /** There are no elements in these responses. */
    private static final class NoElements implements ElementIds {
        @Override
        public String of(VertexId id) {
            throw new AssertionError(id);
        }

        @Override
        public String of(EdgeId id) {
            throw new AssertionError(id);
        }
    }
}
