package io.spangraph.engine.exec.walk;

import io.spangraph.engine.context.Cancellation;
import io.spangraph.engine.exec.HeldMemory;
import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * Finds the shortest walks of one pair after the other, breadth first: every way to reach a vertex at its first level is
 * kept, and walks are read off backwards from the end.
 *
 * <p>A walk over the fewest edges has no edge twice, but where it comes back to its start or to a row of the same key. Then
 * all walks are tried, of one edge more each time, until there is one.
 */
final class ShortestSearch {
    private static final int START = -1;
    private static final int NOTHING = -1;
    private static final int POLL_MASK = 0x1FF;

    private final WalkSpec spec;
    private final boolean all;
    private final Pairs pairs;
    private final WalkEdges edges;
    private final Destinations steps;
    private final FoundWalks found;
    private final Cancellation cancellation;
    private final Walker walker;
    private final int longest;
    /** By step: the pair that last reached it, at which level, and the last of the ways to it. */
    private final int[] reachedBy;

    private final int[] levelOf;
    private final int[] lastWay;
    /** Ways: over which edge, from which vertex, and the way to the same vertex that was found before. */
    private final IntList wayEdge;

    private final IntList wayFrom;
    private final IntList wayBefore;
    private final IntList frontier;

    private Task task = Task.NEXT_PAIR;
    private int pair = -1;
    private int moves;
    /** The way taken at each level, while walks are read off. */
    private int[] way = new int[0];

    private int length;
    private boolean foundOne;

    /** What the next move does. */
    private enum Task {
        NEXT_PAIR,
        /** Reads off a walk that the breadth first search found. */
        READ_OFF,
        /** Tries walks of exactly {@link #length} edges. */
        TRY_ALL
    }

    /**
     * The pairs to search between.
     *
     * @param standIns which vertex without a row the end of a pair is, or {@link StandIns#HAS_ROW}
     * @param sameRow whether both ends of a pair are one row
     */
    record Pairs(int count, VertexLinks starts, VertexLinks ends, IntList standIns, IntPredicate sameRow) {}

    ShortestSearch(
            WalkSpec spec,
            boolean all,
            Pairs pairs,
            WalkEdges edges,
            Destinations steps,
            FoundWalks found,
            Cancellation cancellation,
            HeldMemory memory) {
        this.spec = spec;
        this.all = all;
        this.pairs = pairs;
        this.edges = edges;
        this.steps = steps;
        this.found = found;
        this.cancellation = cancellation;
        walker = new Walker(edges, pairs.starts(), steps, this::arrive, memory);
        longest = Math.min(spec.max().orElse(Integer.MAX_VALUE), edges.identityCount());
        memory.reserve(3L * Integer.BYTES * steps.size());
        reachedBy = new int[steps.size()];
        Arrays.fill(reachedBy, -1);
        levelOf = new int[steps.size()];
        lastWay = new int[steps.size()];
        wayEdge = new IntList(memory);
        wayFrom = new IntList(memory);
        wayBefore = new IntList(memory);
        frontier = new IntList(memory);
    }

    /** Finds walks until there are enough for a batch or none is left. */
    void find() {
        while (!found.isFull() && (task != Task.NEXT_PAIR || pair + 1 < pairs.count())) {
            poll();
            switch (task) {
                case NEXT_PAIR -> search(++pair);
                case READ_OFF -> readOff();
                case TRY_ALL -> tryAll();
            }
        }
    }

    private void search(int newPair) {
        if (spec.min() == 0 && pairs.sameRow().test(newPair)) {
            note(new int[0], new int[0]);
            return;
        }
        foundOne = false;
        wayEdge.clear();
        wayFrom.clear();
        wayBefore.clear();
        frontier.clear();
        frontier.add(START);
        int from = 0;
        for (int level = 1; from < frontier.size() && level <= longest; level++) {
            int end = frontier.size();
            int lastToEnd = NOTHING;
            while (from < end) {
                lastToEnd = leave(frontier.get(from++), level, lastToEnd);
            }
            if (lastToEnd != NOTHING) {
                way = new int[level];
                take(level - 1, lastToEnd);
                task = Task.READ_OFF;
                return;
            }
        }
    }

