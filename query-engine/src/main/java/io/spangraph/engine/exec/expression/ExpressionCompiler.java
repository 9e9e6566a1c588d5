package io.spangraph.engine.exec.expression;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.exec.expression.Choice.FirstPresent;
import io.spangraph.engine.exec.expression.Choice.FirstTrue;
import io.spangraph.engine.exec.expression.Identities.AllDifferent;
import io.spangraph.engine.exec.expression.Identities.NoRepetition;
import io.spangraph.engine.exec.expression.Identities.Pairing;
import io.spangraph.engine.exec.expression.Identities.SameEntity;
import io.spangraph.engine.expr.EntityField;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Expression.Compare;
import io.spangraph.engine.expr.Expression.CompareOperator;
import io.spangraph.engine.expr.Expression.DistinctRelationships;
import io.spangraph.engine.expr.Expression.FunctionCall;
import io.spangraph.engine.expr.Expression.HasLabels;
import io.spangraph.engine.expr.Expression.IsNull;
import io.spangraph.engine.expr.Expression.ListComprehension;
import io.spangraph.engine.expr.Expression.ListPredicate;
import io.spangraph.engine.expr.Expression.MapLiteral;
import io.spangraph.engine.expr.Expression.Property;
import io.spangraph.engine.expr.Expression.Reduce;
import io.spangraph.engine.expr.Expression.Slice;
import io.spangraph.engine.expr.Expression.VariableRef;
import io.spangraph.engine.expr.Expression.When;
import io.spangraph.engine.expr.ExpressionTree;
import io.spangraph.engine.expr.FunctionContext;
import io.spangraph.engine.expr.ScalarFunction;
import io.spangraph.engine.expr.ScalarFunctions;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.row.ColumnId;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.RowLayout;
import io.spangraph.engine.row.Vector;
import io.spangraph.engine.row.Vector.ConstantVector;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Binds expressions to the columns of one row layout and to one running query. Values of parameters become constants
 * here, so what depends on nothing else is computed once for a batch.
 */
public final class ExpressionCompiler {
    private static final RowBatch ONE_ROW = RowBatch.of(List.of(), 1);

    private final RowLayout layout;
    private final FunctionContext context;

    public ExpressionCompiler(RowLayout layout, FunctionContext context) {
        this.layout = layout;
        this.context = context;
    }

    /** The value of an expression that reads no variable. */
    public static Value constant(Expression expression, FunctionContext context) {
        return new ExpressionCompiler(new RowLayout(List.of()), context)
                .compile(expression)
                .evaluate(ONE_ROW)
                .value(0);
    }

    public List<CompiledExpression> compileAll(List<Expression> expressions) {
        return expressions.stream().map(this::compile).toList();
    }

    public CompiledExpression compile(Expression expression) {
        return switch (expression) {
            case Expression.Literal(Value value) -> constant(value);
            case Expression.Parameter(String name) -> constant(context.query().parameter(name));
            case VariableRef(Variable variable) -> variable(variable);
            case Expression.FieldRef(Variable variable, EntityField field) -> column(new ColumnId(variable, field));
            case Property property -> property(property);
            case Expression.And(List<Expression> operands) -> new Logic.Junction(compileAll(operands), true);
            case Expression.Or(List<Expression> operands) -> new Logic.Junction(compileAll(operands), false);
            case Expression.Xor(Expression left, Expression right) ->
                new Logic.ExclusiveOr(compile(left), compile(right));
            case Expression.Not(Expression operand) -> new Logic.Negation(compile(operand));
            case Compare compare -> comparison(compare);
            case IsNull isNull -> nullTest(isNull);
            case Expression.In(Expression operand, Expression list) -> new Membership(compile(operand), compile(list));
            case Expression.TextMatch match ->
                new TextSearch(
                        match.operator(),
                        compile(match.text()),
                        compile(match.pattern()),
                        context.query().cancellation());
            case Expression.Arithmetic(Expression.ArithmeticOperator operator, Expression left, Expression right) ->
                new Calculation(operator, compile(left), compile(right));
            case Expression.Negate(Expression operand) -> new Calculation.Opposite(compile(operand));
            case Expression.Case cases -> cases(cases);
            case Expression.ListLiteral(List<Expression> elements) ->
                rowWise(compileAll(elements), values -> Value.of(List.copyOf(values)));
            case MapLiteral map -> map(map);
            case Expression.Subscript(
                    VariableRef(Variable variable),
                    Expression.Literal(Value.StringValue(String name)))
            when variable.isEntity() -> column(ColumnId.property(variable, name));
            case Expression.Subscript(VariableRef(Variable variable), Expression index)
            when variable.isEntity() -> new DynamicProperty(DynamicProperty.columns(variable, layout), compile(index));
            case Expression.Subscript(Expression container, Expression index) ->
                rowWise(
                        compileAll(List.of(container, index)),
                        values -> Access.subscript(values.get(0), values.get(1)));
            case Slice slice -> slice(slice);
            case ListComprehension loop -> comprehension(loop);
            case ListPredicate loop -> predicate(loop);
            case Reduce loop -> reduction(loop);
            case Expression.Path(Expression nodes, Expression relationships) ->
                rowWise(compileAll(List.of(nodes, relationships)), values -> Access.path(values.get(0), values.get(1)));
            case FunctionCall call -> call(call);
            case HasLabels hasLabels -> hasLabels(hasLabels);
            case DistinctRelationships distinct -> distinct(distinct);
            case Expression.SameRow(Variable left, Variable right) ->
                new SameEntity(Pairing.ofRow(left, right, layout), false);
        };
    }

