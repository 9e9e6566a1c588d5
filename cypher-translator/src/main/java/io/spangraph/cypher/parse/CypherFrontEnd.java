package io.spangraph.cypher.parse;

import io.spangraph.cypher.ast.AstQuery;
import io.spangraph.cypher.error.CypherErrors;
import io.spangraph.cypher.shaded.antlr.BailErrorStrategy;
import io.spangraph.cypher.shaded.antlr.CharStreams;
import io.spangraph.cypher.shaded.antlr.CommonTokenStream;
import io.spangraph.cypher.shaded.antlr.DefaultErrorStrategy;
import io.spangraph.cypher.shaded.antlr.Token;
import io.spangraph.cypher.shaded.antlr.atn.PredictionMode;
import io.spangraph.cypher.shaded.antlr.misc.ParseCancellationException;
import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.model.SourcePosition;
import org.neo4j.cypher.internal.parser.v25.Cypher25Lexer;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.StatementsContext;

/** Parses Cypher. Nothing outside this package knows which grammar or parser generator stands behind it. */
public final class CypherFrontEnd {
    private CypherFrontEnd() {}

    /** The syntax of the one statement in the text, or a QueryException that says what is wrong with it and where. */
    public static AstQuery parse(String text, ParseLimits limits) {
        checkLength(text, limits);
        SourceText source = new SourceText(text);
        try {
            return parse(source, limits);
        } catch (QueryException error) {
            throw withCommentHint(error, text);
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

    private static AstQuery parse(SourceText source, ParseLimits limits) {
        Cypher25Lexer lexer = new Cypher25Lexer(CharStreams.fromString(source.text()));
        lexer.removeErrorListeners();
        CommonTokenStream tokens = new CommonTokenStream(lexer);
        tokens.fill();
        new TokenGuard(source, limits).check(tokens.getTokens());
        NamedState state = new NamedState(source);
        QueryPrefix prefix = new QueryPrefix(tokens.getTokens(), source, state);
        Token first = prefix.read();
        if (first.getType() == Token.EOF) {
            throw CypherErrors.syntax("The query is empty: expected a clause such as MATCH", source.position(first));
        }
        StatementsContext statements = statements(tokens, first, source);
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

    private static void checkLength(String text, ParseLimits limits) {
        if (text.length() > limits.queryLength()) {
            throw QueryException.of(
                            QueryErrorCode.COMPLEXITY_LIMIT,
                            "The query has " + text.length() + " characters; the limit is " + limits.queryLength()
                                    + " (limits.query-length).")
                    .withHint("Pass long lists as parameters, or raise limits.query-length.");
        }
    }
}
