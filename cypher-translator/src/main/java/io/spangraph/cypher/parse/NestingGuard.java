package io.spangraph.cypher.parse;

import io.spangraph.cypher.error.CypherErrors;
import io.spangraph.cypher.shaded.antlr.Token;
import java.util.List;
import org.neo4j.cypher.internal.parser.v25.Cypher25Lexer;

/** Counts how deep brackets and CASE nest over the tokens, and refuses what would overflow the parser's stack. */
final class NestingGuard {
    private NestingGuard() {}

    static void check(List<Token> tokens, int limit, SourceText source) {
        int depth = 0;
        int previous = Token.INVALID_TYPE;
        for (Token token : tokens) {
            if (token.getChannel() != Token.DEFAULT_CHANNEL) {
                continue;
            }
            depth = Math.max(0, depth + step(token.getType(), previous));
            previous = token.getType();
            if (depth > limit) {
                throw CypherErrors.complexity(
                        "The query nests brackets or CASE deeper than " + limit + " levels", source.position(token));
            }
        }
    }

    private static int step(int type, int previous) {
        return switch (type) {
            case Cypher25Lexer.LPAREN, Cypher25Lexer.LBRACKET, Cypher25Lexer.LCURLY -> 1;
            case Cypher25Lexer.RPAREN, Cypher25Lexer.RBRACKET, Cypher25Lexer.RCURLY -> -1;
            case Cypher25Lexer.CASE -> isName(previous) ? 0 : 1;
            case Cypher25Lexer.END -> isName(previous) ? 0 : -1;
            default -> 0;
        };
    }

    /** After these tokens a keyword is a name: {@code n.end}. */
    private static boolean isName(int previous) {
        return switch (previous) {
            case Cypher25Lexer.DOT, Cypher25Lexer.COLON, Cypher25Lexer.DOLLAR, Cypher25Lexer.AS, Cypher25Lexer.BAR ->
                true;
            default -> false;
        };
    }
}
