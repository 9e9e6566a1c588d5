package io.spangraph.engine.exec.walk;

import io.spangraph.engine.context.Cancellation;
import io.spangraph.engine.exec.HeldMemory;

/** Finds all walks from one start after the other to the vertices of the target. */
final class WalkSearch {
    private static final int POLL_MASK = 0x1FF;

    private final WalkGraph graph;
    private final WalkSpec spec;
    private final FoundWalks found;
    private final Cancellation cancellation;
    private final Walker walker;
    private int start = -1;
    private int moves;

    /** @param found where walks are put */
    WalkSearch(WalkGraph graph, FoundWalks found, Cancellation cancellation, HeldMemory memory) {
        this.graph = graph;
        this.spec = graph.spec();
        this.found = found;
        this.cancellation = cancellation;
        walker = new Walker(graph.edges(), graph.startLinks(), graph.steps(), this::arrive, memory);
    }

    /** Finds walks until there are enough for a batch or none is left. */
    void find() {
        while (!found.isFull()) {
            if ((++moves & POLL_MASK) == 0) {
                cancellation.poll();
            }
            if (!walker.isDone()) {
                walker.move();
            } else if (start + 1 < graph.starts().rows()) {
                start++;
                if (spec.min() == 0 && graph.startAsTarget(start) >= 0) {
                    note(graph.startAsTarget(start), 0);
                }
                walker.begin(start, spec.max().orElse(Integer.MAX_VALUE));
            } else {
                return;
            }
        }
    }

    private void arrive(int edge, int kind, int length) {
        if (length < spec.min()) {
            return;
        }
        Groups reached = graph.targets().reachedBy(edge, kind);
        int group = graph.targets().groupOf(edge);
        for (int i = reached.start(group); i < reached.end(group); i++) {
            note(reached.member(i), length);
        }
    }

    private void note(int target, int length) {
        found.add(start, target, length);
        if (spec.walk().isPresent()) {
            found.noteEdges(walker.edges(length));
        }
        if (spec.between().isPresent()) {
            found.noteSteps(walker.between(length));
        }
    }
}
