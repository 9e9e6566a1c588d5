package io.spangraph.engine.testkit;

import io.spangraph.engine.context.Execution;
import io.spangraph.engine.context.Principal;
import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.context.QueryLimits;
import io.spangraph.engine.explain.PlanPrinter;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.reference.ReferenceEvaluator;
import io.spangraph.model.value.Value;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A random graph, a random query, somebody who asks it, and the answer that the reference evaluator gives to the plan as
 * it was translated. The same seed always gives the same case.
 */
public record RandomCase(
        long seed, RandomGraph graph, RandomQuery query, Optional<String> tenant, List<List<Value>> expected) {
    private static final QueryLimits LIMITS = new QueryLimits(Duration.ofMinutes(5), 1_000_000, 1L << 30, 1L << 40);
    private static final int MAX_ROWS = 5_000;
    private static final int ATTEMPTS = 12;
    private static final int ACCEPTED_EMPTY_PERCENT = 4;
    private static final int BARE_DISMISSED_PERCENT = 80;

    /** One of so many cases walks from children to parents inside of scopes. */
    private static final int ONE_WITH_PARENTS_OF = 6;

    /** Draws until an answer has rows; one without rows is taken now and then, and one that fails never. */
    public static RandomCase draw(long seed) {
        Random random = new Random(seed);
        for (int attempt = 0; ; attempt++) {
            RandomGraph graph = new RandomGraph(random, seed % ONE_WITH_PARENTS_OF == 0);
            Optional<String> tenant = random.nextInt(5) < 2 ? Optional.of("t1") : Optional.empty();
            RandomQuery query = new RandomQuery(random, graph, tenant);
            RandomCase unanswered = new RandomCase(seed, graph, query, tenant, List.of());
            try {
                List<List<Value>> answer = unanswered.reference(query.plan(), MAX_ROWS);
                boolean taken = attempt >= ATTEMPTS || random.nextInt(100) < ACCEPTED_EMPTY_PERCENT;
                boolean bare = !hasHop(query.plan()) && random.nextInt(100) < BARE_DISMISSED_PERCENT;
                if (taken || (!answer.isEmpty() && !bare)) {
                    return new RandomCase(seed, graph, query, tenant, answer);
                }
            } catch (QueryException unguarded) {
                // A division by zero that nothing guards, or too many rows; the next draw has another query.
                continue;
            }
        }
    }

    /** A fresh context: budgets and deadline are used up by a run. */
    public QueryContext context() {
        return QueryContext.of(new Principal("somebody", tenant, Set.of()), query.parameters(), LIMITS);
    }

    /** A fresh context of a query that shares threads and space with others. */
    public QueryContext context(Execution execution) {
        QueryContext alone = context();
        return new QueryContext(
                alone.principal(),
                alone.parameters(),
                alone.limits(),
                alone.memory(),
                alone.cancellation(),
                alone.startedAt(),
                execution);
    }

    /** The rows that the reference evaluator gives for a plan of this case. */
    public List<List<Value>> reference(LogicalPlan plan) {
        return reference(plan, Integer.MAX_VALUE);
    }

    private List<List<Value>> reference(LogicalPlan plan, int maxRows) {
        return new ReferenceEvaluator(graph.schema(), graph.tables(), context(), maxRows)
                .evaluate(plan, query.columns());
    }

    /** Where these rows differ from the expected ones; empty where they do not. */
    public Optional<String> difference(List<List<Value>> actual) {
        boolean same = isSame(actual, expected)
                || (mayShowAnyOfSeveral()
                        && isSame(identities(actual, typesWithStandIns()), identities(expected, typesWithStandIns())));
        return same ? Optional.empty() : Optional.of("expected " + expected + "\nbut got  " + actual);
    }

    private boolean isSame(List<List<Value>> actual, List<List<Value>> wanted) {
        return query.ordered() ? actual.equals(wanted) : bag(actual).equals(bag(wanted));
    }

    /** Whether a group, an order or DISTINCT may show any of several equal nodes. */
    private boolean mayShowAnyOfSeveral() {
        return !typesWithStandIns().isEmpty() && choosesAmongNodes(query.plan());
    }

    /**
     * Types of which equal nodes may differ: in one scope a trusted edge finds the node's row, in another one it finds none.
     */
    private Set<String> typesWithStandIns() {
        return graph.schema().edgeTypes().stream()
                .filter(type -> type.trust() && type.scope().isPresent())
                .flatMap(type -> Stream.of(type.from().vertexType(), type.to().vertexType()))
                .collect(Collectors.toSet());
    }

    private static boolean choosesAmongNodes(LogicalPlan plan) {
        boolean here = (plan instanceof LogicalPlan.Aggregate
                        || plan instanceof LogicalPlan.Distinct
                        || plan instanceof LogicalPlan.Sort)
                && plan.variables().stream().anyMatch(Variable::isEntity);
        return here || plan.inputs().stream().anyMatch(RandomCase::choosesAmongNodes);
    }

    /** The rows with nothing of a node of these types but who it is. */
    private static List<List<Value>> identities(List<List<Value>> rows, Set<String> types) {
        return rows.stream()
                .map(row -> row.stream().map(value -> identity(value, types)).toList())
                .toList();
    }

    private static Value identity(Value value, Set<String> types) {
        return value instanceof Value.NodeValue node && types.contains(node.id().vertexType())
                ? new Value.NodeValue(node.id(), List.of(), Map.of())
                : value;
    }

    @Override
    public String toString() {
        return "seed " + seed + ", tenant " + tenant.orElse("any") + ", parameters " + query.parameters() + "\n"
                + PlanPrinter.print(query.plan());
    }

    private static boolean hasHop(LogicalPlan plan) {
        return plan instanceof LogicalPlan.Expand
                || plan instanceof LogicalPlan.VarExpand
                || plan.inputs().stream().anyMatch(RandomCase::hasHop);
    }

    private static Map<List<Value>, Integer> bag(List<List<Value>> rows) {
        Map<List<Value>, Integer> bag = new HashMap<>();
        rows.forEach(row -> bag.merge(row, 1, Integer::sum));
        return bag;
    }
}
