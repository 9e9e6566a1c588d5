package io.spangraph.engine.exec.join;

/**
 * A scan on the probe side of a join that can be narrowed by the keys of the build side, so that it opens fewer files.
 *
 * @param buildPosition the key's column in the layout of the build side; one of the columns that are joined by
 * @param baseColumn the column that the scan knows the key by
 */
public record SidewaysKey(int buildPosition, KeyReceiver receiver, String baseColumn) {
    /** Keys with more different values than this narrow no scan: to compare them would cost more than it saves. */
    public static final int MAX_VALUES = 10_000;
}
