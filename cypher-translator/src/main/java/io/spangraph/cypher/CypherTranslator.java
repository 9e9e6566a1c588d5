package io.spangraph.cypher;

import io.spangraph.cypher.ast.AstQuery;
import io.spangraph.cypher.error.CypherErrors;
import io.spangraph.cypher.parse.CypherFrontEnd;
import io.spangraph.cypher.translate.QueryTranslator;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.plan.QueryPlan;
import io.spangraph.model.SourcePosition;

/** Cypher text to a logical plan: the only entry to this module. Holds no state, so that any thread may call it. */
public final class CypherTranslator {
    private CypherTranslator() {}

    /**
     * Translates one read-only statement.
     *
     * @throws io.spangraph.engine.context.QueryException with the place in the text, for anything that is not a query
     *     over this schema
     */
    public static QueryPlan translate(String text, TranslationOptions options) {
        AstQuery query = CypherFrontEnd.parse(text, options.limits());
        try {
            return QueryTranslator.translate(query, options.schema(), options.unknownNames());
        } catch (StackOverflowError tooDeep) {
            throw CypherErrors.complexity("The query nests too deep", SourcePosition.START);
        } catch (QueryException error) {
            throw CypherFrontEnd.withCommentHint(error, text);
        }
    }
}
