package io.spangraph.cypher.ast;

import java.util.List;
import java.util.Optional;

/** A clause of a query. */
public sealed interface AstClause {
    Place place();

    record Match(boolean optional, List<AstPattern> patterns, Optional<AstExpression> where, Place place)
            implements AstClause {
        public Match {
            patterns = List.copyOf(patterns);
        }
    }

    record With(Projection projection, Optional<AstExpression> where, Place place) implements AstClause {}

    record Return(Projection projection, Place place) implements AstClause {}

    record Unwind(AstExpression list, AstExpression.Name element, Place place) implements AstClause {}

    /**
     * {@code CALL (...) {...}}.
     *
     * @param optional a row for which the query gives none stays, with nulls
     * @param imports the names listed before the braces
     */
    record CallSubquery(
            boolean optional, Importing importing, List<AstExpression.Name> imports, AstSubquery query, Place place)
            implements AstClause {
        public CallSubquery {
            imports = List.copyOf(imports);
        }
    }

    /** How the query of a CALL gets at names from outside. */
    enum Importing {
        /** By a WITH that each of its parts begins with, or not at all. */
        WITH,
        /** Those that are listed before the braces. */
        LISTED,
        /** {@code (*)}: all of them. */
        ALL
    }

    /**
     * What WITH and RETURN share.
     *
     * @param all {@code *}: all variables in scope come before the items
     */
    record Projection(
            boolean distinct,
            boolean all,
            List<Item> items,
            List<SortItem> orderBy,
            Optional<AstExpression> skip,
            Optional<AstExpression> limit) {
        public Projection {
            items = List.copyOf(items);
            orderBy = List.copyOf(orderBy);
        }
    }

    /**
     * An expression that is projected.
     *
     * @param text the expression as it is written, which names the column of an item without alias
     */
    record Item(AstExpression expression, Optional<AstExpression.Name> alias, String text, Place place) {
        /** The name under which the item goes on. */
        public String name() {
            if (alias.isPresent()) {
                return alias.get().name();
            }
            return expression instanceof AstExpression.Name variable ? variable.name() : text;
        }
    }

    record SortItem(AstExpression expression, boolean descending) {}
}
