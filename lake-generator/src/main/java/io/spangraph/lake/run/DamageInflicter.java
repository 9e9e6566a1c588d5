package io.spangraph.lake.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Breaks the spans of a sound trace in one named way; the first span is its root. */
final class DamageInflicter {

    private static final int MOST_ORPHANS = 3;

    private final SplittableRandom random;

    DamageInflicter(SplittableRandom random) {
        this.random = random;
    }

    List<GeneratedSpan> inflict(Damage damage, List<GeneratedSpan> sound) {
        List<GeneratedSpan> spans = new ArrayList<>(sound);
        switch (damage) {
            // Rows are copied when the trace is complete.
            case NONE, DUPLICATE_ROWS -> {}
            case MISSING_ROOT -> spans.remove(0);
            case ORPHANS -> orphan(spans);
            case TWO_ROOTS -> uproot(spans);
            case LATE_CHILD -> delay(spans);
            case CYCLE -> close(spans);
        }
        return List.copyOf(spans);
    }

    private void orphan(List<GeneratedSpan> spans) {
        int count = Draw.between(random, 1, MOST_ORPHANS);
        for (int turn = 0; turn < count; turn++) {
            int index = Draw.between(random, 1, spans.size() - 1);
            spans.set(index, spans.get(index).withParent(Optional.of(RandomId.next(random))));
        }
    }

    private void uproot(List<GeneratedSpan> spans) {
        int index = anyLeaf(spans);
        spans.set(index, spans.get(index).withParent(Optional.empty()));
    }

    private void delay(List<GeneratedSpan> spans) {
        int index = anyLeaf(spans);
        GeneratedSpan late = spans.get(index);
        long parentEnd = spans.stream()
                .filter(span -> late.parentSpanId().equals(Optional.of(span.spanId())))
                .mapToLong(GeneratedSpan::lastMs)
                .findFirst()
                .orElse(late.startMs());
        spans.set(index, late.shifted(parentEnd - late.startMs() + Draw.between(random, 500, 60_000)));
    }

    /** The parent of some span becomes a child of that span; both were below the root. */
    private void close(List<GeneratedSpan> spans) {
        String rootId = spans.get(0).spanId();
        GeneratedSpan child = spans.stream()
                .skip(1)
                .filter(span -> !span.parentSpanId().equals(Optional.of(rootId)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("A run that is to become a cycle has no sub-agent"));
        int parent = IntStream.range(1, spans.size())
                .filter(index ->
                        child.parentSpanId().equals(Optional.of(spans.get(index).spanId())))
                .findFirst()
                .orElseThrow();
        spans.set(parent, spans.get(parent).withParent(Optional.of(child.spanId())));
    }

    private int anyLeaf(List<GeneratedSpan> spans) {
        Set<String> parents =
                spans.stream().flatMap(span -> span.parentSpanId().stream()).collect(Collectors.toUnmodifiableSet());
        int[] leaves = IntStream.range(1, spans.size())
                .filter(index -> !parents.contains(spans.get(index).spanId()))
                .toArray();
        return leaves[random.nextInt(leaves.length)];
    }
}
