package io.spangraph.engine.exec.mapping;

import io.spangraph.engine.context.Cancellation;
import io.spangraph.engine.exec.expression.Choice;
import io.spangraph.engine.exec.expression.CompiledExpression;
import io.spangraph.engine.exec.expression.Logic;
import io.spangraph.engine.expr.Expression.CompareOperator;
import io.spangraph.engine.row.Vector;
import io.spangraph.model.schema.MappingExpression;
import io.spangraph.model.schema.MappingExpression.Binary;
import io.spangraph.model.schema.MappingExpression.Call;
import io.spangraph.model.schema.MappingExpression.Case;
import io.spangraph.model.schema.MappingExpression.Cast;
import io.spangraph.model.schema.MappingExpression.ColumnPath;
import io.spangraph.model.schema.MappingExpression.Constant;
import io.spangraph.model.schema.MappingExpression.Element;
import io.spangraph.model.schema.MappingExpression.In;
import io.spangraph.model.schema.MappingExpression.IsNull;
import io.spangraph.model.schema.MappingExpression.Negate;
import io.spangraph.model.schema.MappingExpression.Not;
import io.spangraph.model.schema.MappingExpression.When;
import io.spangraph.model.value.Value;
import io.spangraph.model.value.Values;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Compiles expressions of a mapping for batches of base columns. A plain column is handed on as it is; what reads one
 * column only is evaluated once for each entry of its dictionary, and its texts stay codes.
 */
public final class MappingCompiler {
    private final List<String> columns;
    private final Cancellation cancellation;

    /**
     * A compiler for one scan.
     *
     * @param columns names of the base columns, in the order in which batches hold them
     */
    public MappingCompiler(List<String> columns, Cancellation cancellation) {
        this.columns = List.copyOf(columns);
        this.cancellation = cancellation;
    }

    /** Whether the expression is a column, so that its values are those that storage knows. */
    public static boolean isPlainColumn(MappingExpression expression) {
        return expression instanceof ColumnPath path && path.fields().isEmpty();
    }

    /** The expression over batches of the base columns, all of whose columns must be among them. */
    public CompiledExpression compile(MappingExpression expression) {
        Set<String> read = MappingExpression.columnsOf(expression);
        if (read.size() == 1 && !isPlainColumn(expression)) {
            return new EntryWise(position(read.iterator().next()), inner(expression));
        }
        return node(expression, this::compile);
    }

    /** A part of an expression that is evaluated entry by entry as a whole. */
    private CompiledExpression inner(MappingExpression expression) {
        return node(expression, this::inner);
    }

    private int position(String column) {
        int position = columns.indexOf(column);
        if (position < 0) {
            throw new IllegalArgumentException("the scan does not read column '" + column + "', only " + columns);
        }
        return position;
    }

    private CompiledExpression node(
            MappingExpression expression, Function<MappingExpression, CompiledExpression> operands) {
        return switch (expression) {
            case ColumnPath path -> path(path);
            case Constant(Value value) -> batch -> new Vector.ConstantVector(value, batch.physicalRows());
            case Element element ->
                new RowFunction(
                        List.of(operands.apply(element.container()), operands.apply(element.index())),
                        arguments -> Nested.element(arguments[0], arguments[1]));
            case Call call -> call(call, call.arguments().stream().map(operands).toList());
            case Case branches -> branches(branches, operands);
            case Binary binary -> binary(binary, operands.apply(binary.left()), operands.apply(binary.right()));
            case Not not -> new Logic.Negation(new Operands.Truth(operands.apply(not.operand())));
            case Negate negate -> MappingArithmetic.negation(expression, operands.apply(negate.operand()));
            case IsNull isNull -> new Logic.NullTest(operands.apply(isNull.operand()), isNull.negated());
            case In in ->
                new MappingComparison.Membership(
                        operands.apply(in.operand()),
                        in.candidates().stream().map(operands).toList());
            case Cast cast -> new MappingCast(cast, operands.apply(cast.operand()));
        };
    }

    private CompiledExpression path(ColumnPath path) {
        int position = position(path.column());
        CompiledExpression column = batch -> batch.column(position);
        return path.fields().isEmpty()
                ? column
                : new RowFunction(List.of(column), arguments -> Nested.field(arguments[0], path.fields()));
    }

    private static CompiledExpression branches(
            Case branches, Function<MappingExpression, CompiledExpression> operands) {
        return new Choice.FirstTrue(
                branches.branches().stream()
                        .map(When::condition)
                        .map(operands)
                        .<CompiledExpression>map(Operands.Truth::new)
                        .toList(),
                branches.branches().stream().map(When::value).map(operands).toList(),
                branches.otherwise().map(operands));
    }

    private static CompiledExpression binary(Binary binary, CompiledExpression left, CompiledExpression right) {
        return switch (binary.operator()) {
            case OR -> junction(left, right, false);
            case AND -> junction(left, right, true);
            case EQUAL -> new MappingComparison(CompareOperator.EQUAL, left, right);
            case NOT_EQUAL -> new MappingComparison(CompareOperator.NOT_EQUAL, left, right);
            case LESS -> new MappingComparison(CompareOperator.LESS, left, right);
            case LESS_OR_EQUAL -> new MappingComparison(CompareOperator.LESS_OR_EQUAL, left, right);
            case GREATER -> new MappingComparison(CompareOperator.GREATER, left, right);
            case GREATER_OR_EQUAL -> new MappingComparison(CompareOperator.GREATER_OR_EQUAL, left, right);
            case LIKE -> new RowFunction(List.of(left, right), arguments -> Texts.like(arguments[0], arguments[1]));
            case ADD, SUBTRACT, MULTIPLY, DIVIDE -> MappingArithmetic.of(binary, left, right);
        };
    }

    private static CompiledExpression junction(CompiledExpression left, CompiledExpression right, boolean and) {
        return new Logic.Junction(List.of(new Operands.Truth(left), new Operands.Truth(right)), and);
    }

    private CompiledExpression call(Call call, List<CompiledExpression> arguments) {
        return switch (call.function()) {
            case COALESCE -> new Choice.FirstPresent(arguments);
            case NULLIF -> new RowFunction(arguments, values -> isEqual(values[0], values[1]) ? Value.NULL : values[0]);
            case JSON -> {
                JsonPath path = JsonPath.parse(call.arguments().get(1));
                yield new RowFunction(arguments.subList(0, 1), values -> path.read(values[0]));
            }
            case HASH -> new RowFunction(arguments, values -> Texts.hash(values[0]));
            case LOWER -> new RowFunction(arguments, values -> Texts.lower(values[0]));
            case UPPER -> new RowFunction(arguments, values -> Texts.upper(values[0]));
            case SUBSTR -> new RowFunction(arguments, Texts::substring);
            case CONCAT -> new RowFunction(arguments, Texts::concatenation);
            case SPLIT -> new RowFunction(arguments, Texts::part);
            case REGEXP_EXTRACT -> {
                PatternExtract extract = PatternExtract.of(call.arguments().get(1), cancellation);
                yield new RowFunction(arguments, extract);
            }
            case ROUND -> new RowFunction(arguments, values -> MappingArithmetic.round(values[0]));
            case GREATEST -> new RowFunction(arguments, values -> MappingComparison.extreme(values, 1));
            case LEAST -> new RowFunction(arguments, values -> MappingComparison.extreme(values, -1));
            case EPOCH_MS -> new EpochMillis(arguments.getFirst());
            case TO_DATE -> new UtcDate(arguments.getFirst());
        };
    }

    private static boolean isEqual(Value left, Value right) {
        return Values.equal(left, right).orElse(false);
    }
}
