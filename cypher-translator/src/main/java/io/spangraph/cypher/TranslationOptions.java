package io.spangraph.cypher;

import io.spangraph.cypher.bind.UnknownNames;
import io.spangraph.cypher.parse.ParseLimits;
import io.spangraph.model.schema.GraphSchema;

/**
 * What a translation depends on besides the text.
 *
 * @param schema the graph that the query asks
 * @param unknownNames what happens to labels, relationship types and properties that it does not have
 */
public record TranslationOptions(GraphSchema schema, UnknownNames unknownNames, ParseLimits limits) {
    /** With the limits as they are by default. */
    public static TranslationOptions of(GraphSchema schema, UnknownNames unknownNames) {
        return new TranslationOptions(schema, unknownNames, ParseLimits.DEFAULT);
    }
}
