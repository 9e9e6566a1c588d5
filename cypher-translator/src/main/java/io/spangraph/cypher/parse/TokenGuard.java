package io.spangraph.cypher.parse;

import io.spangraph.cypher.error.CypherErrors;
import io.spangraph.cypher.shaded.antlr.Token;
import io.spangraph.engine.context.QueryException;
import java.util.List;
import org.neo4j.cypher.internal.parser.v25.Cypher25Lexer;

/**
 * Looks over the tokens before the grammar does: brackets that nest too deep would overflow its stack, and at each part
 * of a pattern, a map or a label expression it looks ahead over all that follow.
 */
final class TokenGuard {
    private final SourceText source;
    private final ParseLimits limits;
    private final int[] entries;
    private int depth;
    private int relationships;
    private int labels;

    TokenGuard(SourceText source, ParseLimits limits) {
        this.source = source;
        this.limits = limits;
        this.entries = new int[limits.nesting() + 2];
    }

    /** Looks over all tokens but white space and comments. */
    void check(List<Token> tokens) {
        for (int i = 0; i < tokens.size(); i++) {
            nest(tokens.get(i), i == 0 ? Token.INVALID_TYPE : tokens.get(i - 1).getType());
            count(tokens.get(i));
            if (isRelationship(tokens, i) && ++relationships > limits.relationships()) {
                throw tooMany(
                        "The patterns of the query have more than " + limits.relationships() + " relationships",
                        tokens.get(i));
            }
        }
    }

    private void nest(Token token, int previous) {
        depth = Math.max(0, depth + step(token.getType(), previous));
        if (depth > limits.nesting()) {
            throw tooMany("The query nests brackets or CASE deeper than " + limits.nesting() + " levels", token);
        }
    }

    /** The entries of each map, by the commas in it, and the operators of label expressions. */
    private void count(Token token) {
        switch (token.getType()) {
            case Cypher25Lexer.LCURLY -> entries[depth] = 1;
            case Cypher25Lexer.LPAREN, Cypher25Lexer.LBRACKET -> entries[depth] = 0;
            case Cypher25Lexer.COMMA -> {
                if (entries[depth] > 0 && ++entries[depth] > limits.items()) {
                    throw tooMany("A map of the query has more than " + limits.items() + " entries", token);
                }
            }
            case Cypher25Lexer.BAR, Cypher25Lexer.AMPERSAND, Cypher25Lexer.EXCLAMATION_MARK -> {
                if (++labels > 10 * limits.items()) {
                    throw tooMany(
                            "The label expressions of the query have more than " + 10 * limits.items() + " operators",
                            token);
                }
            }
            default -> {
                // Neither opens a map nor belongs to one.
            }
        }
    }

    private QueryException tooMany(String what, Token token) {
        return CypherErrors.complexity(what, source.position(token));
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

    /** True at the bracket behind which a relationship begins; a difference of numbers has only one minus. */
    private static boolean isRelationship(List<Token> tokens, int at) {
        if (tokens.get(at).getType() != Cypher25Lexer.RPAREN) {
            return false;
        }
        int next = at + (isAny(tokens, at + 1, Cypher25Lexer.LT, Cypher25Lexer.ARROW_LEFT_HEAD) ? 2 : 1);
        return isAny(tokens, next, Cypher25Lexer.MINUS, Cypher25Lexer.ARROW_LINE)
                && isAny(tokens, next + 1, Cypher25Lexer.MINUS, Cypher25Lexer.ARROW_LINE, Cypher25Lexer.LBRACKET);
    }

    private static boolean isAny(List<Token> tokens, int at, int... types) {
        int type = at < tokens.size() ? tokens.get(at).getType() : Token.EOF;
        for (int wanted : types) {
            if (type == wanted) {
                return true;
            }
        }
        return false;
    }
}
