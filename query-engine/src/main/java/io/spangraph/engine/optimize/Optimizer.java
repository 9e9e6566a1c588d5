package io.spangraph.engine.optimize;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.plan.LogicalPlan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Applies an ordered list of rules, each until it changes nothing more, and the whole list again until no rule changes
 * anything, because a rule may make room for an earlier one. Immutable and safe for use by many threads.
 */
public final class Optimizer {
    /** Far above what any plan needs: whoever gets there has two rules that undo each other. */
    private static final int MAX_ROUNDS = 40;

    private static final int MAX_PASSES = 200;

    /** Plans are walked by recursion, so that their depth has a limit: a hop, a clause or a UNION adds one or two. */
    private static final int MAX_DEPTH = 800;

    private final List<Rule> rules;

    public Optimizer(List<Rule> rules) {
        this.rules = List.copyOf(rules);
    }

    public OptimizedPlan optimize(LogicalPlan plan, RuleContext context) {
        return optimize(plan, context, Set.of());
    }

    /**
     * Optimises without some rules, as tests do to see that a rule changes no answer.
     *
     * @param switchedOff no rule that is required
     */
    public OptimizedPlan optimize(LogicalPlan plan, RuleContext context, Set<Class<? extends Rule>> switchedOff) {
        checkDepth(plan);
        List<Application> active = active(switchedOff).stream()
                .map(rule -> new Application(rule, context))
                .toList();
        List<RuleStep> steps = new ArrayList<>();
        LogicalPlan current = plan;
        for (int round = 0; round < MAX_ROUNDS; round++) {
            int before = steps.size();
            for (Application rule : active) {
                LogicalPlan changed = rule.applyFully(current);
                if (changed != current) {
                    current = changed;
                    steps.add(new RuleStep(rule.rule.name(), current));
                }
            }
            if (steps.size() == before) {
                return new OptimizedPlan(current, steps);
            }
        }
        throw unfinished("the rules still change the plan after " + MAX_ROUNDS + " rounds, last "
                + steps.get(steps.size() - 1).rule());
    }

    private static void checkDepth(LogicalPlan plan) {
        List<LogicalPlan> level = List.of(plan);
        for (int depth = 0; !level.isEmpty(); depth++) {
            if (depth > MAX_DEPTH) {
                throw QueryException.of(
                                QueryErrorCode.COMPLEXITY_LIMIT,
                                "The query is too deep: its plan has more than " + MAX_DEPTH + " steps in a row.")
                        .withHint("Split it into several queries, or use fewer hops, clauses and UNIONs.");
            }
            level = level.stream().flatMap(node -> node.inputs().stream()).toList();
        }
    }

    private List<Rule> active(Set<Class<? extends Rule>> switchedOff) {
        List<Rule> active = new ArrayList<>();
        for (Rule rule : rules) {
            if (!switchedOff.contains(rule.getClass())) {
                active.add(rule);
            } else if (rule.required()) {
                throw new IllegalArgumentException("rule " + rule.name() + " cannot be switched off");
            }
        }
        return active;
    }

    /**
     * A rule on its way over one plan. What a rule does to a node depends on nothing but the node and what is below it,
     * so that parts it has left alone are not walked again as long as they are the same objects.
     */
    private static final class Application {
        private final Rule rule;
        private final RuleContext context;
        private final Set<LogicalPlan> settled = Collections.newSetFromMap(new IdentityHashMap<>());

        Application(Rule rule, RuleContext context) {
            this.rule = rule;
            this.context = context;
        }

        /** The plan with nothing left for the rule to change; the very same object when there was nothing. */
        LogicalPlan applyFully(LogicalPlan plan) {
            LogicalPlan current = plan;
            for (int pass = 0; pass < MAX_PASSES; pass++) {
                LogicalPlan next = walk(current, 0);
                if (next == current) {
                    return current;
                }
                current = next;
            }
            throw unfinished("rule " + rule.name() + " still changes the plan after " + MAX_PASSES + " passes");
        }

        /** One walk over the plan; the very same object when nothing changed. */
        private LogicalPlan walk(LogicalPlan plan, int depth) {
            if (settled.contains(plan)) {
                return plan;
            }
            if (depth > MAX_DEPTH) {
                throw unfinished("rule " + rule.name() + " makes the plan deeper than " + MAX_DEPTH + " nodes");
            }
            LogicalPlan walked = switch (rule.order()) {
                case WHOLE_PLAN -> rule.apply(plan, context).orElse(plan);
                case TOP_DOWN ->
                    PlanTree.mapInputs(rule.apply(plan, context).orElse(plan), input -> walk(input, depth + 1));
                case BOTTOM_UP -> {
                    LogicalPlan over = PlanTree.mapInputs(plan, input -> walk(input, depth + 1));
                    yield rule.apply(over, context).orElse(over);
                }
            };
            if (walked == plan) {
                settled.add(plan);
            }
            return walked;
        }
    }

    private static QueryException unfinished(String what) {
        return QueryException.of(QueryErrorCode.INTERNAL, "The optimizer did not finish: " + what + ".")
                .withHint("This is a defect of Spangraph; please report it with the query.");
    }
}