    /** Follows all edges of a vertex; gives the last way to the end that is known now. */
    private int leave(int vertex, int level, int lastToEnd) {
        int last = lastToEnd;
        for (int kind = 0; kind < edges.kindCount(); kind++) {
            Groups byNearKey = edges.byNearKey(kind);
            int key = vertex == START ? pairs.starts().nearKey(kind, pair) : steps.nearKey(kind, vertex);
            for (int i = byNearKey.start(key); i < byNearKey.end(key); i++) {
                poll();
                int edge = byNearKey.member(i);
                if (leadsToEnd(edge, kind)) {
                    last = addWay(edge, vertex, last);
                }
                Groups reached = steps.reachedBy(edge, kind);
                int group = steps.groupOf(edge);
                for (int s = reached.start(group); s < reached.end(group); s++) {
                    reach(reached.member(s), edge, vertex, level);
                }
            }
        }
        return last;
    }

    private boolean leadsToEnd(int edge, int kind) {
        int standIn = pairs.standIns().get(pair);
        if (standIn != StandIns.HAS_ROW) {
            return standIn >= 0 && steps.leadsToStandIn(edge, standIn);
        }
        int farKey = edges.farKey(edge);
        return farKey >= 0 && farKey == pairs.ends().endKey(kind, pair);
    }

    private void reach(int step, int edge, int from, int level) {
        if (reachedBy[step] != pair) {
            reachedBy[step] = pair;
            levelOf[step] = level;
            lastWay[step] = NOTHING;
            frontier.add(step);
        }
        if (levelOf[step] == level) {
            lastWay[step] = addWay(edge, from, lastWay[step]);
        }
    }

    private int addWay(int edge, int from, int before) {
        wayEdge.add(edge);
        wayFrom.add(from);
        wayBefore.add(before);
        return wayEdge.size() - 1;
    }

    /** Takes a way at a level, and the last ways at all levels below it. */
    private void take(int level, int newWay) {
        way[level] = newWay;
        for (int below = level - 1; below >= 0; below--) {
            way[below] = lastWay[wayFrom.get(way[below + 1])];
        }
    }

    private void readOff() {
        int[] walked = Arrays.stream(way).map(wayEdge::get).toArray();
        if (Arrays.stream(walked).map(edges::identity).distinct().count() == walked.length) {
            note(walked, Arrays.stream(way, 1, way.length).map(wayFrom::get).toArray());
        }
        if (foundOne && !all || !takeNext()) {
            task = Task.NEXT_PAIR;
            if (!foundOne) {
                tryWalksOf(way.length + 1);
            }
        }
    }

    /** To the next combination of ways: the lowest level that has another one takes it. */
    private boolean takeNext() {
        for (int level = 0; level < way.length; level++) {
            int before = wayBefore.get(way[level]);
            if (before != NOTHING) {
                take(level, before);
                return true;
            }
        }
        return false;
    }

    private void tryWalksOf(int newLength) {
        if (newLength <= longest) {
            length = newLength;
            walker.begin(pair, newLength);
            task = Task.TRY_ALL;
        }
    }

    private void tryAll() {
        if (foundOne && !all) {
            task = Task.NEXT_PAIR;
        } else if (!walker.isDone()) {
            walker.move();
        } else {
            task = Task.NEXT_PAIR;
            if (!foundOne) {
                tryWalksOf(length + 1);
            }
        }
    }

    private void arrive(int edge, int kind, int walkedEdges) {
        if (walkedEdges == length && leadsToEnd(edge, kind) && (all || !foundOne)) {
            note(walker.edges(length), walker.between(length));
        }
    }

    private void note(int[] walked, int[] between) {
        foundOne = true;
        found.add(pair, pair, walked.length);
        if (spec.walk().isPresent()) {
            found.noteEdges(walked);
        }
        if (spec.between().isPresent()) {
            found.noteSteps(between);
        }
    }

    private void poll() {
        if ((++moves & POLL_MASK) == 0) {
            cancellation.poll();
        }
    }
}
