package io.spangraph.lake.table;

import io.spangraph.lake.run.GeneratedSpan;
import io.spangraph.lake.run.GeneratedTrace;
import io.spangraph.lake.run.Payload;
import io.spangraph.lake.run.PayloadRenderer;
import io.spangraph.lake.run.TextBuffer;
import io.spangraph.lake.run.TokenUsage;
import io.spangraph.lake.run.TracePlan;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import org.apache.avro.util.Utf8;

/** Writes a trace as rows of the trace, span and edge tables. One thread uses one instance. */
final class TraceRows {

    private static final Comparator<GeneratedSpan> BY_PARENT = Comparator.comparing(
                    (GeneratedSpan span) -> span.parentSpanId().orElse(""))
            .thenComparing(GeneratedSpan::spanId);

    private final PayloadRenderer renderer;
    private final TextBuffer input = new TextBuffer();
    private final TextBuffer output = new TextBuffer();

    TraceRows(PayloadRenderer renderer) {
        this.renderer = renderer;
    }

    void writeTrace(GeneratedTrace trace, RowWriter traces) {
        TracePlan plan = trace.plan();
        traces.put(plan.tenant())
                .put(plan.agent().id())
                .put(plan.traceId())
                .put(trace.startMs())
                .put(trace.endMs())
                .put(trace.endMs() - trace.startMs())
                .put(trace.eventCount())
                .put(day(trace.startMs()))
                .put(plan.agent().name())
                .put(plan.sessionKey())
                .put(trace.inputTokens())
                .put(trace.outputTokens())
                .put(trace.totalTokens())
                .put(trace.failed() ? 1 : 0)
                .put(plan.category().label())
                .endRow();
    }

    void writeSpans(GeneratedTrace trace, RowWriter spans) {
        TracePlan plan = trace.plan();
        for (GeneratedSpan span : trace.rows()) {
            spans.put(plan.tenant())
                    .put(plan.agent().id())
                    .put(plan.traceId())
                    .put(span.spanId())
                    .put(span.parentSpanId())
                    .put(span.startMs())
                    .put(span.endMs())
                    .put(duration(span))
                    .put(span.label())
                    .put(span.kind().actorType())
                    .put(span.usage().map(TokenUsage::input))
                    .put(span.usage().map(TokenUsage::output))
                    .put(span.usage().map(TokenUsage::total))
                    .put(span.failed() ? 1 : 0)
                    .put(text(span.input(), input))
                    .put(span.output().map(payload -> text(payload, output)))
                    .endRow();
        }
    }

    /** One row for each row of the span table that names a parent, whether that parent exists or not. */
    void writeEdges(GeneratedTrace trace, RowWriter edges) {
        TracePlan plan = trace.plan();
        List<GeneratedSpan> children = trace.rows().stream()
                .filter(GeneratedSpan::hasParent)
                .sorted(BY_PARENT)
                .toList();
        for (GeneratedSpan child : children) {
            edges.put(plan.tenant())
                    .put(plan.agent().id())
                    .put(plan.traceId())
                    .put(child.spanId())
                    .put(child.parentSpanId())
                    .endRow();
        }
    }

    /**
     * Renders a payload as the text type of Iceberg's Avro side: its Parquet writer takes those bytes as they are,
     * where a string would be encoded once more. The bytes are the buffer's own and are copied when the row is written.
     */
    Utf8 text(Payload payload, TextBuffer buffer) {
        renderer.render(payload, buffer);
        Utf8 text = new Utf8(buffer.bytes());
        return text.setByteLength(buffer.length());
    }

    Utf8 text(Payload payload) {
        return text(payload, input);
    }

    static LocalDate day(long epochMs) {
        return LocalDate.ofInstant(Instant.ofEpochMilli(epochMs), ZoneOffset.UTC);
    }

    private static OptionalLong duration(GeneratedSpan span) {
        return span.endMs().isPresent()
                ? OptionalLong.of(span.endMs().getAsLong() - span.startMs())
                : OptionalLong.empty();
    }
}
