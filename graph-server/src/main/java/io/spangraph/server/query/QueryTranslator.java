package io.spangraph.server.query;

import io.spangraph.cypher.CypherTranslator.Translation;
import io.spangraph.cypher.parse.QueryShape;
import io.spangraph.server.config.ServerConfiguration.UnknownNames;

/** Turns the text of a query into a plan, in two steps: the first is all that a text with a known plan needs. */
public interface QueryTranslator {
    /**
     * What of a text decides about its plan, and the values of its literals.
     *
     * @throws io.spangraph.engine.context.QueryException when it is longer than texts may be
     */
    QueryShape shape(String text);

    /**
     * Translates.
     *
     * @throws io.spangraph.engine.context.QueryException when the text is no query that can be answered
     */
    Translation translate(QueryShape shape, UnknownNames unknownNames);
}
