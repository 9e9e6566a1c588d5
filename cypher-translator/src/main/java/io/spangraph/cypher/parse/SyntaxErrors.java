package io.spangraph.cypher.parse;

import io.spangraph.cypher.error.CypherErrors;
import io.spangraph.cypher.shaded.antlr.BaseErrorListener;
import io.spangraph.cypher.shaded.antlr.NoViableAltException;
import io.spangraph.cypher.shaded.antlr.Parser;
import io.spangraph.cypher.shaded.antlr.RecognitionException;
import io.spangraph.cypher.shaded.antlr.Recognizer;
import io.spangraph.cypher.shaded.antlr.Token;
import io.spangraph.cypher.shaded.antlr.atn.ATNConfig;
import io.spangraph.cypher.shaded.antlr.misc.IntervalSet;
import io.spangraph.engine.context.QueryException;
import io.spangraph.model.DidYouMean;
import io.spangraph.model.SourcePosition;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.neo4j.cypher.internal.parser.v25.Cypher25Lexer;

/** Turns the grammar's first complaint into an error in words for people, and ends the parse with it. */
final class SyntaxErrors extends BaseErrorListener {
    /** Words that start a clause or a part of one: a name close to one of these where no name can stand is a typo. */
    private static final List<String> KEYWORDS = List.of(
            "MATCH",
            "OPTIONAL",
            "WHERE",
            "WITH",
            "RETURN",
            "UNWIND",
            "UNION",
            "ORDER",
            "SKIP",
            "LIMIT",
            "DISTINCT",
            "CALL",
            "YIELD",
            "EXPLAIN",
            "PROFILE",
            "WHEN",
            "THEN",
            "ELSE",
            "CONTAINS",
            "STARTS",
            "ENDS");

    private static final Set<String> QUOTES = Set.of("'", "\"", "`");
    private static final int LONGEST_SHOWN = 40;

    private final SourceText source;

    SyntaxErrors(SourceText source) {
        this.source = source;
    }

    @Override
    public void syntaxError(
            Recognizer<?, ?> recognizer,
            Object symbol,
            int line,
            int column,
            String message,
            @Nullable RecognitionException cause) {
        Parser parser = (Parser) recognizer;
        QueryException error = at((Token) symbol, expected(parser, cause));
        throw SyntaxAdvice.at((Token) symbol, parser.getInputStream())
                .map(error::withHint)
                .orElse(error);
    }

    /** Where several alternatives were followed up to the bad token, what any of them expected there. */
    private static IntervalSet expected(Parser parser, @Nullable RecognitionException cause) {
        if (!(cause instanceof NoViableAltException noneViable) || noneViable.getDeadEndConfigs() == null) {
            return parser.getExpectedTokens();
        }
        IntervalSet expected = new IntervalSet();
        for (ATNConfig ended : noneViable.getDeadEndConfigs()) {
            expected.addAll(parser.getATN().nextTokens(ended.state));
        }
        return expected;
    }

    private QueryException at(Token token, IntervalSet expected) {
        SourcePosition position = source.position(token);
        String text = token.getText();
        if (QUOTES.contains(text)) {
            return CypherErrors.syntax("The text that starts with " + text + " has no end", position);
        }
        if (token.getType() == Cypher25Lexer.INVALID_NEQ) {
            return CypherErrors.syntax("Unknown operator '!='; Cypher's operator for inequality is '<>'", position);
        }
        String what = token.getType() == Token.EOF
                ? "Unexpected end of the query"
                : "Invalid input '" + (text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "..." : text)
                        + "'";
        String wanted = ExpectedTokens.describe(expected);
        String advice = Character.isLetter(text.charAt(0)) ? suggestion(text) : "";
        return CypherErrors.syntax(what + (wanted.isEmpty() ? "" : ": expected " + wanted) + advice, position);
    }

    private static String suggestion(String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        return KEYWORDS.contains(upper)
                ? ""
                : DidYouMean.closest(upper, KEYWORDS)
                        .map(keyword -> ". Did you mean '" + keyword + "'?")
                        .orElse("");
    }
}
