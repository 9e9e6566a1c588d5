package io.spangraph.engine.exec.join;

import io.spangraph.engine.row.RowLayout;

/**
 * What of the columns of both sides a join takes over: to copy one that nobody reads may cost more than to find the pairs.
 *
 * @param layout of the result
 * @param positions of its columns among those of the build side and then those of the probe side
 * @param ofResidual which of them the residual condition reads
 */
@SuppressWarnings("ArrayRecordComponent")
public record JoinColumns(RowLayout layout, int[] positions, int[] ofResidual) {
    public JoinColumns {
        if (layout.width() != positions.length) {
            throw new IllegalArgumentException("a row of " + positions.length + " columns for the layout " + layout);
        }
    }
}
