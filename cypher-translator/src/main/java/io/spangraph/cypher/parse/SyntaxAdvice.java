package io.spangraph.cypher.parse;

import io.spangraph.cypher.shaded.antlr.Token;
import io.spangraph.cypher.shaded.antlr.TokenStream;
import java.util.Locale;
import java.util.Optional;
import org.neo4j.cypher.internal.parser.v25.Cypher25Lexer;

/** What to write in Cypher for syntax of SQL and of programming languages, by the token at which the parse failed. */
final class SyntaxAdvice {
    private static final int FARTHEST_BRACKET = 200;

    private final TokenStream tokens;
    private final int failed;

    private SyntaxAdvice(TokenStream tokens, int failed) {
        this.tokens = tokens;
        this.failed = failed;
    }

    static Optional<String> at(Token token, TokenStream tokens) {
        return token.getTokenIndex() < 0
                ? Optional.empty()
                : new SyntaxAdvice(tokens, token.getTokenIndex()).advice(token);
    }

    private Optional<String> advice(Token token) {
        return switch (token.getText().toUpperCase(Locale.ROOT)) {
            case "LIKE", "ILIKE" ->
                Optional.of("Write x CONTAINS 'part', x STARTS WITH 'part', x ENDS WITH 'part' or x =~ '.*part.*'.");
            case "BETWEEN" -> Optional.of("Write 1 <= x <= 5.");
            case "NOT" -> Optional.of("NOT stands before the whole condition: NOT x IN [1, 2], NOT x CONTAINS 'part'.");
            case "HAVING" ->
                Optional.of("Aggregate in a WITH and filter behind it: WITH x, count(*) AS n WHERE n > 1.");
            case "SELECT", "FROM", "JOIN", "INNER" ->
                Optional.of("Cypher reads patterns: MATCH (a:Label)-[:TYPE]->(b) WHERE a.x = 1 RETURN a.x, b.y.");
            case "OVER" -> Optional.of("There are no window functions: order rows in a WITH, and collect() them.");
            case "=" ->
                text(before(failed)).equals("=") ? Optional.of("Equality is written with one '='.") : Optional.empty();
            case "AS" ->
                isInCallOf("CAST")
                        ? Optional.of("Write toInteger(x), toFloat(x), toString(x), date(x) or datetime(x).")
                        : Optional.empty();
            case "," -> comma();
            default -> isText(token) ? quoted() : Optional.empty();
        };
    }

    private Optional<String> comma() {
        if (isInCallOf("IN")) {
            return Optional.of("A list is written in square brackets: x IN [1, 2].");
        }
        return text(before(before(failed))).equals("LIMIT") ? Optional.of("Write SKIP 5 LIMIT 10.") : Optional.empty();
    }

    private Optional<String> quoted() {
        return switch (text(before(failed))) {
            case "INTERVAL" -> Optional.of("Write duration({days: 7}) or duration('P7D').");
            case "AS" -> Optional.of("A name is written plainly, or in backticks: AS `my name`.");
            default -> Optional.empty();
        };
    }

    private static boolean isText(Token token) {
        return token.getType() == Cypher25Lexer.STRING_LITERAL1 || token.getType() == Cypher25Lexer.STRING_LITERAL2;
    }

    /** True if the innermost open bracket follows this word. */
    private boolean isInCallOf(String word) {
        int open = 1;
        int at = failed;
        for (int i = 0; i < FARTHEST_BRACKET && at >= 0; i++) {
            at = before(at);
            String text = text(at);
            open += text.equals(")") ? 1 : text.equals("(") ? -1 : 0;
            if (open == 0) {
                return text(before(at)).equals(word);
            }
        }
        return false;
    }

    /** The index of the token before, without white space and comments; -1 if there is none. */
    private int before(int index) {
        int at = index - 1;
        while (at >= 0 && tokens.get(at).getChannel() != Token.DEFAULT_CHANNEL) {
            at--;
        }
        return at;
    }

    private String text(int index) {
        return index < 0 ? "" : tokens.get(index).getText().toUpperCase(Locale.ROOT);
    }
}
