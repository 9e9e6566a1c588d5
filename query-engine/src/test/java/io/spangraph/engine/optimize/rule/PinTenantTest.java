package io.spangraph.engine.optimize.rule;

import static io.spangraph.engine.optimize.rule.RuleFixture.N;
import static io.spangraph.engine.optimize.rule.RuleFixture.R1;
import static io.spangraph.engine.optimize.rule.RuleFixture.S;
import static io.spangraph.engine.optimize.rule.RuleFixture.T;
import static io.spangraph.engine.optimize.rule.RuleFixture.out;
import static io.spangraph.engine.optimize.rule.RuleFixture.picture;
import static io.spangraph.engine.optimize.rule.RuleFixture.scan;
import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.engine.optimize.Optimizer;
import io.spangraph.engine.optimize.Rule;
import io.spangraph.engine.optimize.RuleContext;
import io.spangraph.engine.plan.LogicalPlan;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PinTenantTest {
    private final Rule rule = new PinTenant();

    @Test
    void pinsToTheTenantAndLeavesPublicTypesOpen() {
        assertThat(picture(rule, resolved(scan(N)), false)).isEqualTo("""
                        NodeByLabelScan n:Agent|Trace|Span|Model {*}
                        becomes
                        NodeByLabelScan n:Agent[tenant]|Trace[tenant]|Span[tenant]|Model[public] {*}
                        """);
    }

    @Test
    void pinsRelationshipsToo() {
        assertThat(picture(rule, resolved(out(scan(T, "Trace"), T, R1, "HAS_SPAN", scan(S, "Span"))), false))
                .isEqualTo("""
                        Expand(All) (t)-[r1]->(s)
                          NodeByLabelScan t:Trace {*}
                          RelationshipTypeScan r1:HAS_SPAN(Trace,Span) {*}
                          NodeByLabelScan s:Span {*}
                        becomes
                        Expand(All) (t)-[r1]->(s)
                          NodeByLabelScan t:Trace[tenant] {*}
                          RelationshipTypeScan r1:HAS_SPAN(Trace,Span)[tenant] {*}
                          NodeByLabelScan s:Span[tenant] {*}
                        """);
    }

    @Test
    void leavesAllTenantsToThoseWhoSeeThem() {
        assertThat(picture(rule, resolved(scan(N)), true)).isEqualTo("""
                        NodeByLabelScan n:Agent|Trace|Span|Model {*}
                        becomes
                        NodeByLabelScan n:Agent[all tenants]|Trace[all tenants]|Span[all tenants]|Model[public] {*}
                        """);
    }

    private static LogicalPlan resolved(LogicalPlan plan) {
        RuleContext context = new RuleContext(RuleFixture.SCHEMA, true, new AtomicInteger());
        return new Optimizer(List.of(new ResolveLabels()))
                .optimize(plan, context)
                .plan();
    }
}
