package io.spangraph.engine.expr;

import io.spangraph.engine.expr.Expression.And;
import io.spangraph.engine.expr.Expression.Arithmetic;
import io.spangraph.engine.expr.Expression.Case;
import io.spangraph.engine.expr.Expression.Compare;
import io.spangraph.engine.expr.Expression.DistinctRelationships;
import io.spangraph.engine.expr.Expression.FieldRef;
import io.spangraph.engine.expr.Expression.FunctionCall;
import io.spangraph.engine.expr.Expression.HasLabels;
import io.spangraph.engine.expr.Expression.In;
import io.spangraph.engine.expr.Expression.IsNull;
import io.spangraph.engine.expr.Expression.ListComprehension;
import io.spangraph.engine.expr.Expression.ListLiteral;
import io.spangraph.engine.expr.Expression.ListPredicate;
import io.spangraph.engine.expr.Expression.Literal;
import io.spangraph.engine.expr.Expression.MapLiteral;
import io.spangraph.engine.expr.Expression.Negate;
import io.spangraph.engine.expr.Expression.Not;
import io.spangraph.engine.expr.Expression.Or;
import io.spangraph.engine.expr.Expression.Parameter;
import io.spangraph.engine.expr.Expression.Path;
import io.spangraph.engine.expr.Expression.Property;
import io.spangraph.engine.expr.Expression.Reduce;
import io.spangraph.engine.expr.Expression.SameRow;
import io.spangraph.engine.expr.Expression.Slice;
import io.spangraph.engine.expr.Expression.Subscript;
import io.spangraph.engine.expr.Expression.TextMatch;
import io.spangraph.engine.expr.Expression.VariableRef;
import io.spangraph.engine.expr.Expression.When;
import io.spangraph.engine.expr.Expression.Xor;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Walks and rebuilds expressions, so that whoever cares for one kind of expression need not list all others. */
public final class ExpressionTree {
    private ExpressionTree() {}

    /** The expressions directly below this one, from left to right. */
    public static List<Expression> children(Expression expression) {
        return switch (expression) {
            case Literal leaf -> List.of();
            case Parameter leaf -> List.of();
            case VariableRef leaf -> List.of();
            case FieldRef leaf -> List.of();
            case DistinctRelationships leaf -> List.of();
            case SameRow leaf -> List.of();
            case Property property -> List.of(property.subject());
            case And and -> and.operands();
            case Or or -> or.operands();
            case Xor xor -> List.of(xor.left(), xor.right());
            case Not not -> List.of(not.operand());
            case Compare compare -> List.of(compare.left(), compare.right());
            case IsNull isNull -> List.of(isNull.operand());
            case In in -> List.of(in.operand(), in.list());
            case TextMatch match -> List.of(match.text(), match.pattern());
            case Arithmetic arithmetic -> List.of(arithmetic.left(), arithmetic.right());
            case Negate negate -> List.of(negate.operand());
            case Case cases -> caseChildren(cases);
            case ListLiteral list -> list.elements();
            case MapLiteral map -> List.copyOf(map.entries().values());
            case Subscript subscript -> List.of(subscript.container(), subscript.index());
            case Slice slice -> sliceChildren(slice);
            case ListComprehension loop -> comprehensionChildren(loop);
            case ListPredicate loop -> List.of(loop.list(), loop.condition());
            case Reduce loop -> List.of(loop.start(), loop.list(), loop.step());
            case Path path -> List.of(path.nodes(), path.relationships());
            case FunctionCall call -> call.arguments();
            case HasLabels labels -> List.of(labels.node());
        };
    }

    /** The same expression over other children, as many as {@link #children} gives. */
    public static Expression withChildren(Expression expression, List<Expression> in) {
        return switch (expression) {
            case Literal leaf -> leaf;
            case Parameter leaf -> leaf;
            case VariableRef leaf -> leaf;
            case FieldRef leaf -> leaf;
            case DistinctRelationships leaf -> leaf;
            case SameRow leaf -> leaf;
            case Property property -> new Property(in.get(0), property.name());
            case And and -> new And(in);
            case Or or -> new Or(in);
            case Xor xor -> new Xor(in.get(0), in.get(1));
            case Not not -> new Not(in.get(0));
            case Compare compare -> new Compare(compare.operator(), in.get(0), in.get(1));
            case IsNull isNull -> new IsNull(in.get(0), isNull.negated());
            case In membership -> new In(in.get(0), in.get(1));
            case TextMatch match -> new TextMatch(match.operator(), in.get(0), in.get(1));
            case Arithmetic arithmetic -> new Arithmetic(arithmetic.operator(), in.get(0), in.get(1));
            case Negate negate -> new Negate(in.get(0));
            case Case cases -> withCaseChildren(cases, in);
            case ListLiteral list -> new ListLiteral(in);
            case MapLiteral map -> withMapChildren(map, in);
            case Subscript subscript -> new Subscript(in.get(0), in.get(1));
            case Slice slice -> withSliceChildren(slice, in);
            case ListComprehension loop -> withComprehensionChildren(loop, in);
            case ListPredicate loop -> new ListPredicate(loop.quantifier(), loop.element(), in.get(0), in.get(1));
            case Reduce loop -> new Reduce(loop.accumulator(), in.get(0), loop.element(), in.get(1), in.get(2));
            case Path path -> new Path(in.get(0), in.get(1));
            case FunctionCall call -> new FunctionCall(call.name(), in);
            case HasLabels labels -> new HasLabels(in.get(0), labels.labels());
        };
    }

