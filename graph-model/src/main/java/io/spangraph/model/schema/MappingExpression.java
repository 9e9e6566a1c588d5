package io.spangraph.model.schema;

import io.spangraph.model.SourcePosition;
import io.spangraph.model.value.Value;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * An expression of {@code graph.yaml} over the columns of one source row: a closed, side-effect-free set with the null
 * behaviour of SQL. Two expressions that read the same way are equal, wherever they stand in the file.
 */
public sealed interface MappingExpression {

    /** A column, or a nested field by its path: {@code events.name}. */
    record ColumnPath(String column, List<String> fields) implements MappingExpression {
        public ColumnPath {
            fields = List.copyOf(fields);
        }
    }

    record Constant(Value value) implements MappingExpression {}

    /** {@code map['key']} or {@code list[0]}, counted from zero; null where there is no such element. */
    record Element(MappingExpression container, MappingExpression index) implements MappingExpression {}

    /** A call of one of the functions that {@link MappingFunction} lists. */
    record Call(MappingFunction function, List<MappingExpression> arguments) implements MappingExpression {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    /** {@code case when c then v ... else e end}; without an else the value is null. */
    record Case(List<When> branches, Optional<MappingExpression> otherwise) implements MappingExpression {
        public Case {
            branches = List.copyOf(branches);
        }
    }

    record When(MappingExpression condition, MappingExpression value) {}

    record Binary(BinaryOperator operator, MappingExpression left, MappingExpression right)
            implements MappingExpression {}

    record Not(MappingExpression operand) implements MappingExpression {}

    record Negate(MappingExpression operand) implements MappingExpression {}

    /** {@code x is null}, or with {@code negated} {@code x is not null}. */
    record IsNull(MappingExpression operand, boolean negated) implements MappingExpression {}

    record In(MappingExpression operand, List<MappingExpression> candidates) implements MappingExpression {
        public In {
            candidates = List.copyOf(candidates);
        }
    }

    /** {@code cast(x as type)}; with {@code lenient} it is {@code try_cast}, which gives null for what does not fit; else that fails the query. */
    record Cast(MappingExpression operand, CastType type, boolean lenient) implements MappingExpression {}

    /** Operators of two operands, by their SQL spelling. */
    enum BinaryOperator {
        OR("or"),
        AND("and"),
        EQUAL("="),
        NOT_EQUAL("<>"),
        LESS("<"),
        LESS_OR_EQUAL("<="),
        GREATER(">"),
        GREATER_OR_EQUAL(">="),
        LIKE("like"),
        ADD("+"),
        SUBTRACT("-"),
        MULTIPLY("*"),
        /** Always gives a double; null for a division by zero. */
        DIVIDE("/");

        private final String symbol;

        BinaryOperator(String symbol) {
            this.symbol = symbol;
        }

        public String symbol() {
            return symbol;
        }
    }

    /** Targets of a cast. */
    enum CastType {
        LONG,
        DOUBLE,
        STRING,
        BOOLEAN,
        DATE
    }

    /** An expression with the place in the file where it starts; the text is what the author wrote. */
    record Positioned(MappingExpression expression, String text, SourcePosition position) {
        public Set<String> columns() {
            return MappingExpression.columnsOf(expression);
        }
    }

    /** The source columns that the expression reads, in alphabetical order. */
    static Set<String> columnsOf(MappingExpression expression) {
        Set<String> found = new TreeSet<>();
        collectColumns(expression, found);
        return found;
    }

    private static void collectColumns(MappingExpression expression, Set<String> found) {
        switch (expression) {
            case ColumnPath path -> found.add(path.column());
            case Constant constant -> {}
            case Element element -> {
                collectColumns(element.container(), found);
                collectColumns(element.index(), found);
            }
            case Call call -> call.arguments().forEach(argument -> collectColumns(argument, found));
            case Case branches -> {
                branches.branches().forEach(when -> {
                    collectColumns(when.condition(), found);
                    collectColumns(when.value(), found);
                });
                branches.otherwise().ifPresent(otherwise -> collectColumns(otherwise, found));
            }
            case Binary binary -> {
                collectColumns(binary.left(), found);
                collectColumns(binary.right(), found);
            }
            case Not not -> collectColumns(not.operand(), found);
            case Negate negate -> collectColumns(negate.operand(), found);
            case IsNull isNull -> collectColumns(isNull.operand(), found);
            case In in -> {
                collectColumns(in.operand(), found);
                in.candidates().forEach(candidate -> collectColumns(candidate, found));
            }
            case Cast cast -> collectColumns(cast.operand(), found);
        }
    }
}
