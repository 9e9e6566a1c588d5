package io.spangraph.engine.exec.scope;

import io.spangraph.engine.context.Cancellation;
import java.util.Arrays;

/**
 * Tries all walks from one row after the other, depth first, over links in which a row may have several parents or be its
 * own ancestor. No walk has an edge twice. There can be more walks than anybody will ever count, so it polls.
 */
final class LinkWalker {
    private static final int FIRST_LEVELS = 16;
    private static final int POLL_MASK = 0xFFF;
    private static final int NO_EDGE = -1;

    private final Links links;
    private final ScopeStep.Walk walk;
    private final boolean[] edges;
    private final boolean[] steps;
    private final Cancellation cancellation;
    private final boolean up;
    /** By the identity of an edge: whether the walk has it already. */
    private final boolean[] used;

    // By level: the row, its neighbours that were tried and all of them, and the edge that the walk has because of it.
    private int[] rows = new int[FIRST_LEVELS];
    private int[] tried = new int[FIRST_LEVELS];
    private int[] neighbours = new int[FIRST_LEVELS];
    private int[] edgeOf = new int[FIRST_LEVELS];
    private int level = -1;
    private int moves;
    private int row;
    private int length;

    LinkWalker(Links links, ScopeStep.Walk walk, boolean[] edges, boolean[] steps, Cancellation cancellation) {
        this.links = links;
        this.walk = walk;
        this.edges = edges;
        this.steps = steps;
        this.cancellation = cancellation;
        this.up = walk.way() == ScopeStep.Way.TO_PARENT;
        this.used = new boolean[links.rows()];
    }

    /** The walks from this row come next; those from the row before must have ended. */
    void begin(int start) {
        if (walk.max() > 0) {
            enter(start, NO_EDGE);
        }
    }

    /** Moves to the next walk of one edge at least; false if there are no more. */
    boolean next() {
        while (level >= 0) {
            if ((++moves & POLL_MASK) == 0) {
                cancellation.poll();
            }
            if (tried[level] == neighbours[level]) {
                leave();
                continue;
            }
            int reached = neighbour(rows[level], tried[level]++);
            int edge = up ? NO_EDGE : identity(reached);
            if (!up && (!edges[reached] || used[edge])) {
                continue;
            }
            row = reached;
            length = level + 1;
            if (length < walk.max() && steps[reached]) {
                enter(reached, edge);
            }
            return true;
        }
        return false;
    }

    /** Where the walk ends. */
    int row() {
        return row;
    }

    int length() {
        return length;
    }

    /** Upwards, the edge of a row leads to all of its parents; downwards, the row was reached by its own edge. */
    private void enter(int entered, int reachedBy) {
        level++;
        if (level == rows.length) {
            grow();
        }
        boolean leads = !up || edges[entered] && !used[identity(entered)];
        int edge = up && leads ? identity(entered) : reachedBy;
        rows[level] = entered;
        tried[level] = 0;
        neighbours[level] = leads ? neighbours(entered) : 0;
        edgeOf[level] = edge;
        if (edge != NO_EDGE) {
            used[edge] = true;
        }
    }

    private void leave() {
        if (edgeOf[level] != NO_EDGE) {
            used[edgeOf[level]] = false;
        }
        level--;
    }

    private int identity(int child) {
        return walk.sameKeyIsSameEdge() ? links.keyRow(child) : child;
    }

    private int neighbours(int of) {
        return up ? links.parentCount(of) : links.children().count(of);
    }

    private int neighbour(int of, int which) {
        return up ? links.parent(of, which) : links.children().child(of, which);
    }

    private void grow() {
        int levels = 2 * rows.length;
        rows = Arrays.copyOf(rows, levels);
        tried = Arrays.copyOf(tried, levels);
        neighbours = Arrays.copyOf(neighbours, levels);
        edgeOf = Arrays.copyOf(edgeOf, levels);
    }
}
