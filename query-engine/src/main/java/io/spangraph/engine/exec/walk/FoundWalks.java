package io.spangraph.engine.exec.walk;

import io.spangraph.engine.exec.HeldMemory;
import java.util.ArrayList;
import java.util.List;

/** The walks of one batch. What they passed is noted only where somebody asks for it. */
final class FoundWalks {
    /** Walks of many edges make a batch earlier, so that the lists of one batch stay small. */
    private static final int MAX_PASSED = 1 << 18;

    private final int maxWalks;
    private final IntList starts;
    private final IntList targets;
    private final IntList lengths;
    private final List<int[]> edges = new ArrayList<>();
    private final List<int[]> steps = new ArrayList<>();
    private int passed;

    FoundWalks(int maxWalks, HeldMemory memory) {
        this.maxWalks = maxWalks;
        this.starts = new IntList(memory);
        this.targets = new IntList(memory);
        this.lengths = new IntList(memory);
    }

    /** Notes a walk; what it passed is noted next. */
    void add(int start, int target, int length) {
        starts.add(start);
        targets.add(target);
        lengths.add(length);
    }

    void noteEdges(int[] walked) {
        edges.add(walked);
        passed += walked.length;
    }

    void noteSteps(int[] between) {
        steps.add(between);
        passed += between.length;
    }

    boolean isFull() {
        return starts.size() >= maxWalks || passed >= MAX_PASSED;
    }

    void clear() {
        starts.clear();
        targets.clear();
        lengths.clear();
        edges.clear();
        steps.clear();
        passed = 0;
    }

    int size() {
        return starts.size();
    }

    int[] starts() {
        return starts.toArray();
    }

    int[] targets() {
        return targets.toArray();
    }

    /** Whether the walk has no edges, so that its start is its target. */
    boolean isEmpty(int walk) {
        return lengths.get(walk) == 0;
    }

    int[] edges(int walk) {
        return edges.get(walk);
    }

    int[] steps(int walk) {
        return steps.get(walk);
    }
}
