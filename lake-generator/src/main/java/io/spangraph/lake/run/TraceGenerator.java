package io.spangraph.lake.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/**
 * Turns the plan of a trace into its spans: plays the run, lets it fail, breaks it if it is to be broken, and only then
 * places it in time, so that no trace ends after the last moment of the lake. The same plan gives the same trace.
 */
public final class TraceGenerator {

    private static final long DAY_MS = Duration.ofDays(1).toMillis();
    private static final double EMPTY_TEXT_ROOTS = 0.1;

    private final RunSettings settings;
    private final PayloadDraw payloads;

    public TraceGenerator(RunSettings settings) {
        this.settings = settings;
        this.payloads = new PayloadDraw(settings);
    }

    public GeneratedTrace generate(TracePlan plan) {
        if (plan.rows() == 0) {
            return new GeneratedTrace(plan, plan.earliestStartMs(), List.of(), List.of());
        }
        SplittableRandom random = new SplittableRandom(plan.seed());
        int copies = plan.damage() == Damage.DUPLICATE_ROWS ? Draw.between(random, 1, 3) : 0;
        int count = plan.rows() - copies + (plan.damage() == Damage.MISSING_ROOT ? 1 : 0);
        RunSimulator simulator = new RunSimulator(plan, random, payloads);
        List<Step> steps = simulator.play(count);
        new Failures(simulator, random).tell(plan.story(), steps);
        Optional<String> rootParent = Draw.chance(random, EMPTY_TEXT_ROOTS) ? Optional.of("") : Optional.empty();
        List<GeneratedSpan> spans = new DamageInflicter(random)
                .inflict(
                        plan.damage(),
                        steps.stream().map(step -> span(step, rootParent)).toList());
        return placed(plan, spans, copies, random);
    }

    private static GeneratedSpan span(Step step, Optional<String> rootParent) {
        return new GeneratedSpan(
                step.spanId,
                step.parent.isPresent() ? step.parent.map(parent -> parent.spanId) : rootParent,
                step.kind,
                step.label,
                step.startMs,
                step.endUnknown ? OptionalLong.empty() : OptionalLong.of(step.endMs),
                step.usage,
                step.failed,
                step.input,
                step.output);
    }

    private GeneratedTrace placed(TracePlan plan, List<GeneratedSpan> spans, int copies, SplittableRandom random) {
        long first = spans.stream().mapToLong(GeneratedSpan::startMs).min().orElse(0);
        long length = spans.stream().mapToLong(GeneratedSpan::lastMs).max().orElse(0);
        long offset = offset(plan, length);
        List<GeneratedSpan> placed = new ArrayList<>(spans.size());
        spans.forEach(span -> placed.add(span.shifted(offset)));
        List<GeneratedSpan> rows = new ArrayList<>(placed);
        for (int copy = 0; copy < copies; copy++) {
            rows.add(placed.get(random.nextInt(placed.size())));
        }
        Comparator<GeneratedSpan> byStart =
                Comparator.comparingLong(GeneratedSpan::startMs).thenComparing(GeneratedSpan::spanId);
        placed.sort(byStart);
        rows.sort(byStart);
        return new GeneratedTrace(plan, offset + first, placed, rows);
    }

    private long offset(TracePlan plan, long length) {
        long start = plan.earliestStartMs();
        if (plan.crossesMidnight()) {
            start = Math.floorDiv(start, DAY_MS) * DAY_MS - length / 2;
        }
        return Math.min(start, settings.until().toEpochMilli() - length);
    }
}
