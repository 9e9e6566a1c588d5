package io.spangraph.server.bolt.message;

import io.spangraph.model.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the server answers. */
public sealed interface BoltResponse {

    /** The keys of the metadata keep their order. */
    record Success(Map<String, Value> metadata) implements BoltResponse {}

    /** A row. */
    record Record(List<Value> fields) implements BoltResponse {
        public Record {
            fields = List.copyOf(fields);
        }
    }

    record Ignored() implements BoltResponse {}

    /**
     * An error. Versions before 5.7 are sent the code and the message only.
     *
     * @param code as {@code Neo.ClientError.Statement.SyntaxError}
     * @param diagnostics position and hint, for the diagnostic record
     */
    record Failure(
            String code,
            String message,
            String gqlStatus,
            String description,
            Map<String, Value> diagnostics,
            Optional<Failure> cause)
            implements BoltResponse {}
}
