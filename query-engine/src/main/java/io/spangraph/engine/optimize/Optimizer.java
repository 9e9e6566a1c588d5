package io.spangraph.engine.optimize;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.plan.LogicalPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
        List<Rule> active = active(switchedOff);
        List<RuleStep> steps = new ArrayList<>();
        LogicalPlan current = plan;
        for (int round = 0; round < MAX_ROUNDS; round++) {
            int before = steps.size();
            for (Rule rule : active) {
                Optional<LogicalPlan> changed = applyFully(rule, current, context);
                if (changed.isPresent()) {
                    current = changed.get();
                    steps.add(new RuleStep(rule.name(), current));
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

    private static Optional<LogicalPlan> applyFully(Rule rule, LogicalPlan plan, RuleContext context) {
        LogicalPlan current = plan;
        for (int pass = 0; pass < MAX_PASSES; pass++) {
            LogicalPlan next = walk(rule, current, context, 0);
            if (next == current) {
                return current == plan ? Optional.empty() : Optional.of(current);
            }
            current = next;
        }
        throw unfinished("rule " + rule.name() + " still changes the plan after " + MAX_PASSES + " passes");
    }

    /** One walk over the plan; the very same object when nothing changed. */
    private static LogicalPlan walk(Rule rule, LogicalPlan plan, RuleContext context, int depth) {
        if (depth > MAX_DEPTH) {
            throw unfinished("rule " + rule.name() + " makes the plan deeper than " + MAX_DEPTH + " nodes");
        }
        return switch (rule.order()) {
            case WHOLE_PLAN -> rule.apply(plan, context).orElse(plan);
            case TOP_DOWN ->
                PlanTree.mapInputs(
                        rule.apply(plan, context).orElse(plan), input -> walk(rule, input, context, depth + 1));
            case BOTTOM_UP -> {
                LogicalPlan over = PlanTree.mapInputs(plan, input -> walk(rule, input, context, depth + 1));
                yield rule.apply(over, context).orElse(over);
            }
        };
    }

    private static QueryException unfinished(String what) {
        return QueryException.of(QueryErrorCode.INTERNAL, "The optimizer did not finish: " + what + ".")
                .withHint("This is a defect of Spangraph; please report it with the query.");
    }
}
