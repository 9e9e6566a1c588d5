package io.spangraph.cypher.bind;

import io.spangraph.cypher.ast.AstExpression;
import io.spangraph.cypher.ast.AstExpression.Entry;
import io.spangraph.cypher.ast.AstExpression.Name;
import io.spangraph.cypher.ast.AstExpression.PropertyAccess;
import io.spangraph.cypher.ast.AstExpression.Slice;
import io.spangraph.cypher.ast.AstExpression.Subscript;
import io.spangraph.cypher.ast.AstExpression.TextMatch;
import io.spangraph.cypher.error.CypherErrors;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Expression.IsNull;
import io.spangraph.engine.expr.Expression.ListLiteral;
import io.spangraph.engine.expr.Expression.Literal;
import io.spangraph.engine.expr.Expression.MapLiteral;
import io.spangraph.engine.expr.Expression.Negate;
import io.spangraph.engine.expr.Expression.Parameter;
import io.spangraph.engine.expr.Expression.Property;
import io.spangraph.engine.expr.Expression.VariableRef;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.expr.Variable.Kind;
import io.spangraph.engine.plan.Notification;
import io.spangraph.model.DidYouMean;
import io.spangraph.model.value.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Gives written expressions their meaning in a scope: names become variables, sugar goes, types are checked. */
public final class ExpressionBinder {
    private final Scope scope;
    private final SchemaNames schema;
    private final Variables variables;
    private final Substitution substitution;
    private final SubqueryLift subqueries;
    private final ConditionBinder conditions;

    public ExpressionBinder(Scope scope, SchemaNames schema, Variables variables) {
        this(scope, schema, variables, Substitution.none(), SubqueryLift.none());
    }

    public ExpressionBinder(
            Scope scope, SchemaNames schema, Variables variables, Substitution substitution, SubqueryLift subqueries) {
        this.scope = scope;
        this.schema = schema;
        this.variables = variables;
        this.substitution = substitution;
        this.subqueries = subqueries;
        this.conditions = new ConditionBinder(this, schema);
    }

    public Scope scope() {
        return scope;
    }

    void report(Notification notification) {
        schema.report(notification);
    }

    /** The variable of a name that a part of an expression binds. */
    Variable element(Name name) {
        return variables.named(name.name(), Kind.VALUE);
    }

    /** A binder that knows one more name, which hides what it stood for before. */
    ExpressionBinder within(Name name, Variable variable) {
        return new ExpressionBinder(
                scope.with(name.name(), Binding.value(variable, StaticType.ANY)),
                schema,
                variables,
                LoopBinder.outside(name, substitution),
                LoopBinder.outside(name, subqueries, scope));
    }

    public TypedExpression bind(AstExpression expression) {
        return substitution.of(expression).orElseGet(() -> bindParts(expression));
    }

    /** A condition: Boolean or unknown. */
    public Expression condition(AstExpression expression) {
        TypedExpression bound = expression instanceof AstExpression.Exists exists
                ? substitution.of(exists).orElseGet(() -> subqueries.lift(exists, scope))
                : bind(expression);
        TypeCheck.expect(bound, expression, StaticType.BOOLEAN);
        return bound.expression();
    }

    private TypedExpression bindParts(AstExpression expression) {
        return switch (expression) {
            case AstExpression.Literal literal -> new TypedExpression(constant(literal), typeOf(literal.value()));
            case AstExpression.Parameter parameter ->
                new TypedExpression(new Parameter(parameter.name()), StaticType.ANY);
            case Name name -> name(name);
            case PropertyAccess access -> property(access);
            case AstExpression.ListLiteral list ->
                new TypedExpression(
                        new ListLiteral(list.elements().stream()
                                .map(element -> bind(element).expression())
                                .toList()),
                        StaticType.LIST);
            case AstExpression.MapLiteral map -> map(map);
            case Subscript subscript -> subscript(subscript);
            case Slice slice -> slice(slice);
            case AstExpression.ListComprehension loop -> LoopBinder.comprehension(loop, this);
            case AstExpression.ListPredicate loop -> LoopBinder.predicate(loop, this);
            case AstExpression.Reduce loop -> LoopBinder.reduce(loop, this);
            case AstExpression.TypeTest test -> conditions.typed(test);
            case AstExpression.MapProjection projection -> MapProjectionBinder.bind(projection, this);
            case AstExpression.Subquery subquery -> SubqueryBinder.bind(subquery, scope, subqueries);
            case AstExpression.Call call -> FunctionBinder.bind(call, this);
            case AstExpression.CountRows count -> throw Aggregates.misplaced(count, "count");
            case AstExpression.Arithmetic arithmetic -> ArithmeticBinder.bind(arithmetic, this);
            case AstExpression.Signed signed -> signed(signed);
            case TextMatch match -> textMatch(match);
            case AstExpression.Case branches -> conditions.branches(branches);
            case AstExpression.Or or -> conditions.or(or);
            case AstExpression.Xor xor -> conditions.xor(xor);
            case AstExpression.And and -> conditions.and(and);
            case AstExpression.Not not -> conditions.not(not);
            case AstExpression.Comparison comparison -> conditions.comparison(comparison);
            case AstExpression.IsNull test ->
                new TypedExpression(new IsNull(bind(test.operand()).expression(), test.negated()), StaticType.BOOLEAN);
            case AstExpression.In in -> conditions.in(in);
            case AstExpression.HasLabels test -> conditions.hasLabels(test);
        };
    }

