package io.spangraph.engine.optimize.rule;

import static io.spangraph.engine.optimize.rule.RuleFixture.S;
import static io.spangraph.engine.optimize.rule.RuleFixture.T;
import static io.spangraph.engine.optimize.rule.RuleFixture.X;
import static io.spangraph.engine.optimize.rule.RuleFixture.as;
import static io.spangraph.engine.optimize.rule.RuleFixture.equal;
import static io.spangraph.engine.optimize.rule.RuleFixture.filter;
import static io.spangraph.engine.optimize.rule.RuleFixture.get;
import static io.spangraph.engine.optimize.rule.RuleFixture.less;
import static io.spangraph.engine.optimize.rule.RuleFixture.number;
import static io.spangraph.engine.optimize.rule.RuleFixture.pass;
import static io.spangraph.engine.optimize.rule.RuleFixture.picture;
import static io.spangraph.engine.optimize.rule.RuleFixture.project;
import static io.spangraph.engine.optimize.rule.RuleFixture.ref;
import static io.spangraph.engine.optimize.rule.RuleFixture.scan;
import static io.spangraph.engine.optimize.rule.RuleFixture.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.optimize.Rule;
import java.util.List;
import org.junit.jupiter.api.Test;

class PushFilterThroughProjectTest {
    private final Rule rule = new PushFilterThroughProject();

    @Test
    void saysTheConditionInTermsOfTheInput() {
        assertThat(picture(
                        rule,
                        filter(
                                project(scan(S, "Span"), pass(S), as(get(S, "status"), X)),
                                equal(ref(X), text("ok")),
                                equal(get(S, "name"), text("a")))))
                .isEqualTo("""
                        Filter x = 'ok' AND s.name = 'a'
                          Projection s, s.status AS x
                            NodeByLabelScan s:Span {*}
                        becomes
                        Projection s, s.status AS x
                          Filter s.name = 'a' AND s.status = 'ok'
                            NodeByLabelScan s:Span {*}
                        """);
    }

    @Test
    void staysAboveWhatMayFail() {
        assertThat(picture(
                        rule,
                        filter(
                                project(
                                        scan(T, "Trace"),
                                        as(
                                                new Expression.Arithmetic(
                                                        Expression.ArithmeticOperator.DIVIDE,
                                                        number(6),
                                                        get(T, "total")),
                                                X)),
                                less(number(1), ref(X)))))
                .isEqualTo("""
                        stays
                        Filter 1 < x
                          Projection 6 / t.total AS x
                            NodeByLabelScan t:Trace {*}
                        """);
    }

    @Test
    void staysAboveWhatIsVolatile() {
        assertThat(picture(
                        rule,
                        filter(
                                project(scan(T, "Trace"), as(new Expression.FunctionCall("rand", List.of()), X)),
                                less(ref(X), number(1)))))
                .isEqualTo("""
                        stays
                        Filter x < 1
                          Projection rand() AS x
                            NodeByLabelScan t:Trace {*}
                        """);
    }
}
