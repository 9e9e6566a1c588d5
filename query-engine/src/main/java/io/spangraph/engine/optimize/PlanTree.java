package io.spangraph.engine.optimize;

import io.spangraph.engine.plan.LogicalPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Rebuilds and walks plans without a rule having to name the nodes that it does not care for. */
public final class PlanTree {
    private PlanTree() {}

    /** The node over changed inputs; the very same node when no input changed. */
    public static LogicalPlan mapInputs(LogicalPlan plan, UnaryOperator<LogicalPlan> function) {
        List<LogicalPlan> inputs = plan.inputs();
        // Copied at the first change only: of all walks over plans, most change nothing.
        List<LogicalPlan> mapped = inputs;
        for (int i = 0; i < inputs.size(); i++) {
            LogicalPlan input = inputs.get(i);
            LogicalPlan other = function.apply(input);
            if (other != input) {
                mapped = mapped == inputs ? new ArrayList<>(inputs) : mapped;
                mapped.set(i, other);
            }
        }
        return mapped == inputs ? plan : plan.withInputs(mapped);
    }

    /** Visits the node and everything below it. */
    public static void forEach(LogicalPlan plan, Consumer<LogicalPlan> visitor) {
        visitor.accept(plan);
        plan.inputs().forEach(input -> forEach(input, visitor));
    }
}
