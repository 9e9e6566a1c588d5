package io.spangraph.engine.expr;

import java.util.Set;

/** A condition on a vertex's labels; decided once per vertex type, never per row. */
public sealed interface LabelExpression {
    boolean matches(Set<String> labels);

    record Any() implements LabelExpression {
        @Override
        public boolean matches(Set<String> labels) {
            return true;
        }
    }

    record Label(String name) implements LabelExpression {
        @Override
        public boolean matches(Set<String> labels) {
            return labels.contains(name);
        }
    }

    record And(LabelExpression left, LabelExpression right) implements LabelExpression {
        @Override
        public boolean matches(Set<String> labels) {
            return left.matches(labels) && right.matches(labels);
        }
    }

    record Or(LabelExpression left, LabelExpression right) implements LabelExpression {
        @Override
        public boolean matches(Set<String> labels) {
            return left.matches(labels) || right.matches(labels);
        }
    }

    record Not(LabelExpression operand) implements LabelExpression {
        @Override
        public boolean matches(Set<String> labels) {
            return !operand.matches(labels);
        }
    }
}
