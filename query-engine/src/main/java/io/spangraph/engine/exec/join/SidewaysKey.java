package io.spangraph.engine.exec.join;

/**
 * A key of the build side that narrows a scan of the probe side.
 *
 * @param buildPosition of the key in the build rows
 * @param baseColumn the scan's base column that holds the same key
 */
public record SidewaysKey(int buildPosition, KeyReceiver receiver, String baseColumn) {}
