package io.spangraph.cypher.parse;

import io.spangraph.cypher.ast.AstQuery.GraphName;
import io.spangraph.cypher.error.CypherErrors;
import io.spangraph.cypher.shaded.antlr.Token;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.spi.SnapshotSelector;
import io.spangraph.model.SourcePosition;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.neo4j.cypher.internal.parser.v25.Cypher25Lexer;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.UseClauseContext;

/**
 * The graph and the state of its tables that a query names, by options of {@code CYPHER} or by {@code USE graph@state}. A
 * query reads one state, so what is said twice has to be the same.
 */
final class NamedState {
    private static final String SNAPSHOT = "snapshot";
    private static final String AS_OF = "asof";

    /** As they are compared, in lower case, and as they are written. */
    static final Map<String, String> OPTIONS = Map.of(SNAPSHOT, "snapshot", AS_OF, "asOf", "ref", "ref");

    /** What may follow {@code USE graph}, where the word then is the graph's name. */
    private static final Set<Integer> CLAUSES = Set.of(
            Cypher25Lexer.MATCH,
            Cypher25Lexer.OPTIONAL,
            Cypher25Lexer.RETURN,
            Cypher25Lexer.UNWIND,
            Cypher25Lexer.WITH,
            Cypher25Lexer.CALL,
            Cypher25Lexer.SHOW);

    private final SourceText source;
    private final List<GraphName> graphs = new ArrayList<>();
    private Optional<SnapshotSelector> snapshot = Optional.empty();

    NamedState(SourceText source) {
        this.source = source;
    }

    Optional<SnapshotSelector> snapshot() {
        return snapshot;
    }

    List<GraphName> graphs() {
        return List.copyOf(graphs);
    }

    /** Reads {@code key=value}, and returns where it ends. */
    int option(String key, List<Token> tokens, int at) {
        Token written = tokens.get(at);
        Named value = value(tokens, at + 2, "the option '" + written.getText() + "'");
        Optional<SnapshotSelector> read = switch (key) {
            case SNAPSHOT -> SnapshotSelector.parse(value.text());
            case AS_OF -> SnapshotSelector.AsOf.parse(value.text());
            default -> Optional.of(new SnapshotSelector.Ref(value.text()));
        };
        String form = key.equals(SNAPSHOT) ? "a snapshot id such as 123" : "a time such as '2026-04-08T12:00:00Z'";
        name(
                read.orElseThrow(() -> CypherErrors.syntax(
                        "The option '" + written.getText() + "' takes " + form + ", not '" + value.text() + "'",
                        value.position())),
                source.position(written));
        return value.end();
    }

    /** Reads {@code USE graph} or {@code USE graph@state}, and returns where it ends; a computed graph is left alone. */
    int use(List<Token> tokens, int at) {
        int from = at + 1;
        if (tokens.get(from).getType() == Cypher25Lexer.GRAPH && isName(tokens.get(from + 1))) {
            from += CLAUSES.contains(tokens.get(from + 1).getType()) ? 0 : 1;
        }
        StringBuilder name = new StringBuilder();
        int next = from;
        while (isName(tokens.get(next))) {
            name.append(Literals.name(tokens.get(next++).getText()));
            if (tokens.get(next).getType() != Cypher25Lexer.DOT) {
                break;
            }
            name.append('.');
            next++;
        }
        if (next == from || tokens.get(next).getType() == Cypher25Lexer.LPAREN) {
            return at;
        }
        Token first = tokens.get(from);
        if (!tokens.get(next).getText().equals("@")) {
            use(name.toString(), first);
            return next;
        }
        Named value = value(tokens, next + 1, "'@'");
        graphs.add(new GraphName(name.toString(), source.place(first)));
        name(state(value.text(), value.position()), value.position());
        return value.end();
    }

    /** A further USE, in a part of a query. */
    void use(UseClauseContext context) {
        if (context.graphReference().symbolicAliasName() == null) {
            throw CypherErrors.unsupported("A computed graph", false, source.position(context.getStart()))
                    .withHint("Write the graph's name, as in USE spans, or with a state, as in USE spans@123.");
        }
        String name = context.graphReference().symbolicAliasName().symbolicNameString().stream()
                .map(part -> Literals.name(part.getText()))
                .collect(Collectors.joining("."));
        if (snapshot.isEmpty() && name.indexOf('@') >= 0) {
            throw twoStates(source.position(context.getStart()));
        }
        use(name, context.graphReference().getStart());
    }

    /** Between backticks the state is a part of the name. */
    private void use(String name, Token token) {
        int sign = name.indexOf('@');
        graphs.add(new GraphName(sign < 0 ? name : name.substring(0, sign), source.place(token)));
        if (sign >= 0) {
            SourcePosition position = source.position(token);
            name(state(name.substring(sign + 1), position), position);
        }
    }

    private static SnapshotSelector state(String text, SourcePosition position) {
        return SnapshotSelector.parse(text)
                .orElseThrow(() -> CypherErrors.syntax(
                        "'" + text + "' names no state of the tables: it is a snapshot id, a time such as"
                                + " '2026-04-08T12:00:00Z', or the name of a tag or branch",
                        position));
    }

    private void name(SnapshotSelector state, SourcePosition position) {
        if (snapshot.isPresent() && !snapshot.get().equals(state)) {
            throw twoStates(position);
        }
        snapshot = Optional.of(state);
    }

    private static QueryException twoStates(SourcePosition position) {
        return CypherErrors.semantic("The query names two states of the tables", position)
                .withHint("A query reads one state of all its tables: name it once, at its beginning.");
    }

    private record Named(String text, SourcePosition position, int end) {}

    /** A number, a text in quotes or a name; {@code before} says behind what it stands. */
    private Named value(List<Token> tokens, int at, String before) {
        boolean negative = tokens.get(at).getType() == Cypher25Lexer.MINUS;
        Token token = tokens.get(negative ? at + 1 : at);
        SourcePosition position = source.position(tokens.get(at));
        String text = switch (token.getType()) {
            case Cypher25Lexer.STRING_LITERAL1, Cypher25Lexer.STRING_LITERAL2 ->
                Literals.string(token.getText(), position) instanceof Value.StringValue(String string) ? string : "";
            case Cypher25Lexer.UNSIGNED_DECIMAL_INTEGER -> (negative ? "-" : "") + token.getText();
            default -> isName(token) && !CLAUSES.contains(token.getType()) ? Literals.name(token.getText()) : "";
        };
        if (text.isBlank()) {
            throw missing(before, position);
        }
        int end = negative ? at + 2 : at + 1;
        Token behind = tokens.get(end);
        if (behind.getType() != Token.EOF && behind.getStartIndex() == token.getStopIndex() + 1) {
            throw CypherErrors.syntax("What stands behind " + before + " needs quotes around it", position);
        }
        return new Named(text, position, end);
    }

    private static QueryException missing(String before, SourcePosition position) {
        return CypherErrors.syntax(
                "Behind " + before + " stands a snapshot id, a time such as '2026-04-08T12:00:00Z', or the name of a"
                        + " tag or branch",
                position);
    }

    private static boolean isName(Token token) {
        String text = token.getText();
        return token.getType() != Token.EOF
                && (Character.isLetter(text.charAt(0)) || text.charAt(0) == '_' || text.charAt(0) == '`');
    }
}
