package io.spangraph.bench.lake;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Makes the spans of a trace from its seed. */
public final class TraceSpans {
    private static final int LEAST_SPANS = 20;
    private static final int MOST_SPANS = 30;
    private static final int NEAR_PARENTS = 4;
    private static final double LLM_SHARE = 0.45;
    private static final double TOOL_SHARE_OF_REST = 0.92;
    private static final int FAILED_PER_CENT = 3;
    private static final int LLM_LEAST_MS = 300;
    private static final int LLM_SPREAD_MS = 20_000;
    private static final int OTHER_LEAST_MS = 5;
    private static final int OTHER_SPREAD_MS = 3_000;

    /** From the start of a trace to the start of its last span: the next one starts when half of one has passed. */
    static final long LONGEST_MS = MOST_SPANS * ((LLM_LEAST_MS + LLM_SPREAD_MS) / 2 + 1);

    private TraceSpans() {}

    /** How many spans a trace has, without making them. */
    static int count(TraceHead trace) {
        return count(new SplittableRandom(trace.seed()));
    }

    private static int count(SplittableRandom random) {
        return LEAST_SPANS + random.nextInt(MOST_SPANS - LEAST_SPANS + 1);
    }

    /** The spans in the order in which they start; the first is the root. */
    public static List<SpanRow> of(TraceHead trace) {
        SplittableRandom random = new SplittableRandom(trace.seed());
        int count = count(random);
        List<SpanRow> spans = new ArrayList<>(count);
        long start = trace.startMs();
        for (int i = 0; i < count; i++) {
            SpanRow span = span(trace, spans, random, start);
            spans.add(span);
            start += span.durationMs() / 2 + 1;
        }
        return spans;
    }

    private static SpanRow span(TraceHead trace, List<SpanRow> before, SplittableRandom random, long start) {
        int index = before.size();
        String id = Names.id(random).toString();
        SpanRow.Kind kind = index == 0 ? SpanRow.Kind.SESSION : kind(random);
        Optional<String> parent = index == 0
                ? Optional.empty()
                : Optional.of(before.get(index - 1 - random.nextInt(Math.min(index, NEAR_PARENTS)))
                        .spanId());
        boolean llm = kind == SpanRow.Kind.LLM_CALL;
        String label = switch (kind) {
            case SESSION -> Names.ROOT;
            case LLM_CALL -> Names.MODELS.get(Names.skewed(random, Names.MODELS.size(), 2));
            case TOOL_CALL, SUBAGENT -> Names.TOOLS.get(Names.skewed(random, Names.TOOLS.size(), 1.6));
        };
        long duration =
                llm ? LLM_LEAST_MS + random.nextInt(LLM_SPREAD_MS) : OTHER_LEAST_MS + random.nextInt(OTHER_SPREAD_MS);
        Optional<SpanRow.Tokens> tokens = llm
                ? Optional.of(new SpanRow.Tokens(200 + random.nextInt(30_000), 20 + random.nextInt(3_000)))
                : Optional.empty();
        boolean failed = random.nextInt(100) < FAILED_PER_CENT;
        return new SpanRow(trace, index, id, parent, start, duration, label, kind, tokens, failed);
    }

    private static SpanRow.Kind kind(SplittableRandom random) {
        if (random.nextDouble() < LLM_SHARE) {
            return SpanRow.Kind.LLM_CALL;
        }
        return random.nextDouble() < TOOL_SHARE_OF_REST ? SpanRow.Kind.TOOL_CALL : SpanRow.Kind.SUBAGENT;
    }
}
