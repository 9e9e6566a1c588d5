package io.spangraph.bench.lake;

import java.util.Optional;

/**
 * One row of the tables without its payloads, which are drawn only when it is written.
 *
 * @param index of the span in its trace
 */
public record SpanRow(
        TraceHead trace,
        int index,
        String spanId,
        Optional<String> parentSpanId,
        long startMs,
        long durationMs,
        String label,
        Kind kind,
        Optional<Tokens> tokens,
        boolean failed) {
    /** What a span stands for. */
    enum Kind {
        SESSION("session"),
        LLM_CALL("llm_call"),
        TOOL_CALL("tool_call"),
        SUBAGENT("subagent");

        private final String actorType;

        Kind(String actorType) {
            this.actorType = actorType;
        }

        String actorType() {
            return actorType;
        }
    }

    /** What a call of a model used. */
    record Tokens(long input, long output) {}
}
