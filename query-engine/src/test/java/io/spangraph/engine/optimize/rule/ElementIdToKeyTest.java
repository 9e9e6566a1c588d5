package io.spangraph.engine.optimize.rule;

import static io.spangraph.engine.optimize.rule.RuleFixture.N;
import static io.spangraph.engine.optimize.rule.RuleFixture.S;
import static io.spangraph.engine.optimize.rule.RuleFixture.equal;
import static io.spangraph.engine.optimize.rule.RuleFixture.filter;
import static io.spangraph.engine.optimize.rule.RuleFixture.parameter;
import static io.spangraph.engine.optimize.rule.RuleFixture.pictureOfScans;
import static io.spangraph.engine.optimize.rule.RuleFixture.ref;
import static io.spangraph.engine.optimize.rule.RuleFixture.scan;
import static io.spangraph.engine.optimize.rule.RuleFixture.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.LabelExpression;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.optimize.Rule;
import io.spangraph.engine.plan.LogicalPlan;
import java.util.List;
import org.junit.jupiter.api.Test;

class ElementIdToKeyTest {
    private final Rule rule = new ElementIdToKey();

    @Test
    void saysTheKeyAndTheTypeOfALiteral() {
        assertThat(pictureOfScans(rule, filter(scan(N), equal(id(N), text("Trace[x]")))))
                .isEqualTo("""
                        NodeByLabelScan n:Agent|Trace|Span|Model {*} WHERE elementId(n) = 'Trace[x]'
                        becomes
                        NodeByLabelScan n:Trace {*} WHERE elementId(n) = 'Trace[x]' AND n.trace_id = 'x'
                        """);
    }

    @Test
    void leavesTheTypeOfAParameterToTheRun() {
        assertThat(pictureOfScans(
                        rule,
                        filter(
                                new LogicalPlan.NodeScan(
                                        N,
                                        new LabelExpression.Or(
                                                new LabelExpression.Label("Span"), new LabelExpression.Label("Trace"))),
                                equal(parameter("id"), id(N)))))
                .isEqualTo("""
                        NodeByLabelScan n:Trace|Span {*} WHERE $id = elementId(n)
                        becomes
                        NodeByLabelScan n:Trace|Span {*} WHERE $id = elementId(n) AND (n.#type = 'Trace' AND n.#key0 IN elementIdKeys($id, 'Trace', 0) OR n.#type = 'Span' AND n.#key0 IN elementIdKeys($id, 'Span', 0))
                        """);
    }

    @Test
    void takesAListOfIds() {
        assertThat(pictureOfScans(
                        rule,
                        filter(
                                scan(S, "Span"),
                                new Expression.In(
                                        id(S),
                                        new Expression.ListLiteral(
                                                List.of(text("Span[x]"), text("Trace[y]"), text("Span[7]")))))))
                .isEqualTo("""
                        NodeByLabelScan s:Span {*} WHERE elementId(s) IN ['Span[x]', 'Trace[y]', 'Span[7]']
                        becomes
                        NodeByLabelScan s:Span {*} WHERE elementId(s) IN ['Span[x]', 'Trace[y]', 'Span[7]'] AND s.span_id IN ['x', '7', 7]
                        """);
    }

    @Test
    void matchesNothingByWhatIsNoId() {
        assertThat(pictureOfScans(rule, filter(scan(N), equal(id(N), text("Trace[x")))))
                .isEqualTo("""
                        NodeByLabelScan n:Agent|Trace|Span|Model {*} WHERE elementId(n) = 'Trace[x'
                        becomes
                        NodeByLabelScan n:(no type) {*} WHERE elementId(n) = 'Trace[x'
                        """);
    }

    private static Expression id(Variable node) {
        return new Expression.FunctionCall("elementId", List.of(ref(node)));
    }
}