    private static CompiledExpression constant(Value value) {
        return batch -> new ConstantVector(value, batch.physicalRows());
    }

    private CompiledExpression column(ColumnId column) {
        int position = layout.requirePosition(column);
        return batch -> batch.column(position);
    }

    private CompiledExpression variable(Variable variable) {
        return switch (variable.kind()) {
            case VALUE -> column(ColumnId.of(variable));
            case NODE -> new Entities.NodeExpression(variable, layout, context.schema());
            case RELATIONSHIP -> new Entities.RelationshipExpression(variable, layout, context.schema());
        };
    }

    private CompiledExpression property(Property property) {
        if (property.subject() instanceof VariableRef(Variable variable) && variable.isEntity()) {
            return column(ColumnId.property(variable, property.name()));
        }
        CompiledExpression subject = compile(property.subject());
        return batch -> Vectors.map(
                subject.evaluate(batch), batch.selectedRows(), value -> Access.property(value, property.name()));
    }

    private CompiledExpression comparison(Compare compare) {
        CompareOperator operator = compare.operator();
        boolean equality = operator == CompareOperator.EQUAL || operator == CompareOperator.NOT_EQUAL;
        if (equality
                && compare.left() instanceof VariableRef(Variable left)
                && compare.right() instanceof VariableRef(Variable right)
                && left.isEntity()
                && left.kind() == right.kind()) {
            return new SameEntity(Pairing.ofIdentity(left, right, layout), operator == CompareOperator.NOT_EQUAL);
        }
        return new Comparison(compare.operator(), compile(compare.left()), compile(compare.right()));
    }

    private static Optional<Variable> entity(Expression expression) {
        return expression instanceof VariableRef(Variable variable) && variable.isEntity()
                ? Optional.of(variable)
                : Optional.empty();
    }

    private CompiledExpression nullTest(IsNull isNull) {
        CompiledExpression operand = entity(isNull.operand())
                .map(variable -> column(new ColumnId(variable, new EntityField.TypeName())))
                .orElseGet(() -> compile(isNull.operand()));
        return new Logic.NullTest(operand, isNull.negated());
    }

    private CompiledExpression cases(Expression.Case cases) {
        return new FirstTrue(
                compileAll(cases.branches().stream().map(When::condition).toList()),
                compileAll(cases.branches().stream().map(When::value).toList()),
                cases.otherwise().map(this::compile));
    }

    private CompiledExpression map(MapLiteral map) {
        List<String> names = List.copyOf(map.entries().keySet());
        return rowWise(compileAll(List.copyOf(map.entries().values())), values -> {
            Map<String, Value> entries = new LinkedHashMap<>();
            for (int i = 0; i < names.size(); i++) {
                entries.put(names.get(i), values.get(i));
            }
            return new Value.MapValue(entries);
        });
    }

    private CompiledExpression slice(Slice slice) {
        CompiledExpression from = slice.from().map(this::compile).orElseGet(() -> constant(Value.of(0L)));
        CompiledExpression to = slice.to().map(this::compile).orElseGet(() -> constant(Value.of(Long.MAX_VALUE)));
        return rowWise(
                List.of(compile(slice.list()), from, to),
                values -> Access.slice(values.get(0), values.get(1), values.get(2)));
    }

    private CompiledExpression comprehension(ListComprehension loop) {
        List<Expression> inner = new ArrayList<>();
        loop.condition().ifPresent(inner::add);
        loop.value().ifPresent(inner::add);
        int[] columns = columnsOf(inner);
        ExpressionCompiler perElement = perElement(columns, List.of(loop.element()));
        return new ListLoops.Comprehension(
                source(loop.list(), columns),
                loop.condition().map(perElement::compile),
                loop.value().map(perElement::compile));
    }

