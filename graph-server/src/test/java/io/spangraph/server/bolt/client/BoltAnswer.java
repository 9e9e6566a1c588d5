package io.spangraph.server.bolt.client;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A response with plain Java objects. */
public record BoltAnswer(PackedStructure structure) {
    private static final int SUCCESS = 0x70;
    private static final int RECORD = 0x71;
    private static final int IGNORED = 0x7E;
    private static final int FAILURE = 0x7F;

    public boolean isSuccess() {
        return structure.tag() == SUCCESS;
    }

    public boolean isRecord() {
        return structure.tag() == RECORD;
    }

    public boolean isIgnored() {
        return structure.tag() == IGNORED;
    }

    public boolean isFailure() {
        return structure.tag() == FAILURE;
    }

    /** Of a SUCCESS or FAILURE. */
    @SuppressWarnings("unchecked")
    public Map<String, Object> metadata() {
        if (!isSuccess() && !isFailure()) {
            throw new AssertionError("neither SUCCESS nor FAILURE: " + this);
        }
        return (Map<String, Object>)
                java.util.Objects.requireNonNull(structure.fields().getFirst());
    }

    /** Of a RECORD. */
    @SuppressWarnings("unchecked")
    public List<@Nullable Object> row() {
        if (!isRecord()) {
            throw new AssertionError("no RECORD: " + this);
        }
        return (List<@Nullable Object>)
                java.util.Objects.requireNonNull(structure.fields().getFirst());
    }

    /** Neo4j's code of a FAILURE, under its name of any version. */
    public String code() {
        Map<String, Object> metadata = metadata();
        return String.valueOf(metadata.getOrDefault("neo4j_code", metadata.get("code")));
    }

    public String message() {
        return String.valueOf(metadata().get("message"));
    }
}
