package io.spangraph.engine.exec.aggregate;

/**
 * A column of the input that a grouping passes on.
 *
 * @param position in the input's rows
 * @param identity whether it tells groups apart. Other columns are carried along from the first row of the group: a grouped
 *     node lies in several columns, of which only its type name, tenant and key decide
 */
public record GroupColumn(int position, boolean identity) {}
