package io.spangraph.cypher.ast;

import io.spangraph.cypher.ast.AstExpression.Alternative;
import io.spangraph.cypher.ast.AstExpression.And;
import io.spangraph.cypher.ast.AstExpression.Arithmetic;
import io.spangraph.cypher.ast.AstExpression.Call;
import io.spangraph.cypher.ast.AstExpression.Case;
import io.spangraph.cypher.ast.AstExpression.Comparison;
import io.spangraph.cypher.ast.AstExpression.CountRows;
import io.spangraph.cypher.ast.AstExpression.Entry;
import io.spangraph.cypher.ast.AstExpression.HasLabels;
import io.spangraph.cypher.ast.AstExpression.In;
import io.spangraph.cypher.ast.AstExpression.IsNull;
import io.spangraph.cypher.ast.AstExpression.ListComprehension;
import io.spangraph.cypher.ast.AstExpression.ListLiteral;
import io.spangraph.cypher.ast.AstExpression.ListPredicate;
import io.spangraph.cypher.ast.AstExpression.Literal;
import io.spangraph.cypher.ast.AstExpression.MapLiteral;
import io.spangraph.cypher.ast.AstExpression.MapProjection;
import io.spangraph.cypher.ast.AstExpression.Name;
import io.spangraph.cypher.ast.AstExpression.Not;
import io.spangraph.cypher.ast.AstExpression.OneEntry;
import io.spangraph.cypher.ast.AstExpression.Or;
import io.spangraph.cypher.ast.AstExpression.Parameter;
import io.spangraph.cypher.ast.AstExpression.ProjectionItem;
import io.spangraph.cypher.ast.AstExpression.PropertyAccess;
import io.spangraph.cypher.ast.AstExpression.Reduce;
import io.spangraph.cypher.ast.AstExpression.Signed;
import io.spangraph.cypher.ast.AstExpression.Slice;
import io.spangraph.cypher.ast.AstExpression.Subquery;
import io.spangraph.cypher.ast.AstExpression.Subscript;
import io.spangraph.cypher.ast.AstExpression.TextMatch;
import io.spangraph.cypher.ast.AstExpression.TypeTest;
import io.spangraph.cypher.ast.AstExpression.Xor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Questions about whole expressions that are asked of all their parts alike. */
public final class AstWalk {
    private AstWalk() {}

    /** The parts of an expression that are evaluated over the same row, from left to right; no queries inside it. */
    public static List<AstExpression> children(AstExpression expression) {
        return switch (expression) {
            case Literal leaf -> List.of();
            case Parameter leaf -> List.of();
            case Name leaf -> List.of();
            case CountRows leaf -> List.of();
            case PropertyAccess access -> List.of(access.subject());
            case Or or -> or.operands();
            case Xor xor -> xor.operands();
            case And and -> and.operands();
            case Not not -> List.of(not.operand());
            case Comparison comparison -> comparison.operands();
            case IsNull test -> List.of(test.operand());
            case In in -> List.of(in.operand(), in.list());
            case TextMatch match -> List.of(match.text(), match.pattern());
            case HasLabels test -> List.of(test.operand());
            case Arithmetic arithmetic -> List.of(arithmetic.left(), arithmetic.right());
            case Signed signed -> List.of(signed.operand());
            case Case branches -> children(branches);
            case ListLiteral list -> list.elements();
            case MapLiteral map -> map.entries().stream().map(Entry::value).toList();
            case Subscript subscript -> List.of(subscript.container(), subscript.index());
            case Slice slice -> {
                List<AstExpression> parts = new ArrayList<>(List.of(slice.list()));
                slice.from().ifPresent(parts::add);
                slice.to().ifPresent(parts::add);
                yield parts;
            }
            case ListComprehension loop -> {
                List<AstExpression> parts = new ArrayList<>(List.of(loop.list()));
                loop.condition().ifPresent(parts::add);
                loop.value().ifPresent(parts::add);
                yield parts;
            }
            case ListPredicate loop -> List.of(loop.list(), loop.condition());
            case Subquery subquery -> List.of();
            case Call call -> call.arguments();
            case TypeTest test -> List.of(test.operand());
            case Reduce loop -> List.of(loop.start(), loop.list(), loop.step());
            case MapProjection projection -> {
                List<AstExpression> parts = new ArrayList<>(List.of(projection.subject()));
                for (ProjectionItem item : projection.items()) {
                    if (item instanceof OneEntry(Entry entry)) {
                        parts.add(entry.value());
                    }
                }
                yield parts;
            }
        };
    }

