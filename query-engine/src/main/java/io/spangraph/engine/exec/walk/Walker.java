package io.spangraph.engine.exec.walk;

import io.spangraph.engine.exec.HeldMemory;
import java.util.Arrays;

/**
 * Tries all walks from one start, depth first and one move at a time, so that whoever drives it can pause anywhere. It
 * keeps its own stack, one level for each vertex on the way, so no depth is too much for it.
 */
final class Walker {
    private static final int FIRST_LEVELS = 16;
    private static final int NO_EDGE = -1;
    private static final int BYTES_PER_LEVEL = 7 * Integer.BYTES;

    private final WalkEdges edges;
    private final VertexLinks starts;
    private final Destinations steps;
    private final Arrival arrival;
    private final HeldMemory memory;
    /** By the identity of an edge: whether the walk has it already. */
    private final boolean[] used;

    private int maxEdges;
    private int level = -1;

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

    /** Is told each time the walk has taken an edge. */
    @FunctionalInterface
    interface Arrival {
        /** @param length of the walk, this edge included */
        void over(int edge, int kind, int length);
    }

    Walker(WalkEdges edges, VertexLinks starts, Destinations steps, Arrival arrival, HeldMemory memory) {
        this.edges = edges;
        this.starts = starts;
        this.steps = steps;
        this.arrival = arrival;
        this.memory = memory;
        memory.reserve(edges.identityCount() + (long) FIRST_LEVELS * BYTES_PER_LEVEL);
        used = new boolean[edges.identityCount()];
    }

    /** Begins all walks of one start over at most so many edges, instead of those that were not finished. */
    void begin(int start, int longest) {
        while (level >= 0) {
            leaveEdge();
            level--;
        }
        maxEdges = longest;
        if (longest > 0) {
            enter(start);
        }
    }

    boolean isDone() {
        return level < 0;
    }

    /** One move: on to the next vertex of the edge taken last, or along the next edge, or back. */
    void move() {
        if (edge[level] != NO_EDGE) {
            if (nextStep[level] < endOfSteps[level]) {
                enter(steps.reachedBy(edge[level], kind[level]).member(nextStep[level]++));
                return;
            }
            leaveEdge();
        }
        if (takeNextEdge()) {
            follow();
        } else {
            level--;
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

    private void leaveEdge() {
        if (edge[level] != NO_EDGE) {
            used[edges.identity(edge[level])] = false;
            edge[level] = NO_EDGE;
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
            int key = level == 0 ? starts.nearKey(kind[level], vertex[0]) : steps.nearKey(kind[level], vertex[level]);
            nextEdge[level] = byNearKey.start(key);
            endOfEdges[level] = byNearKey.end(key);
        }
    }

    private void follow() {
        int walked = edge[level];
        used[edges.identity(walked)] = true;
        arrival.over(walked, kind[level], level + 1);
        if (level + 1 < maxEdges) {
            Groups reached = steps.reachedBy(walked, kind[level]);
            int group = steps.groupOf(walked);
            nextStep[level] = reached.start(group);
            endOfSteps[level] = reached.end(group);
        } else {
            nextStep[level] = 0;
            endOfSteps[level] = 0;
        }
    }

    /** The edges of the walk, of which there are so many. */
    int[] edges(int length) {
        return Arrays.copyOf(edge, length);
    }

    /** The steps between the edges of the walk, of which there are so many. */
    int[] between(int length) {
        return length < 2 ? new int[0] : Arrays.copyOfRange(vertex, 1, length);
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
