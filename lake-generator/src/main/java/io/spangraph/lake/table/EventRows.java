package io.spangraph.lake.table;

import io.spangraph.lake.run.GeneratedSpan;
import io.spangraph.lake.run.GeneratedTrace;
import io.spangraph.lake.run.Payload;
import io.spangraph.lake.run.RandomId;
import io.spangraph.lake.run.StepKind;
import io.spangraph.lake.run.TracePlan;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Writes a trace as the raw events that its spans were folded from: what started, what ended, what failed. Grouping
 * them by span gives the span table again, except that a span without an end cannot be told from one that ended at
 * once.
 */
final class EventRows {

    private static final int SLOWEST_INGEST_MS = 180_000;

    private static final int START = 0;
    private static final int END = 1;
    private static final int ERROR = 2;

    private final TraceRows rows;

    EventRows(TraceRows rows) {
        this.rows = rows;
    }

    private record Event(GeneratedSpan span, String id, String type, long timeMs, Payload payload) {}

    void write(GeneratedTrace trace, RowWriter events) {
        List<Event> all = new ArrayList<>();
        for (GeneratedSpan span : trace.spans()) {
            String id = span.spanId();
            all.add(new Event(span, RandomId.derived(id, START), before(span.kind()), span.startMs(), span.input()));
            span.output()
                    .ifPresent(output -> all.add(
                            new Event(span, RandomId.derived(id, END), after(span.kind()), span.lastMs(), output)));
            if (span.failed()) {
                Payload cause = span.output().orElse(span.input());
                all.add(new Event(span, RandomId.derived(id, ERROR), "error", span.lastMs(), cause));
            }
        }
        all.sort(Comparator.comparingLong(Event::timeMs).thenComparing(Event::id));
        all.forEach(event -> write(trace.plan(), event, events));
    }

    private void write(TracePlan plan, Event event, RowWriter events) {
        GeneratedSpan span = event.span();
        long ingestMs = event.timeMs() + 1_000 + Math.floorMod(event.id().hashCode(), SLOWEST_INGEST_MS);
        events.put(Instant.ofEpochMilli(ingestMs).atOffset(ZoneOffset.UTC))
                .put(plan.tenant())
                .put(plan.agent().id())
                .put(event.id())
                .put(event.type())
                .put(plan.traceId())
                .put(span.spanId())
                .put(span.parentSpanId())
                .put(event.timeMs())
                .put(TraceRows.day(event.timeMs()))
                .put(name(span, StepKind.SESSION).or(() -> name(span, StepKind.SUBAGENT)))
                .put(name(span, StepKind.TOOL_CALL))
                .put(name(span, StepKind.LLM_CALL))
                .put(rows.text(event.payload()))
                .put("raw/" + plan.tenant() + "/" + TraceRows.day(ingestMs) + ".jsonl")
                .endRow();
    }

    private static Optional<String> name(GeneratedSpan span, StepKind kind) {
        return span.kind() == kind ? Optional.of(span.label()) : Optional.empty();
    }

    private static String before(StepKind kind) {
        return switch (kind) {
            case SESSION -> "session_start";
            case LLM_CALL -> "llm_before_call";
            case TOOL_CALL -> "tool_before_call";
            case SUBAGENT -> "subagent_spawn";
        };
    }

    private static String after(StepKind kind) {
        return switch (kind) {
            case SESSION -> "session_end";
            case LLM_CALL -> "llm_after_call";
            case TOOL_CALL -> "tool_after_call";
            case SUBAGENT -> "subagent_join";
        };
    }
}
