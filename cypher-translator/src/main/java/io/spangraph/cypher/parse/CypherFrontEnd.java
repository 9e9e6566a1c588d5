package io.spangraph.cypher.parse;

import io.spangraph.cypher.ast.AstQuery;
import io.spangraph.cypher.error.CypherErrors;
import io.spangraph.cypher.shaded.antlr.BailErrorStrategy;
import io.spangraph.cypher.shaded.antlr.CommonTokenStream;
import io.spangraph.cypher.shaded.antlr.DefaultErrorStrategy;
import io.spangraph.cypher.shaded.antlr.Token;
import io.spangraph.cypher.shaded.antlr.atn.PredictionMode;
import io.spangraph.cypher.shaded.antlr.misc.ParseCancellationException;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.plan.QueryPlan.Mode;
import io.spangraph.model.SourcePosition;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.StatementsContext;

/** Parses Cypher. Nothing outside this package knows which grammar or parser generator stands behind it. */
public final class CypherFrontEnd {
    private CypherFrontEnd() {}

    /**
     * The syntax of a statement.
     *
     * @param literals which of its literals it leaves open; none where its plan is looked at and not run
     */
    public record Parsed(AstQuery query, LiteralUse literals) {}

    /** The syntax of the one statement in the text, or a QueryException that says what is wrong with it and where. */
    public static AstQuery parse(String text, ParseLimits limits) {
        QueryShape shape = QueryShape.of(text, limits);
        return parse(shape, limits, OpenLiterals.none());
    }

    /** Like {@link #parse(String, ParseLimits)}, of what a plan for other texts of the same shape is made. */
    public static Parsed parse(QueryShape shape, ParseLimits limits) {
        OpenLiterals literals = new OpenLiterals(shape.numbers(), shape::word);
        AstQuery query = parse(shape, limits, literals);
        return new Parsed(query, literals.use());
    }

    private static AstQuery parse(QueryShape shape, ParseLimits limits, OpenLiterals literals) {
        try {
            return parse(shape, new SourceText(shape.text(), literals), limits);
        } catch (QueryException error) {
            throw withCommentHint(error, shape.text());
        } catch (StackOverflowError tooDeep) {
            throw CypherErrors.complexity("The query nests too deep", SourcePosition.START);
        }
    }

    /**
     * The error with a hint if it stands in what looks like a comment of SQL: {@code -- x} is also a difference, so that
     * not only the grammar meets it.
     */
    public static QueryException withCommentHint(QueryException error, String text) {
        boolean comment = error.hint().isEmpty()
                && error.position()
                        .filter(position -> new SourceText(text).line(position).startsWith("--"))
                        .isPresent();
        return comment ? error.withHint("Comments start with // in Cypher, not with --.") : error;
    }

    private static AstQuery parse(QueryShape shape, SourceText source, ParseLimits limits) {
        new TokenGuard(source, limits).check(shape.words());
        NamedState state = new NamedState(source);
        QueryPrefix prefix = new QueryPrefix(shape.words(), source, state);
        Token first = prefix.read();
        if (prefix.mode() != Mode.RUN) {
            source.literals().close();
        }
        if (first.getType() == Token.EOF) {
            throw CypherErrors.syntax("The query is empty: expected a clause such as MATCH", source.position(first));
        }
        StatementsContext statements = statements(shape.tokens(), first, source);
        return new QueryReader(source, limits, state).read(statements, prefix);
    }

    /** The fast way first; its errors are crude, so a failed text is parsed again by the exact algorithm. */
    private static StatementsContext statements(CommonTokenStream tokens, Token first, SourceText source) {
        Cypher25Parser parser = new Cypher25Parser(tokens);
        parser.removeErrorListeners();
        parser.setErrorHandler(new BailErrorStrategy());
        parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
        tokens.seek(first.getTokenIndex());
        try {
            return parser.statements();
        } catch (ParseCancellationException failed) {
            parser.reset();
            parser.setErrorHandler(new DefaultErrorStrategy());
            parser.addErrorListener(new SyntaxErrors(source));
            parser.getInterpreter().setPredictionMode(PredictionMode.LL);
            tokens.seek(first.getTokenIndex());
            return parser.statements();
        }
    }
}
