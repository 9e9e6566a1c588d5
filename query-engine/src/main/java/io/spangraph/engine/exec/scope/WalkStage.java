package io.spangraph.engine.exec.scope;

import io.spangraph.engine.context.QueryContext;
import java.util.Arrays;
import java.util.Optional;

/**
 * Finds the ends of all walks from the rows of a side. Where the links of a block are a forest, as they nearly always are,
 * a walk to ancestors is a loop over an array and one to descendants a stack of numbers; other links are followed with
 * all care.
 */
final class WalkStage extends Stage {
    private static final int FIRST_LEVELS = 16;

    private final Stage input;
    private final ScopeStep.Walk walk;
    private final QueryContext context;
    private final int[] sources = new int[Tuples.MAX];
    private final int[] targets = new int[Tuples.MAX];
    private final boolean[] edges;
    private final boolean[] steps;
    private final boolean[] ends;
    private final Links links;
    private Optional<LinkWalker> anyWalks = Optional.empty();
    private Tuples from;
    private int tuple;
    private int found;

    /** Of the walk that goes on with the next call: its last row and its length; negative: the next tuple begins. */
    private int row;

    private int length = -1;
    // By level of a walk to descendants: the children that are still to be tried.
    private int[] nextChild = new int[FIRST_LEVELS];
    private int[] endOfChildren = new int[FIRST_LEVELS];

    WalkStage(Stage input, ScopeStep.Walk walk, BlockRows block, QueryContext context) {
        this.input = input;
        this.walk = walk;
        this.context = context;
        this.from = input.tuples();
        this.edges = block.members(walk.edge());
        this.steps = block.members(walk.step());
        this.ends = block.members(walk.to());
        this.links = block.links(walk.links());
        if (!links.isForest()) {
            anyWalks = Optional.of(new LinkWalker(links, walk, edges, steps, context.cancellation()));
        }
    }

    @Override
    boolean advance() {
        while (true) {
            if (tuple == from.count()) {
                context.cancellation().poll();
                if (!input.advance()) {
                    return false;
                }
                from = input.tuples();
                tuple = 0;
            }
            found = 0;
            fill();
            if (found > 0) {
                return give(from.select(sources, found).with(walk.to(), Arrays.copyOf(targets, found)));
            }
        }
    }

    private void fill() {
        int[] starts = from.rows()[walk.from()];
        if (anyWalks.isPresent()) {
            any(starts, anyWalks.get());
        } else if (walk.way() == ScopeStep.Way.TO_PARENT) {
            ancestors(starts, links.firstParents());
        } else {
            descendants(starts, links.children());
        }
    }

    private boolean isFull() {
        return found == Tuples.MAX;
    }

    private void note(int end, int edgesWalked) {
        sources[found] = tuple;
        targets[found] = end;
        found += edgesWalked >= walk.min() && ends[end] ? 1 : 0;
    }

    private void ancestors(int[] starts, int[] parents) {
        for (; tuple < from.count() && !isFull(); tuple++) {
            if (length < 0) {
                if (starts[tuple] < 0) {
                    continue;
                }
                row = starts[tuple];
                length = 0;
                note(row, 0);
            }
            while (length < walk.max() && edges[row] && parents[row] >= 0 && (length == 0 || steps[row])) {
                if (isFull()) {
                    return;
                }
                row = parents[row];
                note(row, ++length);
            }
            length = -1;
        }
    }

    private void descendants(int[] starts, Links.Children children) {
        for (; tuple < from.count() && !isFull(); tuple++) {
            if (length < 0) {
                if (starts[tuple] < 0) {
                    continue;
                }
                length = 0;
                enter(starts[tuple], children);
                note(starts[tuple], 0);
            }
            // The length of the walk is the level at which children are tried.
            while (length >= 0) {
                if (nextChild[length] == endOfChildren[length]) {
                    length--;
                } else if (isFull()) {
                    return;
                } else {
                    tryChild(children.rows()[nextChild[length]++], children);
                }
            }
        }
    }

    private void tryChild(int child, Links.Children children) {
        if (edges[child]) {
            note(child, length + 1);
            if (steps[child] && length + 1 < walk.max()) {
                length++;
                enter(child, children);
            }
        }
    }

    private void enter(int parent, Links.Children children) {
        if (length == nextChild.length) {
            nextChild = Arrays.copyOf(nextChild, 2 * length);
            endOfChildren = Arrays.copyOf(endOfChildren, 2 * length);
        }
        boolean leads = length < walk.max();
        nextChild[length] = leads ? children.starts()[parent] : 0;
        endOfChildren[length] = leads ? children.starts()[parent + 1] : 0;
    }

    private void any(int[] starts, LinkWalker walker) {
        for (; tuple < from.count() && !isFull(); tuple++) {
            if (length < 0) {
                if (starts[tuple] < 0) {
                    continue;
                }
                length = 0;
                walker.begin(starts[tuple]);
                note(starts[tuple], 0);
            }
            do {
                if (isFull()) {
                    return;
                }
                if (walker.next()) {
                    note(walker.row(), walker.length());
                } else {
                    length = -1;
                }
            } while (length >= 0);
        }
    }
}
