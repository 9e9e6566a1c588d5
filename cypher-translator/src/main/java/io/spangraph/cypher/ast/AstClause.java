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

    /**
     * {@code CALL name(arguments) YIELD ... WHERE}.
     *
     * @param arguments empty: written without parentheses, so that parameters of the arguments' names are passed
     * @param name where the procedure's name stands
     */
    record ProcedureCall(
            String procedure,
            Optional<List<AstExpression>> arguments,
            boolean optional,
            Yields yields,
            Optional<AstExpression> where,
            Place name,
            Place place)
            implements AstClause {
        public ProcedureCall {
            arguments = arguments.map(List::copyOf);
        }
    }

    /**
     * A SHOW command, with what may follow its YIELD.
     *
     * @param command its words, as the registry of commands has them
     * @param arguments what stands between these and YIELD, made arguments
     */
    record Show(
            String command,
            List<AstExpression> arguments,
            Yields yields,
            List<SortItem> orderBy,
            Optional<AstExpression> skip,
            Optional<AstExpression> limit,
            Optional<AstExpression> where,
            Place place)
            implements AstClause {
        public Show {
            arguments = List.copyOf(arguments);
            orderBy = List.copyOf(orderBy);
        }
    }

    /** What a YIELD takes of the columns of a procedure. */
    sealed interface Yields {
        /** Nothing is written: what that means depends on where it is not written. */
        record Unsaid() implements Yields {}

        /** {@code YIELD *}. */
        record All(Place place) implements Yields {}

        record Columns(List<YieldItem> items) implements Yields {
            public Columns {
                items = List.copyOf(items);
            }
        }
    }

    /** A column, and the name that it gets. */
    record YieldItem(AstExpression.Name column, Optional<AstExpression.Name> alias) {
        /** The name under which it goes on. */
        public AstExpression.Name bound() {
            return alias.orElse(column);
        }
    }
}
