package io.spangraph.cypher.ast;

import io.spangraph.engine.expr.Expression.ArithmeticOperator;
import io.spangraph.engine.expr.Expression.CompareOperator;
import io.spangraph.engine.expr.Expression.Quantifier;
import io.spangraph.engine.expr.Expression.TextOperator;
import io.spangraph.model.value.Value;
import java.util.List;
import java.util.Optional;

/** An expression as it is written. Two expressions are equal when they say the same, wherever they stand. */
public sealed interface AstExpression {
    /** Where the expression, or the part of it that an error should point at, stands. */
    Place place();

    record Literal(Value value, Place place) implements AstExpression {}

    record Parameter(String name, Place place) implements AstExpression {}

    /** A variable. */
    record Name(String name, Place place) implements AstExpression {}

    /** {@code subject.name}; its place is that of the name. */
    record PropertyAccess(AstExpression subject, String name, Place place) implements AstExpression {}

    record Or(List<AstExpression> operands, Place place) implements AstExpression {
        public Or {
            operands = List.copyOf(operands);
        }
    }

    record Xor(List<AstExpression> operands, Place place) implements AstExpression {
        public Xor {
            operands = List.copyOf(operands);
        }
    }

    record And(List<AstExpression> operands, Place place) implements AstExpression {
        public And {
            operands = List.copyOf(operands);
        }
    }

    record Not(AstExpression operand, Place place) implements AstExpression {}

    /** {@code a < b <= c}: one operand more than operators. */
    record Comparison(List<AstExpression> operands, List<CompareOperator> operators, Place place)
            implements AstExpression {
        public Comparison {
            operands = List.copyOf(operands);
            operators = List.copyOf(operators);
        }
    }

    record IsNull(AstExpression operand, boolean negated, Place place) implements AstExpression {}

    record In(AstExpression operand, AstExpression list, Place place) implements AstExpression {}

    record TextMatch(TextOperator operator, AstExpression text, AstExpression pattern, Place place)
            implements AstExpression {}

    record HasLabels(AstExpression operand, AstLabels labels, boolean negated, Place place) implements AstExpression {}

    record Arithmetic(ArithmeticOperator operator, AstExpression left, AstExpression right, Place place)
            implements AstExpression {}

    /** A sign before an expression that is no literal. */
    record Signed(AstExpression operand, boolean negative, Place place) implements AstExpression {}

    /**
     * {@code CASE}; with an operand it is the simple form.
     *
     * @param operand what the tests of the simple form look at
     */
    record Case(
            Optional<AstExpression> operand,
            List<Alternative> alternatives,
            Optional<AstExpression> otherwise,
            Place place)
            implements AstExpression {
        public Case {
            alternatives = List.copyOf(alternatives);
        }
    }

    /**
     * {@code WHEN ... THEN ...}.
     *
     * @param conditions one of them must hold; those of the simple form are written out against its operand
     */
    record Alternative(List<AstExpression> conditions, AstExpression value) {
        public Alternative {
            conditions = List.copyOf(conditions);
        }
    }

    record ListLiteral(List<AstExpression> elements, Place place) implements AstExpression {
        public ListLiteral {
            elements = List.copyOf(elements);
        }
    }

    record MapLiteral(List<Entry> entries, Place place) implements AstExpression {
        public MapLiteral {
            entries = List.copyOf(entries);
        }
    }

    /** An entry of a map; its place is that of the key. */
    record Entry(String key, AstExpression value, Place place) {}

    record Subscript(AstExpression container, AstExpression index, Place place) implements AstExpression {}

    record Slice(AstExpression list, Optional<AstExpression> from, Optional<AstExpression> to, Place place)
            implements AstExpression {}

    /** {@code [element IN list WHERE condition | value]}. */
    record ListComprehension(
            Name element,
            AstExpression list,
            Optional<AstExpression> condition,
            Optional<AstExpression> value,
            Place place)
            implements AstExpression {}

    /** {@code all(element IN list WHERE condition)} and its like. */
    record ListPredicate(Quantifier quantifier, Name element, AstExpression list, AstExpression condition, Place place)
            implements AstExpression {}

    /** A call of a scalar or aggregate function, by the name as it is written. */
    record Call(String function, boolean distinct, List<AstExpression> arguments, Place place)
            implements AstExpression {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    record CountRows(Place place) implements AstExpression {}

    /** {@code reduce(accumulator = start, element IN list | step)}. */
    record Reduce(
            Name accumulator, AstExpression start, Name element, AstExpression list, AstExpression step, Place place)
            implements AstExpression {}

    /**
     * {@code operand IS :: TYPE}.
     *
     * @param type in its canonical spelling
     */
    record TypeTest(AstExpression operand, String type, boolean negated, Place place) implements AstExpression {}

    /** {@code subject {.*, .name, other, key: value}}: a map, or null if the subject is null. */
    record MapProjection(Name subject, List<ProjectionItem> items, Place place) implements AstExpression {
        public MapProjection {
            items = List.copyOf(items);
        }
    }

    /** What a map projection takes into its map. */
    sealed interface ProjectionItem {}

    /** {@code .*} */
    record AllProperties() implements ProjectionItem {}

    /** One entry, written in any of the short forms. */
    record OneEntry(Entry entry) implements ProjectionItem {}

    /** A query that gives a value for each row of the query around it. */
    sealed interface Subquery extends AstExpression permits Exists, CountSubquery, CollectSubquery {
        AstSubquery query();
    }

    /** Whether a query has rows: {@code EXISTS {...}}, {@code exists((a)-->())}, or a pattern as a condition. */
    record Exists(AstSubquery query, Form form, Place place) implements Subquery {}

    /** How it is written that something exists. */
    enum Form {
        BRACES,
        FUNCTION,
        /** A pattern by itself, which only means something where a condition is expected. */
        PATTERN
    }

    /** {@code COUNT {...}}. */
    record CountSubquery(AstSubquery query, Place place) implements Subquery {}

    /**
     * The values of the one column of a query, nulls included: {@code COLLECT {...}}, or a pattern comprehension.
     *
     * @param comprehension a pattern and a value for each of its matches
     */
    record CollectSubquery(AstSubquery query, boolean comprehension, Place place) implements Subquery {}
}