    /** A value that the plan leaves open is a parameter to it, of which more is known here: its type. */
    private static Expression constant(AstExpression.Literal literal) {
        return literal.place()
                .slot()
                .<Expression>map(slot -> new Parameter(slot.parameter()))
                .orElseGet(() -> new Literal(literal.value()));
    }

    private TypedExpression name(Name name) {
        Binding binding = scope.find(name.name()).orElseThrow(() -> notDefined(name));
        return new TypedExpression(new VariableRef(binding.variable()), binding.type());
    }

    private RuntimeException notDefined(Name name) {
        var error = CypherErrors.semantic(
                "Variable `" + name.name() + "` not defined", name.place().position());
        if (scope.isOutside(name.name())) {
            return error.withHint(
                    "It stands outside of the subquery: import it by CALL (" + name.name() + ") { ... }.");
        }
        // Any two names of one letter are close to each other.
        return DidYouMean.closest(name.name(), scope.names())
                .filter(close -> close.length() > 2)
                .map(close -> "Did you mean '" + close + "'?")
                .or(() -> ForeignFunctions.advice(name.name()))
                .map(error::withHint)
                .orElse(error);
    }

    private TypedExpression property(PropertyAccess access) {
        TypedExpression subject = bind(access.subject());
        if (!subject.type().isTemporal()) {
            TypeCheck.expect(subject, access.subject(), StaticType.MAP, StaticType.NODE, StaticType.RELATIONSHIP);
        }
        if (access.subject() instanceof Name name && isEntity(subject)) {
            Optional<Candidates> candidates = scope.find(name.name()).flatMap(Binding::candidates);
            schema.checkProperty(access.name(), candidates, access.place().position());
        }
        return new TypedExpression(new Property(subject.expression(), access.name()), StaticType.ANY);
    }

    private static boolean isEntity(TypedExpression subject) {
        return subject.type() == StaticType.NODE || subject.type() == StaticType.RELATIONSHIP;
    }

    private TypedExpression map(AstExpression.MapLiteral map) {
        Map<String, Expression> entries = new LinkedHashMap<>();
        for (Entry entry : map.entries()) {
            entries.put(entry.key(), bind(entry.value()).expression());
        }
        return new TypedExpression(new MapLiteral(entries), StaticType.MAP);
    }

    private TypedExpression subscript(Subscript subscript) {
        TypedExpression container = bind(subscript.container());
        TypedExpression index = bind(subscript.index());
        TypeCheck.expect(
                container,
                subscript.container(),
                StaticType.LIST,
                StaticType.MAP,
                StaticType.NODE,
                StaticType.RELATIONSHIP);
        if (isEntity(container)
                && subscript.index() instanceof AstExpression.Literal(Value.StringValue(String key), var place)) {
            return property(new PropertyAccess(subscript.container(), key, place));
        }
        if (container.type() == StaticType.LIST) {
            TypeCheck.expect(index, subscript.index(), StaticType.INTEGER);
        } else if (container.type() == StaticType.MAP || isEntity(container)) {
            TypeCheck.expect(index, subscript.index(), StaticType.STRING);
        }
        return new TypedExpression(
                new Expression.Subscript(container.expression(), index.expression()), StaticType.ANY);
    }

    private TypedExpression slice(Slice slice) {
        TypedExpression list = bind(slice.list());
        TypeCheck.expect(list, slice.list(), StaticType.LIST);
        return new TypedExpression(
                new Expression.Slice(
                        list.expression(),
                        slice.from().map(this::sliceBound),
                        slice.to().map(this::sliceBound)),
                StaticType.LIST);
    }

    private Expression sliceBound(AstExpression bound) {
        TypedExpression index = bind(bound);
        TypeCheck.expect(index, bound, StaticType.INTEGER);
        return index.expression();
    }

    private TypedExpression signed(AstExpression.Signed signed) {
        TypedExpression operand = bind(signed.operand());
        if (operand.type() != StaticType.DURATION) {
            TypeCheck.expect(operand, signed.operand(), StaticType.NUMBER);
        }
        return signed.negative() ? new TypedExpression(new Negate(operand.expression()), operand.type()) : operand;
    }

    private TypedExpression textMatch(TextMatch match) {
        TypedExpression text = bind(match.text());
        TypedExpression pattern = bind(match.pattern());
        TypeCheck.expect(text, match.text(), StaticType.STRING);
        TypeCheck.expect(pattern, match.pattern(), StaticType.STRING);
        return new TypedExpression(
                new Expression.TextMatch(match.operator(), text.expression(), pattern.expression()),
                StaticType.BOOLEAN);
    }

    private static StaticType typeOf(Value value) {
        return switch (value) {
            case Value.NullValue nothing -> StaticType.NULL;
            case Value.BooleanValue truth -> StaticType.BOOLEAN;
            case Value.IntegerValue number -> StaticType.INTEGER;
            case Value.FloatValue number -> StaticType.FLOAT;
            case Value.StringValue text -> StaticType.STRING;
            case Value other -> StaticType.ANY;
        };
    }
}
