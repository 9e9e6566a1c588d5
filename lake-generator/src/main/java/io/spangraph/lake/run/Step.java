package io.spangraph.lake.run;

import java.util.Optional;

/** A span while its run is being simulated: its end and its fate are known only when what it started has ended. */
final class Step {

    final Optional<Step> parent;
    final StepKind kind;
    final String label;
    final String spanId;
    final long startMs;
    final Payload input;
    long endMs;
    boolean endUnknown;
    boolean failed;
    Optional<TokenUsage> usage = Optional.empty();
    Optional<Payload> output = Optional.empty();

    Step(Optional<Step> parent, StepKind kind, String label, String spanId, long startMs, Payload input) {
        this.parent = parent;
        this.kind = kind;
        this.label = label;
        this.spanId = spanId;
        this.startMs = startMs;
        this.endMs = startMs;
        this.input = input;
    }

    boolean isLeafKind() {
        return kind == StepKind.LLM_CALL || kind == StepKind.TOOL_CALL;
    }
}
