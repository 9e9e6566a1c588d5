package io.spangraph.lake.run;

/** Why a run happened; decides its length and how its opening prompt reads. */
public enum Category {
    HEARTBEAT("Heartbeat", "Read HEARTBEAT.md and follow it. If nothing needs attention, reply HEARTBEAT_OK. "),
    COMPACT_MEMORY("Compact Memory", "Pre-compaction memory flush: store durable memories now. "),
    WORK("Work", "");

    private final String label;
    private final String opening;

    Category(String label, String opening) {
        this.label = label;
        this.opening = opening;
    }

    /** The spelling of the {@code category} column. */
    public String label() {
        return label;
    }

    /** The words by which a reader of the raw events recognises the category. */
    String opening() {
        return opening;
    }
}
