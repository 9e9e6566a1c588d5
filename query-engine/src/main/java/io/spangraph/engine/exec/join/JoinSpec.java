package io.spangraph.engine.exec.join;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.exec.expression.CompiledExpression;
import io.spangraph.engine.row.RowLayout;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a join by key joins, whichever part of the rows it is applied to.
 *
 * @param build layout of the build side
 * @param probe layout of the probe side
 * @param buildKeys positions in the build side's layout
 * @param probeKeys as many positions in the probe side's layout
 * @param residual a further condition over the columns of the build side and then those of the probe side
 * @param columns of the result
 */
@SuppressWarnings("ArrayRecordComponent")
record JoinSpec(
        JoinKind kind,
        RowLayout build,
        RowLayout probe,
        int[] buildKeys,
        int[] probeKeys,
        Optional<CompiledExpression> residual,
        JoinColumns columns,
        QueryContext context) {

    /** Whether somebody reads this one of the columns of the build side and then those of the probe side. */
    boolean gathers(int column) {
        return contains(columns.positions(), column) || residual.isPresent() && contains(columns.ofResidual(), column);
    }

    private static boolean contains(int[] positions, int column) {
        return Arrays.stream(positions).anyMatch(position -> position == column);
    }

    /** Whether more of a probe row is asked for than its key. */
    boolean needsProbeColumns() {
        return kind.givesPairs() || residual.isPresent();
    }
}
