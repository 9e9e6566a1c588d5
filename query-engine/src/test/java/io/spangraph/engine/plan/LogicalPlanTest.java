package io.spangraph.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spangraph.engine.expr.AggregateCall;
import io.spangraph.engine.expr.AggregateCall.AggregateFunction;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.LabelExpression;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.plan.LogicalPlan.AggregateItem;
import io.spangraph.engine.plan.LogicalPlan.Expand;
import io.spangraph.engine.plan.LogicalPlan.Filter;
import io.spangraph.engine.plan.LogicalPlan.Item;
import io.spangraph.engine.plan.LogicalPlan.NodeScan;
import io.spangraph.engine.plan.LogicalPlan.Project;
import io.spangraph.engine.plan.LogicalPlan.RelationshipScan;
import io.spangraph.engine.plan.LogicalPlan.RollUpApply;
import io.spangraph.engine.plan.LogicalPlan.SemiApply;
import io.spangraph.engine.plan.LogicalPlan.SingleRow;
import io.spangraph.model.value.Value;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every rule relies on: a node tells its inputs, can be put over others, and knows what its rows bind. */
class LogicalPlanTest {
    private static final Variable T = new Variable("t", 0, Variable.Kind.NODE);
    private static final Variable R = new Variable("r", 1, Variable.Kind.RELATIONSHIP);
    private static final Variable S = new Variable("s", 2, Variable.Kind.NODE);
    private static final Variable X = new Variable("x", 3, Variable.Kind.VALUE);

    private static final LogicalPlan TRACES = new NodeScan(T, new LabelExpression.Label("Trace"));
    private static final LogicalPlan SPANS = new NodeScan(S, new LabelExpression.Label("Span"));
    private static final LogicalPlan HOP =
            new Expand(TRACES, T, R, S, new RelationshipScan(R, Set.of("HAS_SPAN"), Direction.OUTGOING), SPANS);

    private static final AggregateItem COUNT =
            new AggregateItem(new AggregateCall(AggregateFunction.COUNT_ROWS, List.of(), false), X);

    @Test
    void aNodeOverItsOwnInputsIsItself() {
        for (LogicalPlan plan : List.of(
                TRACES,
                HOP,
                new Filter(HOP, new Expression.Literal(Value.TRUE)),
                new SemiApply(TRACES, SPANS, true),
                new RollUpApply(TRACES, SPANS, COUNT),
                new Project(HOP, List.of(new Item(new Expression.VariableRef(T), X))))) {
            assertThat(plan.withInputs(plan.inputs())).isEqualTo(plan);
        }
    }

    @Test
    void aWrongNumberOfInputsIsRefused() {
        assertThatThrownBy(() -> HOP.withInputs(List.of(TRACES))).hasMessage("1 inputs for Expand");
        assertThatThrownBy(() -> TRACES.withInputs(List.of(SPANS))).hasMessage("1 inputs for NodeScan");
    }

    @Test
    void knowsTheVariablesOfItsRows() {
        assertThat(new SingleRow().variables()).isEmpty();
        assertThat(HOP.variables()).containsExactly(T, R, S);
        assertThat(new SemiApply(TRACES, HOP, false).variables()).containsExactly(T);
        assertThat(new RollUpApply(TRACES, HOP, COUNT).variables()).containsExactly(T, X);
        assertThat(new Project(HOP, List.of(new Item(new Expression.VariableRef(S), X))).variables())
                .containsExactly(X);
    }
}
