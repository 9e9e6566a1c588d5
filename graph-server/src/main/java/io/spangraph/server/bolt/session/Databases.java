package io.spangraph.server.bolt.session;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.model.DidYouMean;
import java.util.List;

/** The names under which clients may ask for the one graph of the server. */
final class Databases {
    /** What clients say that were not told any name, and where they ask for databases, users and procedures. */
    private static final List<String> ALWAYS = List.of("neo4j", "system");

    private Databases() {}

    /** Refuses a name that stands for something else. */
    static void check(String name, String graph) {
        if (!name.equalsIgnoreCase(graph) && ALWAYS.stream().noneMatch(name::equalsIgnoreCase)) {
            throw QueryException.of(
                    QueryErrorCode.DATABASE_NOT_FOUND,
                    "There is no database '" + name + "'; this server has '" + graph + "'."
                            + DidYouMean.hint(name, List.of(graph, ALWAYS.getFirst())));
        }
    }
}
