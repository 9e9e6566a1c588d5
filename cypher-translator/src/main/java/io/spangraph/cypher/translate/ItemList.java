package io.spangraph.cypher.translate;

import io.spangraph.cypher.ast.AstClause.Item;
import io.spangraph.cypher.ast.AstClause.Projection;
import io.spangraph.cypher.ast.AstExpression.Name;
import io.spangraph.cypher.ast.Place;
import io.spangraph.cypher.bind.Scope;
import io.spangraph.cypher.error.CypherErrors;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The items of a projection: {@code *} written out, every item with the name under which it goes on. */
final class ItemList {
    private ItemList() {}

    static List<ProjectedItem> of(Projection projection, Scope scope, Place place, boolean result) {
        List<ProjectedItem> items = new ArrayList<>();
        if (projection.all()) {
            if (result && scope.names().isEmpty()) {
                throw CypherErrors.semantic(
                        "RETURN * is not allowed when there are no variables in scope", place.position());
            }
            scope.names().forEach(name -> items.add(new ProjectedItem(new Name(name, place), name, place)));
        }
        for (Item item : projection.items()) {
            if (!result && item.alias().isEmpty() && !(item.expression() instanceof Name)) {
                throw CypherErrors.semantic(
                        "Expression in WITH must be aliased (use AS)",
                        item.place().position());
            }
            items.add(new ProjectedItem(item.expression(), item.name(), item.place()));
        }
        checkDistinct(items);
        return items;
    }

    private static void checkDistinct(List<ProjectedItem> items) {
        Set<String> seen = new HashSet<>();
        for (ProjectedItem item : items) {
            if (!seen.add(item.name())) {
                throw CypherErrors.semantic(
                        "Multiple result columns with the same name are not supported: '" + item.name() + "'",
                        item.place().position());
            }
        }
    }
}
