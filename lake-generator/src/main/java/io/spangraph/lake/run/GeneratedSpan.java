package io.spangraph.lake.run;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * One row of the span table, before its payloads are rendered.
 *
 * @param parentSpanId empty, or the empty text, for roots; both occur in data
 * @param endMs empty for spans that never ended
 */
public record GeneratedSpan(
        String spanId,
        Optional<String> parentSpanId,
        StepKind kind,
        String label,
        long startMs,
        OptionalLong endMs,
        Optional<TokenUsage> usage,
        boolean failed,
        Payload input,
        Optional<Payload> output) {

    /** Whether the row names a parent. */
    public boolean hasParent() {
        return parentSpanId.isPresent() && !parentSpanId.get().isEmpty();
    }

    /** The last time that is known of the span. */
    public long lastMs() {
        return endMs.orElse(startMs);
    }

    /** Events that report this span: its start, its end if it has one, its failure. */
    public int eventCount() {
        return 1 + (output.isPresent() ? 1 : 0) + (failed ? 1 : 0);
    }

    GeneratedSpan withParent(Optional<String> parent) {
        return new GeneratedSpan(spanId, parent, kind, label, startMs, endMs, usage, failed, input, output);
    }

    GeneratedSpan shifted(long byMs) {
        OptionalLong end = endMs.isPresent() ? OptionalLong.of(endMs.getAsLong() + byMs) : endMs;
        return new GeneratedSpan(spanId, parentSpanId, kind, label, startMs + byMs, end, usage, failed, input, output);
    }
}