    private static List<AstExpression> children(Case branches) {
        List<AstExpression> parts = new ArrayList<>();
        branches.operand().ifPresent(parts::add);
        for (Alternative alternative : branches.alternatives()) {
            parts.addAll(alternative.conditions());
            parts.add(alternative.value());
        }
        branches.otherwise().ifPresent(parts::add);
        return parts;
    }

    /** The variables that an expression reads, without those that it binds itself; all that its queries mention. */
    public static List<Name> names(AstExpression expression) {
        return switch (expression) {
            case Name name -> List.of(name);
            case ListComprehension loop -> namesOfLoop(loop, loop.element());
            case ListPredicate loop -> namesOfLoop(loop, loop.element());
            case Reduce loop -> {
                List<Name> names = new ArrayList<>(namesOfChildren(List.of(loop.start(), loop.list())));
                names(loop.step()).stream()
                        .filter(name -> !name.name().equals(loop.accumulator().name()))
                        .filter(name -> !name.name().equals(loop.element().name()))
                        .forEach(names::add);
                yield names;
            }
            case Subquery subquery -> AstMentions.names(subquery.query()).toList();
            case AstExpression other -> namesOfChildren(children(other));
        };
    }

    private static List<Name> namesOfLoop(AstExpression loop, Name element) {
        List<AstExpression> parts = children(loop);
        List<Name> names = new ArrayList<>(names(parts.getFirst()));
        namesOfChildren(parts.subList(1, parts.size())).stream()
                .filter(name -> !name.name().equals(element.name()))
                .forEach(names::add);
        return names;
    }

    private static List<Name> namesOfChildren(List<AstExpression> parts) {
        return parts.stream().flatMap(part -> names(part).stream()).toList();
    }

    /** The first part, from the outside in, that satisfies the condition. */
    public static Optional<AstExpression> find(AstExpression expression, Predicate<AstExpression> condition) {
        if (condition.test(expression)) {
            return Optional.of(expression);
        }
        return children(expression).stream()
                .map(child -> find(child, condition))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** How many parts the expression has as it is planned, queries inside it included; counts to {@code most} only. */
    public static int size(AstExpression expression, int most) {
        int size = 1;
        for (AstExpression part : planned(expression)) {
            if (size >= most) {
                return most;
            }
            size += size(part, most - size);
        }
        return Math.min(size, most);
    }

    /** The middle of a chained comparison is compared with both its neighbours. */
    private static List<AstExpression> planned(AstExpression expression) {
        List<AstExpression> parts = new ArrayList<>(children(expression));
        if (expression instanceof Comparison comparison) {
            parts.addAll(comparison.operands().subList(1, comparison.operands().size() - 1));
        }
        parts.addAll(inQueries(expression));
        return parts;
    }

    private static List<AstExpression> inQueries(AstExpression expression) {
        return expression instanceof Subquery subquery
                ? AstMentions.clauses(subquery.query())
                        .flatMap(clause -> AstMentions.expressions(clause).stream())
                        .toList()
                : List.of();
    }

    /** True when the expression nests deeper than this. Stops there, however deep it is. */
    public static boolean isDeeperThan(AstExpression expression, int levels) {
        if (levels == 0) {
            return true;
        }
        return Stream.concat(children(expression).stream(), inQueries(expression).stream())
                .anyMatch(part -> isDeeperThan(part, levels - 1));
    }
}
