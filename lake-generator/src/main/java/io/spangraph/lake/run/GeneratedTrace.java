package io.spangraph.lake.run;

import java.util.List;
import java.util.function.ToLongFunction;

/**
 * One trace with its spans, in the order of the span table.
 *
 * @param spans distinct spans by start
 * @param rows the same spans as the span table holds them: some damaged traces hold a row twice
 */
public record GeneratedTrace(TracePlan plan, long startMs, List<GeneratedSpan> spans, List<GeneratedSpan> rows) {

    public GeneratedTrace {
        spans = List.copyOf(spans);
        rows = List.copyOf(rows);
    }

    public long endMs() {
        return spans.stream().mapToLong(GeneratedSpan::lastMs).max().orElse(startMs);
    }

    public long eventCount() {
        return spans.stream().mapToLong(GeneratedSpan::eventCount).sum();
    }

    public long inputTokens() {
        return usages(TokenUsage::input);
    }

    public long outputTokens() {
        return usages(TokenUsage::output);
    }

    public long totalTokens() {
        return usages(TokenUsage::total);
    }

    /** Whether the trace row says that something failed; a silent failure is not known to it. */
    public boolean failed() {
        return plan.story() != ErrorStory.SILENT && spans.stream().anyMatch(GeneratedSpan::failed);
    }

    private long usages(ToLongFunction<TokenUsage> part) {
        return spans.stream()
                .flatMap(span -> span.usage().stream())
                .mapToLong(part)
                .sum();
    }
}
