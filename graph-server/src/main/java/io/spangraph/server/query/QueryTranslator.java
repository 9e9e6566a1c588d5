package io.spangraph.server.query;

import io.spangraph.engine.plan.QueryPlan;
import io.spangraph.server.config.ServerConfiguration.UnknownNames;

/** Turns the text of a query into a plan. Keeps the query service free of any one language. */
@FunctionalInterface
public interface QueryTranslator {
    /**
     * Translates.
     *
     * @throws io.spangraph.engine.context.QueryException when the text is no query that can be answered
     */
    QueryPlan translate(String text, UnknownNames unknownNames);
}
