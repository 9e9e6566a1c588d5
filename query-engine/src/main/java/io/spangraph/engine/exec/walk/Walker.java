package io.spangraph.engine.exec.walk;

import io.spangraph.engine.context.Cancellation;
import io.spangraph.engine.exec.HeldMemory;
import java.util.Arrays;

/**
 * Finds all walks from one start after the other, depth first. It can stop between any two walks and go on later, so it
 * keeps its own stack, one level for each vertex on the way.
 */
final class Walker {
    private static final int FIRST_LEVELS = 16;
    private static final int NO_EDGE = -1;
    private static final int POLL_MASK = 0x1FF;
    private static final int BYTES_PER_LEVEL = 7 * Integer.BYTES;

    private final WalkGraph graph;
    private final WalkSpec spec;
    private final WalkEdges edges;
    private final Cancellation cancellation;
    private final HeldMemory memory;
    /** By the identity of an edge: whether the walk has it already. */
    private final boolean[] used;

    private int start = -1;
    private int level = -1;
    private int moves;

    // By level: the vertex (the start at level 0, else a step); where among its edges the walk is; the edge that it
    // took
    // and which kind that is of; and the vertices that this edge leads to and that are still to be tried.
    private int[] vertex = new int[FIRST_LEVELS];
    private int[] edge = new int[FIRST_LEVELS];
    private int[] kind = new int[FIRST_LEVELS];
    private int[] nextEdge = new int[FIRST_LEVELS];
    private int[] endOfEdges = new int[FIRST_LEVELS];
    private int[] nextStep = new int[FIRST_LEVELS];
    private int[] endOfSteps = new int[FIRST_LEVELS];

    Walker(WalkGraph graph, Cancellation cancellation, HeldMemory memory) {
        this.graph = graph;
        this.spec = graph.spec();
        this.edges = graph.edges();
        this.cancellation = cancellation;
        this.memory = memory;
        memory.reserve(edges.identityCount() + (long) FIRST_LEVELS * BYTES_PER_LEVEL);
        used = new boolean[edges.identityCount()];
    }

    /** Finds walks until there are enough for a batch or none is left. */
    void find(FoundWalks found) {
        while (!found.isFull()) {
            if ((++moves & POLL_MASK) == 0) {
                cancellation.poll();
            }
            if (level >= 0) {
                move(found);
            } else if (start + 1 < graph.starts().rows()) {
                begin(++start, found);
            } else {
                break;
            }
        }
    }

    private void begin(int newStart, FoundWalks found) {
        if (spec.min() == 0 && graph.startAsTarget(newStart) >= 0) {
            note(found, graph.startAsTarget(newStart), 0);
        }
        if (spec.goesOnAfter(0)) {
            enter(newStart);
        }
    }

    private void enter(int newVertex) {
        level++;
        if (level == vertex.length) {
            growLevels();
        }
        vertex[level] = newVertex;
        edge[level] = NO_EDGE;
        kind[level] = -1;
        nextEdge[level] = 0;
        endOfEdges[level] = 0;
        nextStep[level] = 0;
        endOfSteps[level] = 0;
    }

    /** One move: on to the next vertex of the edge taken last, or along the next edge, or back. */
    private void move(FoundWalks found) {
        if (edge[level] != NO_EDGE) {
            if (nextStep[level] < endOfSteps[level]) {
                enter(steps(level).member(nextStep[level]++));
                return;
            }
            used[edges.identity(edge[level])] = false;
            edge[level] = NO_EDGE;
        }
        if (takeNextEdge()) {
            follow(found);
        } else {
            level--;
        }
    }

    private boolean takeNextEdge() {
        while (true) {
            while (nextEdge[level] < endOfEdges[level]) {
                int candidate = edges.byNearKey(kind[level]).member(nextEdge[level]++);
                if (!used[edges.identity(candidate)]) {
                    edge[level] = candidate;
                    return true;
                }
            }
            if (++kind[level] == edges.kindCount()) {
                return false;
            }
            Groups byNearKey = edges.byNearKey(kind[level]);
            int key = nearKey(kind[level]);
            nextEdge[level] = byNearKey.start(key);
            endOfEdges[level] = byNearKey.end(key);
        }
    }

    private int nearKey(int ofKind) {
        return level == 0
                ? graph.startLinks().nearKey(ofKind, vertex[0])
                : graph.steps().nearKey(ofKind, vertex[level]);
    }

    private void follow(FoundWalks found) {
        int walked = edge[level];
        used[edges.identity(walked)] = true;
        if (spec.endsAfter(level + 1)) {
            Groups targets = reached(graph.targets(), walked);
            int group = group(graph.targets(), walked);
            for (int i = targets.start(group); i < targets.end(group); i++) {
                note(found, targets.member(i), level + 1);
            }
        }
        if (spec.goesOnAfter(level + 1)) {
            Groups steps = steps(level);
            int group = group(graph.steps(), walked);
            nextStep[level] = steps.start(group);
            endOfSteps[level] = steps.end(group);
        } else {
            nextStep[level] = 0;
            endOfSteps[level] = 0;
        }
    }

    private Groups steps(int ofLevel) {
        return reached(graph.steps(), edge[ofLevel]);
    }

    /** What an edge leads to: the rows with its far key, or the row that stands for the missing one. */
    private Groups reached(Destinations destinations, int walked) {
        return isTrusting(destinations, walked)
                ? destinations.byTrustingEdge().orElseThrow()
                : destinations.byFarKey(kind[level]);
    }

    private int group(Destinations destinations, int walked) {
        return isTrusting(destinations, walked) ? walked : edges.farKey(walked);
    }

    private static boolean isTrusting(Destinations destinations, int walked) {
        return destinations
                .byTrustingEdge()
                .filter(groups -> groups.start(walked) < groups.end(walked))
                .isPresent();
    }

    private void note(FoundWalks found, int target, int length) {
        found.add(start, target, length);
        if (spec.walk().isPresent()) {
            found.noteEdges(Arrays.copyOf(edge, length));
        }
        if (spec.between().isPresent()) {
            found.noteSteps(length < 2 ? new int[0] : Arrays.copyOfRange(vertex, 1, length));
        }
    }

    private void growLevels() {
        int levels = vertex.length * 2;
        memory.reserve((long) BYTES_PER_LEVEL * (levels - vertex.length));
        vertex = Arrays.copyOf(vertex, levels);
        edge = Arrays.copyOf(edge, levels);
        kind = Arrays.copyOf(kind, levels);
        nextEdge = Arrays.copyOf(nextEdge, levels);
        endOfEdges = Arrays.copyOf(endOfEdges, levels);
        nextStep = Arrays.copyOf(nextStep, levels);
        endOfSteps = Arrays.copyOf(endOfSteps, levels);
    }
}
