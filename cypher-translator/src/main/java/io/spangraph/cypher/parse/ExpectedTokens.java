package io.spangraph.cypher.parse;

import io.spangraph.cypher.shaded.antlr.Token;
import io.spangraph.cypher.shaded.antlr.misc.IntervalSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.neo4j.cypher.internal.parser.v25.Cypher25Lexer;

/** Says what a parser expected in a handful of words: it may be hundreds of tokens, which help nobody. */
final class ExpectedTokens {
    private static final int MOST = 5;

    /** Tokens worth naming, in the order in which they are named. */
    private static final Map<Integer, String> NAMED = new LinkedHashMap<>();

    static {
        NAMED.put(Cypher25Lexer.RPAREN, "')'");
        NAMED.put(Cypher25Lexer.RBRACKET, "']'");
        NAMED.put(Cypher25Lexer.RCURLY, "'}'");
        NAMED.put(Cypher25Lexer.LPAREN, "'('");
        NAMED.put(Cypher25Lexer.COMMA, "','");
        NAMED.put(Cypher25Lexer.COLON, "':'");
        NAMED.put(Cypher25Lexer.EQ, "'='");
        NAMED.put(Cypher25Lexer.MINUS, "'-'");
        NAMED.put(Cypher25Lexer.GT, "'>'");
        NAMED.put(Cypher25Lexer.BAR, "'|'");
        NAMED.put(Cypher25Lexer.MATCH, "MATCH");
        NAMED.put(Cypher25Lexer.WHERE, "WHERE");
        NAMED.put(Cypher25Lexer.AS, "AS");
        NAMED.put(Cypher25Lexer.BY, "BY");
        NAMED.put(Cypher25Lexer.WHEN, "WHEN");
        NAMED.put(Cypher25Lexer.THEN, "THEN");
        NAMED.put(Cypher25Lexer.ELSE, "ELSE");
        NAMED.put(Cypher25Lexer.END, "END");
        NAMED.put(Cypher25Lexer.IN, "IN");
        NAMED.put(Cypher25Lexer.WITH, "WITH");
        NAMED.put(Cypher25Lexer.NULL, "NULL");
        NAMED.put(Cypher25Lexer.ORDER, "ORDER BY");
        NAMED.put(Cypher25Lexer.SKIPROWS, "SKIP");
        NAMED.put(Cypher25Lexer.LIMITROWS, "LIMIT");
        NAMED.put(Cypher25Lexer.UNSIGNED_DECIMAL_INTEGER, "a number");
    }

    private ExpectedTokens() {}

    /** The expected categories, as in {@code "an expression, ')' or ','"}; empty when nothing useful can be said. */
    static String describe(IntervalSet expected) {
        List<String> categories = new ArrayList<>();
        boolean names = expected.contains(Cypher25Lexer.IDENTIFIER);
        boolean expression = names && expected.contains(Cypher25Lexer.DECIMAL_DOUBLE);
        boolean clause = !names && expected.contains(Cypher25Lexer.RETURN) && expected.contains(Cypher25Lexer.MATCH);
        boolean operator = expected.contains(Cypher25Lexer.PLUS) && expected.contains(Cypher25Lexer.DIVIDE);
        if (expression) {
            categories.add("an expression");
        } else if (names) {
            categories.add("a name");
        }
        boolean end = expected.contains(Token.EOF) || expected.contains(Cypher25Lexer.SEMICOLON);
        // A parser that could end here has left the last clause behind, and no longer says that another may follow.
        if (clause || end && expected.size() <= 2) {
            categories.add("a clause (MATCH, WITH, RETURN, ...)");
        }
        if (operator) {
            categories.add("an operator");
        }
        NAMED.forEach((type, name) -> {
            boolean covered = expression && isExpressionStart(type)
                    || names && Character.isLetter(name.charAt(0)) && type != Cypher25Lexer.UNSIGNED_DECIMAL_INTEGER
                    || clause && isClauseStart(type)
                    || operator && isOperator(type);
            if (expected.contains(type) && !covered) {
                categories.add(name);
            }
        });
        if (end) {
            categories.add(Math.min(MOST - 1, categories.size()), "the end of the query");
        }
        return join(categories.subList(0, Math.min(MOST, categories.size())));
    }

    private static boolean isExpressionStart(int type) {
        return switch (type) {
            case Cypher25Lexer.LPAREN, Cypher25Lexer.MINUS, Cypher25Lexer.UNSIGNED_DECIMAL_INTEGER -> true;
            default -> false;
        };
    }

    private static boolean isClauseStart(int type) {
        return switch (type) {
            case Cypher25Lexer.MATCH,
                    Cypher25Lexer.WITH,
                    Cypher25Lexer.WHEN,
                    Cypher25Lexer.ORDER,
                    Cypher25Lexer.SKIPROWS,
                    Cypher25Lexer.LIMITROWS -> true;
            default -> false;
        };
    }

    private static boolean isOperator(int type) {
        return switch (type) {
            case Cypher25Lexer.EQ, Cypher25Lexer.MINUS, Cypher25Lexer.GT, Cypher25Lexer.IN, Cypher25Lexer.COLON -> true;
            default -> false;
        };
    }

    private static String join(List<String> parts) {
        if (parts.size() < 2) {
            return String.join("", parts);
        }
        return String.join(", ", parts.subList(0, parts.size() - 1)) + " or " + parts.getLast();
    }
}
