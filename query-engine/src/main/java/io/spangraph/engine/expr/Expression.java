package io.spangraph.engine.expr;

import io.spangraph.model.value.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An expression over the variables of one row. Sugar is gone here: a simple CASE is a searched one, chained comparisons
 * are conjunctions, inline property maps are conditions, subqueries are plan nodes.
 */
public sealed interface Expression {

    record Literal(Value value) implements Expression {}

    record Parameter(String name) implements Expression {}

    record VariableRef(Variable variable) implements Expression {}

    /** A property of a node, relationship or map; a component of a temporal value. */
    record Property(Expression subject, String name) implements Expression {}

    /** A hidden column of a node or relationship, see {@link EntityField}. Made by rules, never by a translator. */
    record FieldRef(Variable variable, EntityField field) implements Expression {}

    /** Conjunction of at least two operands, in three-valued logic. */
    record And(List<Expression> operands) implements Expression {
        public And {
            operands = List.copyOf(operands);
        }
    }

    record Or(List<Expression> operands) implements Expression {
        public Or {
            operands = List.copyOf(operands);
        }
    }

    record Xor(Expression left, Expression right) implements Expression {}

    record Not(Expression operand) implements Expression {}

    record Compare(CompareOperator operator, Expression left, Expression right) implements Expression {}

    record IsNull(Expression operand, boolean negated) implements Expression {}

    record In(Expression operand, Expression list) implements Expression {}

    record TextMatch(TextOperator operator, Expression text, Expression pattern) implements Expression {}

    record Arithmetic(ArithmeticOperator operator, Expression left, Expression right) implements Expression {}

    record Negate(Expression operand) implements Expression {}

    /** A searched CASE; without an else it gives null. */
    record Case(List<When> branches, Optional<Expression> otherwise) implements Expression {
        public Case {
            branches = List.copyOf(branches);
        }
    }

    record When(Expression condition, Expression value) {}

    record ListLiteral(List<Expression> elements) implements Expression {
        public ListLiteral {
            elements = List.copyOf(elements);
        }
    }

    record MapLiteral(Map<String, Expression> entries) implements Expression {
        public MapLiteral {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }
    }

    /** {@code container[index]} of a list or map, and {@code entity['name']}. */
    record Subscript(Expression container, Expression index) implements Expression {}

    record Slice(Expression list, Optional<Expression> from, Optional<Expression> to) implements Expression {}

    /**
     * {@code [x IN list WHERE condition | value]}.
     *
     * @param element bound in the condition and the value, to one element after the other
     * @param condition empty: every element is taken
     * @param value empty: the element itself
     */
    record ListComprehension(
            Variable element, Expression list, Optional<Expression> condition, Optional<Expression> value)
            implements Expression {}

    /** A condition on how many elements of a list satisfy another; its element is bound in that one only. */
    record ListPredicate(Quantifier quantifier, Variable element, Expression list, Expression condition)
            implements Expression {}

    /**
     * {@code reduce(accumulator = start, element IN list | step)}: the step once for each element, from left to right.
     *
     * @param accumulator bound in the step to the value of the start, then to that of the step before
     */
    record Reduce(Variable accumulator, Expression start, Variable element, Expression list, Expression step)
            implements Expression {}

    /** The path of these nodes and the relationships between them, both lists; null if one of them is. */
    record Path(Expression nodes, Expression relationships) implements Expression {}

    /** A call of a scalar function of the {@link ScalarFunctions} registry, by its canonical name. */
    record FunctionCall(String name, List<Expression> arguments) implements Expression {
        public FunctionCall {
            arguments = List.copyOf(arguments);
        }
    }

    record HasLabels(Expression node, LabelExpression labels) implements Expression {}

    /**
     * True when no relationship occurs twice among the operands: relationship variables, and lists of relationships.
     * This is how the uniqueness of one MATCH is said, so that rules can see and rewrite it.
     */
    record DistinctRelationships(List<Variable> relationships) implements Expression {
        public DistinctRelationships {
            relationships = List.copyOf(relationships);
        }
    }

    /** True when both variables are bound to the same row, which is stricter than being the same node. */
    record SameRow(Variable left, Variable right) implements Expression {}

    /** Comparisons by Cypher's rules: different types are neither equal nor ordered, null gives null. */
    enum CompareOperator {
        EQUAL("="),
        NOT_EQUAL("<>"),
        LESS("<"),
        LESS_OR_EQUAL("<="),
        GREATER(">"),
        GREATER_OR_EQUAL(">=");

        private final String symbol;

        CompareOperator(String symbol) {
            this.symbol = symbol;
        }

        public String symbol() {
            return symbol;
        }

        /** Whether it holds of operands that a comparator has ordered so. */
        public boolean holds(int order) {
            return switch (this) {
                case EQUAL -> order == 0;
                case NOT_EQUAL -> order != 0;
                case LESS -> order < 0;
                case LESS_OR_EQUAL -> order <= 0;
                case GREATER -> order > 0;
                case GREATER_OR_EQUAL -> order >= 0;
            };
        }

        /** The operator with its operands exchanged: {@code a < b} is {@code b > a}. */
        public CompareOperator flip() {
            return switch (this) {
                case EQUAL, NOT_EQUAL -> this;
                case LESS -> GREATER;
                case LESS_OR_EQUAL -> GREATER_OR_EQUAL;
                case GREATER -> LESS;
                case GREATER_OR_EQUAL -> LESS_OR_EQUAL;
            };
        }
    }

    /** Matches of one text against another. */
    enum TextOperator {
        STARTS_WITH("STARTS WITH"),
        ENDS_WITH("ENDS WITH"),
        CONTAINS("CONTAINS"),
        MATCHES("=~");

        private final String symbol;

        TextOperator(String symbol) {
            this.symbol = symbol;
        }

        public String symbol() {
            return symbol;
        }
    }

    /** Arithmetic, and {@code +} on texts and lists. */
    enum ArithmeticOperator {
        ADD("+"),
        SUBTRACT("-"),
        MULTIPLY("*"),
        DIVIDE("/"),
        MODULO("%"),
        POWER("^"),
        /** Of two texts or two lists, and of nothing else. */
        CONCATENATE("||");

        private final String symbol;

        ArithmeticOperator(String symbol) {
            this.symbol = symbol;
        }

        public String symbol() {
            return symbol;
        }
    }

    /** How many elements of a list must satisfy a condition. */
    enum Quantifier {
        ALL("all"),
        ANY("any"),
        NONE("none"),
        SINGLE("single");

        private final String spelling;

        Quantifier(String spelling) {
            this.spelling = spelling;
        }

        public String spelling() {
            return spelling;
        }

        /** The answer for a list of so many elements of each truth; empty if it depends on the unknown ones. */
        public Optional<Boolean> of(int satisfying, int failing, int unknown) {
            return switch (this) {
                case ALL -> decided(failing > 0, false, unknown);
                case ANY -> decided(satisfying > 0, true, unknown);
                case NONE -> decided(satisfying > 0, false, unknown);
                case SINGLE ->
                    satisfying > 1 ? Optional.of(false) : unknown > 0 ? Optional.empty() : Optional.of(satisfying == 1);
            };
        }

        private static Optional<Boolean> decided(boolean decided, boolean answer, int unknown) {
            if (decided) {
                return Optional.of(answer);
            }
            return unknown > 0 ? Optional.empty() : Optional.of(!answer);
        }
    }
}