    private CompiledExpression predicate(ListPredicate loop) {
        int[] columns = columnsOf(List.of(loop.condition()));
        return new ListLoops.Predicate(
                loop.quantifier(),
                source(loop.list(), columns),
                perElement(columns, List.of(loop.element())).compile(loop.condition()));
    }

    private CompiledExpression reduction(Reduce loop) {
        int[] columns = columnsOf(List.of(loop.step()));
        return new Reduction(
                compile(loop.start()),
                source(loop.list(), columns),
                perElement(columns, List.of(loop.accumulator(), loop.element())).compile(loop.step()),
                context.query().memory());
    }

    private ListLoops.Source source(Expression list, int[] columns) {
        return new ListLoops.Source(compile(list), columns, context.query().cancellation());
    }

    /** The columns of this layout that expressions over an element read. */
    private int[] columnsOf(List<Expression> expressions) {
        return expressions.stream()
                .flatMap(expression -> ExpressionTree.variables(expression).stream())
                .distinct()
                .flatMapToInt(variable -> Arrays.stream(layout.positionsOf(variable)))
                .toArray();
    }

    private ExpressionCompiler perElement(int[] columns, List<Variable> bound) {
        List<ColumnId> inner = new ArrayList<>();
        for (int column : columns) {
            inner.add(layout.columns().get(column));
        }
        bound.forEach(variable -> inner.add(ColumnId.of(variable)));
        return new ExpressionCompiler(new RowLayout(inner), context);
    }

    private CompiledExpression call(FunctionCall call) {
        ScalarFunction function = ScalarFunctions.find(call.name())
                .orElseThrow(() -> QueryException.of(
                        QueryErrorCode.INTERNAL,
                        "The plan calls the function '" + call.name() + "', which does not exist."));
        if (function.name().equals("coalesce")) {
            return new FirstPresent(compileAll(call.arguments()));
        }
        Optional<Variable> entity =
                call.arguments().size() == 1 ? entity(call.arguments().getFirst()) : Optional.empty();
        return entity.flatMap(variable -> entityFunctions().compile(function.name(), variable))
                .orElseGet(() -> new FunctionApplication(function, compileAll(call.arguments()), context));
    }

    private EntityFunctionCompiler entityFunctions() {
        return new EntityFunctionCompiler(layout, context);
    }

    private CompiledExpression hasLabels(HasLabels hasLabels) {
        return entity(hasLabels.node())
                .map(node -> entityFunctions().hasLabels(node, hasLabels.labels()))
                .orElseGet(() -> {
                    CompiledExpression node = compile(hasLabels.node());
                    return batch -> Vectors.map(
                            node.evaluate(batch),
                            batch.selectedRows(),
                            value -> EntityFunctionCompiler.hasLabels(value, hasLabels.labels()));
                });
    }

    private CompiledExpression distinct(DistinctRelationships distinct) {
        List<Variable> relationships = distinct.relationships();
        if (!relationships.stream().allMatch(Variable::isEntity)) {
            return new NoRepetition(relationships.stream().map(this::variable).toList());
        }
        List<Pairing> pairings = new ArrayList<>();
        for (int i = 0; i < relationships.size(); i++) {
            for (int j = i + 1; j < relationships.size(); j++) {
                pairings.add(Pairing.ofIdentity(relationships.get(i), relationships.get(j), layout));
            }
        }
        return new AllDifferent(pairings);
    }

    /** A function of values that is applied row by row; once when all of its operands are constant. */
    private static CompiledExpression rowWise(
            List<CompiledExpression> operands, java.util.function.Function<List<Value>, Value> function) {
        return batch -> {
            List<Vector> inputs =
                    operands.stream().map(operand -> operand.evaluate(batch)).toList();
            int[] rows = batch.selectedRows();
            boolean constant = inputs.stream().allMatch(ConstantVector.class::isInstance);
            if (constant) {
                Value value = rows.length == 0 ? Value.NULL : function.apply(valuesAt(inputs, rows[0]));
                return new ConstantVector(value, batch.physicalRows());
            }
            Value[] results = Vectors.nulls(batch.physicalRows());
            for (int row : rows) {
                results[row] = function.apply(valuesAt(inputs, row));
            }
            return Vectors.ofValues(results, rows);
        };
    }

    private static List<Value> valuesAt(List<Vector> inputs, int row) {
        List<Value> values = new ArrayList<>(inputs.size());
        inputs.forEach(input -> values.add(input.value(row)));
        return values;
    }
}
