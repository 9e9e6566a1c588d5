package io.spangraph.cypher;

import io.spangraph.cypher.ast.AstQuery;
import io.spangraph.cypher.error.CypherErrors;
import io.spangraph.cypher.parse.CypherFrontEnd;
import io.spangraph.cypher.parse.CypherFrontEnd.Parsed;
import io.spangraph.cypher.parse.LiteralUse;
import io.spangraph.cypher.parse.QueryShape;
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
        return translate(CypherFrontEnd.parse(text, options.limits()), text, options);
    }

    /**
     * Translates one read-only statement into a plan for all texts that differ from it in open literals only.
     *
     * @throws io.spangraph.engine.context.QueryException like {@link #translate(String, TranslationOptions)}
     */
    public static Translation translate(QueryShape shape, TranslationOptions options) {
        Parsed parsed = CypherFrontEnd.parse(shape, options.limits());
        QueryPlan plan = translate(parsed.query(), shape.text(), options);
        // Notifications point at places of their own text.
        LiteralUse literals = plan.notifications().isEmpty()
                ? parsed.literals()
                : parsed.literals().wholeText();
        return new Translation(plan, literals);
    }

    /**
     * A plan for many texts.
     *
     * @param literals what a text must have in common with the one that the plan was made of
     */
    public record Translation(QueryPlan plan, LiteralUse literals) {}

    private static QueryPlan translate(AstQuery query, String text, TranslationOptions options) {
        try {
            return QueryTranslator.translate(query, options.schema(), options.unknownNames());
        } catch (StackOverflowError tooDeep) {
            throw CypherErrors.complexity("The query nests too deep", SourcePosition.START);
        } catch (QueryException error) {
            throw CypherFrontEnd.withCommentHint(error, text);
        }
    }
}