    /** Rebuilds the expression from the leaves up, giving each part to the function. */
    public static Expression rewrite(Expression expression, UnaryOperator<Expression> function) {
        List<Expression> children = children(expression);
        List<Expression> rewritten = new ArrayList<>(children.size());
        boolean changed = false;
        for (Expression child : children) {
            Expression other = rewrite(child, function);
            changed |= other != child;
            rewritten.add(other);
        }
        return function.apply(changed ? withChildren(expression, rewritten) : expression);
    }

    /** Every variable that the expression reads of its row. */
    public static Set<Variable> variables(Expression expression) {
        Set<Variable> found = new LinkedHashSet<>();
        collectVariables(expression, found);
        return found;
    }

    private static void collectVariables(Expression expression, Set<Variable> found) {
        switch (expression) {
            case VariableRef(Variable variable) -> found.add(variable);
            case FieldRef field -> found.add(field.variable());
            case DistinctRelationships distinct -> found.addAll(distinct.relationships());
            case SameRow same -> {
                found.add(same.left());
                found.add(same.right());
            }
            case Literal leaf -> {}
            case Parameter leaf -> {}
            case Property inner -> collectFromChildren(inner, found);
            case And inner -> collectFromChildren(inner, found);
            case Or inner -> collectFromChildren(inner, found);
            case Xor inner -> collectFromChildren(inner, found);
            case Not inner -> collectFromChildren(inner, found);
            case Compare inner -> collectFromChildren(inner, found);
            case IsNull inner -> collectFromChildren(inner, found);
            case In inner -> collectFromChildren(inner, found);
            case TextMatch inner -> collectFromChildren(inner, found);
            case Arithmetic inner -> collectFromChildren(inner, found);
            case Negate inner -> collectFromChildren(inner, found);
            case Case inner -> collectFromChildren(inner, found);
            case ListLiteral inner -> collectFromChildren(inner, found);
            case MapLiteral inner -> collectFromChildren(inner, found);
            case Subscript inner -> collectFromChildren(inner, found);
            case Slice inner -> collectFromChildren(inner, found);
            case ListComprehension loop -> {
                collectFromChildren(loop, found);
                found.remove(loop.element());
            }
            case ListPredicate loop -> {
                collectFromChildren(loop, found);
                found.remove(loop.element());
            }
            case Reduce loop -> {
                collectFromChildren(loop, found);
                found.remove(loop.accumulator());
                found.remove(loop.element());
            }
            case Path inner -> collectFromChildren(inner, found);
            case FunctionCall inner -> collectFromChildren(inner, found);
            case HasLabels inner -> collectFromChildren(inner, found);
        }
    }

    private static void collectFromChildren(Expression expression, Set<Variable> found) {
        children(expression).forEach(child -> collectVariables(child, found));
    }

    private static List<Expression> caseChildren(Case cases) {
        List<Expression> children = new ArrayList<>();
        for (When when : cases.branches()) {
            children.add(when.condition());
            children.add(when.value());
        }
        cases.otherwise().ifPresent(children::add);
        return children;
    }

    private static Expression withCaseChildren(Case cases, List<Expression> in) {
        List<When> branches = new ArrayList<>();
        for (int i = 0; i < cases.branches().size(); i++) {
            branches.add(new When(in.get(2 * i), in.get(2 * i + 1)));
        }
        return new Case(branches, cases.otherwise().map(any -> in.get(in.size() - 1)));
    }

    private static List<Expression> comprehensionChildren(ListComprehension loop) {
        List<Expression> children = new ArrayList<>();
        children.add(loop.list());
        loop.condition().ifPresent(children::add);
        loop.value().ifPresent(children::add);
        return children;
    }

    private static Expression withComprehensionChildren(ListComprehension loop, List<Expression> in) {
        Iterator<Expression> next = in.iterator();
        Expression list = next.next();
        Optional<Expression> condition = loop.condition().map(any -> next.next());
        return new ListComprehension(
                loop.element(), list, condition, loop.value().map(any -> next.next()));
    }

    private static List<Expression> sliceChildren(Slice slice) {
        List<Expression> children = new ArrayList<>();
        children.add(slice.list());
        slice.from().ifPresent(children::add);
        slice.to().ifPresent(children::add);
        return children;
    }

    private static Expression withSliceChildren(Slice slice, List<Expression> in) {
        Iterator<Expression> next = in.iterator();
        Expression list = next.next();
        Optional<Expression> from = slice.from().map(any -> next.next());
        return new Slice(list, from, slice.to().map(any -> next.next()));
    }

    private static Expression withMapChildren(MapLiteral map, List<Expression> in) {
        Map<String, Expression> entries = new LinkedHashMap<>();
        Iterator<Expression> next = in.iterator();
        map.entries().keySet().forEach(key -> entries.put(key, next.next()));
        return new MapLiteral(entries);
    }
}
