package io.spangraph.cypher.translate;

import io.spangraph.cypher.ast.AstClause;
import io.spangraph.cypher.ast.AstClause.CallSubquery;
import io.spangraph.cypher.ast.AstClause.Match;
import io.spangraph.cypher.ast.AstClause.ProcedureCall;
import io.spangraph.cypher.ast.AstClause.Projection;
import io.spangraph.cypher.ast.AstClause.Return;
import io.spangraph.cypher.ast.AstClause.Show;
import io.spangraph.cypher.ast.AstClause.SortItem;
import io.spangraph.cypher.ast.AstClause.Unwind;
import io.spangraph.cypher.ast.AstClause.With;
import io.spangraph.cypher.ast.AstExpression;
import io.spangraph.cypher.ast.AstExpression.Call;
import io.spangraph.cypher.ast.AstExpression.Name;
import io.spangraph.cypher.ast.AstExpression.Subquery;
import io.spangraph.cypher.ast.AstPattern;
import io.spangraph.cypher.ast.AstSubquery;
import io.spangraph.cypher.ast.AstWalk;
import io.spangraph.cypher.bind.PathPart;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which parts of its paths a query asks for, by name. Scopes are not looked at: a name that means something else later
 * only makes a path ask for more than it must.
 */
final class PathUses {
    private final Map<String, Set<PathPart>> uses = new HashMap<>();
    private boolean everything;

    private PathUses() {}

    static PathUses of(List<AstClause> clauses) {
        PathUses found = new PathUses();
        clauses.forEach(found::visit);
        return found;
    }

    Set<PathPart> of(String path) {
        Set<PathPart> parts = EnumSet.noneOf(PathPart.class);
        parts.addAll(uses.getOrDefault(path, Set.of()));
        if (everything) {
            parts.add(PathPart.WHOLE);
        }
        return parts;
    }

    private void visit(AstClause clause) {
        switch (clause) {
            case Match match -> {
                match.patterns().forEach(this::visit);
                match.where().ifPresent(this::visit);
            }
            case Unwind unwind -> visit(unwind.list());
            case CallSubquery call -> visit(call.query());
            case With with -> {
                visit(with.projection());
                with.where().ifPresent(this::visit);
            }
            case Return result -> visit(result.projection());
            case ProcedureCall call -> {
                call.arguments().ifPresent(arguments -> arguments.forEach(this::visit));
                call.where().ifPresent(this::visit);
            }
            case Show show -> {
                // A command comes first, so that there is no path yet.
            }
        }
    }

    /** What stands inside a query may mean a path of the query around it. */
    private void visit(AstSubquery query) {
        query.parts().forEach(part -> part.clauses().forEach(this::visit));
    }

    private void visit(Projection projection) {
        everything |= projection.all();
        projection.items().forEach(item -> visit(item.expression()));
        projection.orderBy().stream().map(SortItem::expression).forEach(this::visit);
    }

    private void visit(AstPattern pattern) {
        pattern.expressions().forEach(this::visit);
    }

    private void visit(AstExpression expression) {
        Optional<PathPart> part = PathPart.asked(expression);
        if (part.isPresent()
                && expression instanceof Call call
                && call.arguments().getFirst() instanceof Name name) {
            use(name.name(), part.get());
        } else if (expression instanceof Name name) {
            use(name.name(), PathPart.WHOLE);
        } else if (expression instanceof Subquery subquery) {
            visit(subquery.query());
        } else {
            AstWalk.children(expression).forEach(this::visit);
        }
    }

    private void use(String name, PathPart part) {
        uses.computeIfAbsent(name, any -> EnumSet.noneOf(PathPart.class)).add(part);
    }
}
