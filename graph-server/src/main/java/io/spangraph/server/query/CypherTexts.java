package io.spangraph.server.query;

import io.spangraph.cypher.CypherTranslator;
import io.spangraph.cypher.CypherTranslator.Translation;
import io.spangraph.cypher.TranslationOptions;
import io.spangraph.cypher.parse.ParseLimits;
import io.spangraph.cypher.parse.QueryShape;
import io.spangraph.model.schema.GraphSchema;
import io.spangraph.server.config.ServerConfiguration.UnknownNames;

/** Translates Cypher over one graph. */
record CypherTexts(GraphSchema schema, ParseLimits limits) implements QueryTranslator {
    @Override
    public QueryShape shape(String text) {
        return QueryShape.of(text, limits);
    }

    @Override
    public Translation translate(QueryShape shape, UnknownNames unknownNames) {
        return CypherTranslator.translate(shape, new TranslationOptions(schema, translated(unknownNames), limits));
    }

    private static io.spangraph.cypher.bind.UnknownNames translated(UnknownNames unknownNames) {
        return switch (unknownNames) {
            case ERROR -> io.spangraph.cypher.bind.UnknownNames.ERROR;
            case WARN -> io.spangraph.cypher.bind.UnknownNames.WARN;
        };
    }
}
