package io.spangraph.engine.optimize.rule;

import io.spangraph.engine.optimize.Optimizer;
import io.spangraph.engine.optimize.Rule;
import java.util.List;

/** All rules in the order in which they are applied; {@code docs/rules.md} is the same list for readers. */
public final class DefaultRules {
    /** The one list. A comment says why a rule stands where it does. */
    public static final List<Rule> ALL = List.of(
            // First, because all others know types only.
            new ResolveLabels(),
            // As soon as there are scans to pin.
            new PinTenant());

    private DefaultRules() {}

    /** An optimizer with all rules. */
    public static Optimizer optimizer() {
        return new Optimizer(ALL);
    }
}
