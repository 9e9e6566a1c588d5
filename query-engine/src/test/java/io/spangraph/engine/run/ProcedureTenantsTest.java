package io.spangraph.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.engine.context.Principal;
import io.spangraph.engine.context.Principal.Role;
import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Expression.Literal;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.expr.Variable.Kind;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.LogicalPlan.ProcedureCall;
import io.spangraph.engine.plan.LogicalPlan.SingleRow;
import io.spangraph.engine.plan.LogicalPlan.YieldItem;
import io.spangraph.engine.procedure.Procedure;
import io.spangraph.engine.procedure.Procedures;
import io.spangraph.engine.procedure.ServerFacts;
import io.spangraph.engine.procedure.ServerFacts.QueryFact;
import io.spangraph.engine.procedure.ServerFacts.UserFact;
import io.spangraph.engine.procedure.ShowCommands;
import io.spangraph.engine.procedure.ValueType;
import io.spangraph.model.value.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What one tenant can learn of another: nothing. Every procedure and every SHOW command gives a reader of acme the same
 * rows whether globex has data, users and running queries or is not there at all.
 */
class ProcedureTenantsTest {
    private static final SpanTables BOTH = tables("acme", "globex");
    private static final SpanTables ACME = tables("acme");

    private static SpanTables tables(String... tenants) {
        List<UserFact> users = new ArrayList<>();
        List<QueryFact> queries = new ArrayList<>();
        for (String tenant : tenants) {
            users.add(new UserFact(tenant + "-user", Optional.of(tenant), Set.of("reader")));
            users.add(new UserFact(tenant + "-operator", Optional.of(tenant), Set.of("operator", "reader")));
            queries.add(
                    new QueryFact("q-" + tenant, tenant + "-user", "RETURN '" + tenant + "'", Instant.EPOCH, 5, false));
        }
        ServerFacts server = new ServerFacts(
                "Spangraph",
                "1",
                () -> Optional.of("localhost:7687"),
                List.of(),
                principal -> queries.stream()
                        .filter(query -> principal.tenant().stream().allMatch(query.user()::startsWith))
                        .toList(),
                () -> users);
        return new SpanTables(List.of(tenants), server);
    }

    static Stream<Procedure> procedures() {
        return Stream.concat(Procedures.all().stream(), ShowCommands.all().stream());
    }

    @ParameterizedTest
    @MethodSource("procedures")
    void aTenantLearnsNothingOfAnother(Procedure procedure) {
        for (String user : List.of("acme-user", "acme-operator")) {
            Set<Role> roles = user.endsWith("operator") ? Set.of(Role.READER, Role.OPERATOR) : Set.of(Role.READER);
            Principal principal = new Principal(user, Optional.of("acme"), roles);
            List<List<Value>> rows = rows(BOTH, procedure, principal);
            assertThat(rows).as(user).isEqualTo(rows(ACME, procedure, principal));
            assertThat(rows.toString()).as(user).doesNotContain("globex");
        }
    }

    /** Without this the test above could pass because nothing depends on data at all. */
    @Test
    void whoSeesAllTenantsSeesTheDifference() {
        Principal everyone = new Principal("root", Optional.empty(), Set.of(Role.OPERATOR));
        assertThat(procedures()
                        .filter(procedure -> !rows(BOTH, procedure, everyone).equals(rows(ACME, procedure, everyone)))
                        .map(Procedure::name))
                .containsExactlyInAnyOrder(
                        "apoc.meta.graphSample",
                        "apoc.meta.nodeTypeProperties",
                        "apoc.meta.relTypeProperties",
                        "apoc.meta.schema",
                        "apoc.meta.stats",
                        "SHOW ROLES WITH USERS",
                        "SHOW TRANSACTIONS",
                        "SHOW USERS");
    }

    @ParameterizedTest
    @MethodSource("procedures")
    void everyValueIsOfTheTypeThatItsColumnSays(Procedure procedure) {
        Principal everyone = new Principal("root", Optional.empty(), Set.of(Role.OPERATOR));
        for (List<Value> row : rows(BOTH, procedure, everyone)) {
            assertThat(row).hasSameSizeAs(procedure.columns());
            for (int i = 0; i < row.size(); i++) {
                assertThat(procedure.columns().get(i).type().accepts(row.get(i)))
                        .as(procedure.columns().get(i).signature() + " is " + row.get(i))
                        .isTrue();
            }
        }
    }

    /** With an example for each argument that a call has to give. */
    private static List<List<Value>> rows(SpanTables tables, Procedure procedure, Principal principal) {
        List<Expression> arguments = procedure.arguments().stream()
                .filter(argument -> argument.defaultValue().isEmpty())
                .<Expression>map(argument -> new Literal(example(argument.type())))
                .toList();
        List<YieldItem> yields = new ArrayList<>();
        for (String column : procedure.columnNames()) {
            yields.add(new YieldItem(column, new Variable(column, yields.size(), Kind.VALUE)));
        }
        LogicalPlan plan = new ProcedureCall(new SingleRow(), procedure.name(), arguments, yields);
        Variable[] columns = yields.stream().map(YieldItem::variable).toArray(Variable[]::new);
        QueryContext context = QueryContext.of(principal, Map.of(), SpanTables.LIMITS);
        List<List<Value>> rows = new ArrayList<>();
        try (ResultCursor cursor = tables.run(plan, context, columns)) {
            while (cursor.advance()) {
                rows.add(cursor.row());
            }
        }
        return rows;
    }

    private static Value example(ValueType type) {
        return switch (type) {
            case ANY, STRING -> Value.of("globex-t0");
            case BOOLEAN -> Value.TRUE;
            case INTEGER -> Value.of(1L);
            case MAP -> new Value.MapValue(Map.of());
            case LIST, STRINGS, MAPS, NODES, RELATIONSHIPS -> Value.of(List.<Value>of());
            case DURATION -> new Value.DurationValue(0, 0, 1, 0);
        };
    }
}
