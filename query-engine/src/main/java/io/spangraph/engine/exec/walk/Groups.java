package io.spangraph.engine.exec.walk;

import io.spangraph.engine.exec.HeldMemory;

/** Numbers in groups, one group behind the other: the edges at a key, the vertices at a key. */
final class Groups {
    private final int[] starts;
    private final int[] members;

    private Groups(int[] starts, int[] members) {
        this.starts = starts;
        this.members = members;
    }

    /**
     * Groups of what was listed, each in the order of the list.
     *
     * @param groupOf the group of each member
     */
    static Groups of(int groupCount, IntList groupOf, IntList members, HeldMemory memory) {
        memory.reserve((long) Integer.BYTES * (groupCount + 1L + members.size()));
        int[] starts = new int[groupCount + 1];
        for (int i = 0; i < groupOf.size(); i++) {
            starts[groupOf.get(i) + 1]++;
        }
        for (int group = 0; group < groupCount; group++) {
            starts[group + 1] += starts[group];
        }
        int[] next = starts.clone();
        int[] sorted = new int[members.size()];
        for (int i = 0; i < sorted.length; i++) {
            sorted[next[groupOf.get(i)]++] = members.get(i);
        }
        return new Groups(starts, sorted);
    }

    /** Where a group starts; a group that does not exist is empty. */
    int start(int group) {
        return group < 0 ? 0 : starts[group];
    }

    int end(int group) {
        return group < 0 ? 0 : starts[group + 1];
    }

    int member(int position) {
        return members[position];
    }
}
