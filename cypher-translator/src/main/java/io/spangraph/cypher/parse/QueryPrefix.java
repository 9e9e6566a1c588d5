package io.spangraph.cypher.parse;

import io.spangraph.cypher.error.CypherErrors;
import io.spangraph.cypher.shaded.antlr.Token;
import io.spangraph.engine.plan.Notification;
import io.spangraph.engine.plan.QueryPlan.Mode;
import io.spangraph.model.DidYouMean;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.neo4j.cypher.internal.parser.v25.Cypher25Lexer;

/**
 * Reads what may stand before a query: {@code EXPLAIN}, {@code EXPLAIN VERBOSE}, {@code PROFILE},
 * {@code CYPHER 25 key=value} and {@code USE graph@state}. The grammar has none of them. Working on tokens leaves all
 * positions as they are in the text.
 */
final class QueryPrefix {
    /** Neo4j's options: they choose among its planners and runtimes, and mean nothing here. */
    private static final Set<String> IGNORED = Set.of(
            "planner",
            "runtime",
            "updatestrategy",
            "expressionengine",
            "operatorengine",
            "interpretedpipesfallback",
            "replan",
            "connectcomponentsplanner",
            "debug",
            "eagerrules",
            "inferschemaparts",
            "statefulshortestplanningmode",
            "planvarexpandinto");

    private final List<Token> tokens;
    private final SourceText source;
    private final NamedState state;
    private final List<Notification> notifications = new ArrayList<>();
    private Optional<Mode> mode = Optional.empty();
    private int next;

    /** @param tokens all but white space and comments */
    QueryPrefix(List<Token> tokens, SourceText source, NamedState state) {
        this.state = state;
        this.tokens = tokens;
        this.source = source;
    }

    /** Reads the prefix, if there is one, and returns the first token of the query itself. */
    Token read() {
        while (true) {
            Token token = tokens.get(next);
            if (isWord(token, "EXPLAIN")) {
                take(token, isWord(tokens.get(next + 1), "VERBOSE") ? Mode.EXPLAIN_VERBOSE : Mode.EXPLAIN);
                next += mode.filter(Mode.EXPLAIN_VERBOSE::equals).isPresent() ? 2 : 1;
            } else if (isWord(token, "PROFILE")) {
                take(token, Mode.PROFILE);
                next++;
            } else if (token.getType() == Cypher25Lexer.CYPHER) {
                next++;
                options();
            } else if (token.getType() == Cypher25Lexer.USE) {
                next = state.use(tokens, next);
                return tokens.get(next);
            } else {
                return token;
            }
        }
    }

    Mode mode() {
        return mode.orElse(Mode.RUN);
    }

    List<Notification> notifications() {
        return List.copyOf(notifications);
    }

    private void take(Token token, Mode wanted) {
        if (mode.isPresent()) {
            throw CypherErrors.syntax("A query takes one of EXPLAIN and PROFILE, once", source.position(token));
        }
        mode = Optional.of(wanted);
    }

    private void options() {
        Token version = tokens.get(next);
        switch (version.getType()) {
            case Cypher25Lexer.UNSIGNED_DECIMAL_INTEGER, Cypher25Lexer.DECIMAL_DOUBLE -> {
                if (!version.getText().equals("5") && !version.getText().equals("25")) {
                    throw CypherErrors.syntax(
                            "There is no Cypher version " + version.getText() + " here; known are 5 and 25",
                            source.position(version));
                }
                next++;
            }
            default -> {
                // The version may be left out.
            }
        }
        while (isOption()) {
            option(tokens.get(next));
        }
    }

    /** A clause never starts with a word and an equals sign. */
    private boolean isOption() {
        return next + 1 < tokens.size()
                && tokens.get(next + 1).getType() == Cypher25Lexer.EQ
                && Character.isLetter(tokens.get(next).getText().charAt(0));
    }

    private void option(Token key) {
        String name = key.getText().toLowerCase(Locale.ROOT);
        if (NamedState.OPTIONS.containsKey(name)) {
            next = state.option(name, tokens, next);
            return;
        }
        if (!IGNORED.contains(name)) {
            Set<String> known = new TreeSet<>(IGNORED);
            known.addAll(NamedState.OPTIONS.values());
            throw CypherErrors.syntax(
                    "Unknown query option '" + key.getText() + "'." + DidYouMean.hint(name, known),
                    source.position(key));
        }
        next += 2;
        boolean signed = tokens.get(next).getType() == Cypher25Lexer.MINUS;
        Token value = tokens.get(signed ? next + 1 : next);
        if (value.getType() == Token.EOF) {
            throw CypherErrors.syntax("Query option '" + key.getText() + "' has no value", source.position(value));
        }
        next += signed ? 2 : 1;
        notifications.add(new Notification(
                "Neo.ClientNotification.Statement.UnsupportedOption",
                Notification.Severity.INFORMATION,
                "Query option without effect",
                "The option '" + key.getText() + "' chooses among Neo4j's planners and runtimes and has no effect.",
                Optional.of(source.position(key))));
    }

    private static boolean isWord(Token token, String word) {
        return token.getType() == Cypher25Lexer.IDENTIFIER && token.getText().equalsIgnoreCase(word);
    }
}
