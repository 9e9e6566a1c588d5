package io.spangraph.cypher.parse;

import io.spangraph.cypher.ast.LiteralSlot;
import io.spangraph.cypher.shaded.antlr.CharStreams;
import io.spangraph.cypher.shaded.antlr.CommonTokenStream;
import io.spangraph.cypher.shaded.antlr.Token;
import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.model.SourcePosition;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.neo4j.cypher.internal.parser.v25.Cypher25Lexer;

/**
 * A text cut into words, and its pattern: the words without the literals' values, white space and comments. Texts of one
 * pattern parse alike, so that one plan can serve them; this is all that is looked at to find it. Not for use by several
 * threads.
 */
public final class QueryShape {
    private static final Value ZERO = Value.of(0L);

    private final String text;
    private final CommonTokenStream tokens;
    private final List<Token> words;
    private final List<Token> literals = new ArrayList<>();
    private final SourceText source;
    private final String pattern;

    private QueryShape(String text, CommonTokenStream tokens) {
        this.text = text;
        this.tokens = tokens;
        this.words = tokens.getTokens().stream()
                .filter(token -> token.getChannel() == Token.DEFAULT_CHANNEL)
                .toList();
        this.source = new SourceText(text);
        this.pattern = patternOfWords();
    }

    /**
     * Cuts a text into words, whatever they say.
     *
     * @throws QueryException if it is longer than texts may be
     */
    public static QueryShape of(String text, ParseLimits limits) {
        if (text.length() > limits.queryLength()) {
            throw QueryException.of(
                            QueryErrorCode.COMPLEXITY_LIMIT,
                            "The query has " + text.length() + " characters; the limit is " + limits.queryLength()
                                    + " (limits.query-length).")
                    .withHint("Pass long lists as parameters, or raise limits.query-length.");
        }
        Cypher25Lexer lexer = new Cypher25Lexer(CharStreams.fromString(text));
        lexer.removeErrorListeners();
        CommonTokenStream tokens = new CommonTokenStream(lexer);
        tokens.fill();
        return new QueryShape(text, tokens);
    }

    public String text() {
        return text;
    }

    /** Equal for texts that differ in nothing but the values of literals, in white space and in comments. */
    public String pattern() {
        return pattern;
    }

    /** What a plan does not leave open, of this text: it serves texts for which this is the same. */
    public List<String> fixed(LiteralUse use) {
        if (use.whole()) {
            return List.of(text);
        }
        Set<Integer> open = new HashSet<>();
        use.open().forEach(slot -> open.add(slot.number()));
        List<String> fixed = new ArrayList<>();
        for (int i = 0; i < literals.size(); i++) {
            if (!open.contains(i)) {
                fixed.add(literals.get(i).getText());
            }
        }
        use.kept().stream()
                .sorted((one, other) -> one.first() != other.first()
                        ? Integer.compare(one.first(), other.first())
                        : Integer.compare(one.last(), other.last()))
                .forEach(kept -> fixed.add(source.slice(words.get(kept.first()), words.get(kept.last()))));
        return fixed;
    }

    /** The values of the literals that a plan leaves open, by the names that stand for them in it. */
    public Map<String, Value> values(LiteralUse use) {
        Map<String, Value> values = new HashMap<>();
        for (LiteralSlot slot : use.open()) {
            Token token = literals.get(slot.number());
            values.put(slot.parameter(), value(token, slot.negative()));
        }
        return values;
    }

    CommonTokenStream tokens() {
        return tokens;
    }

    /** All but white space and comments. */
    List<Token> words() {
        return words;
    }

    /** The numbers of the literals, by the index of their token. */
    Map<Integer, Integer> numbers() {
        Map<Integer, Integer> numbers = new HashMap<>();
        for (int i = 0; i < literals.size(); i++) {
            numbers.put(literals.get(i).getTokenIndex(), i);
        }
        return numbers;
    }

    /** The place of a token among the words, which is the same in all texts of one pattern. */
    int word(Token token) {
        int low = 0;
        int high = words.size() - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (words.get(middle).getTokenIndex() < token.getTokenIndex()) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Each word with its kind and length, so that no two rows of words give the same. */
    private String patternOfWords() {
        StringBuilder pattern = new StringBuilder(text.length());
        Map<Value, Integer> seen = new HashMap<>();
        for (Token word : words) {
            int type = word.getType();
            if (type == Cypher25Lexer.CYPHER || type == Cypher25Lexer.USE) {
                // What these name is read from the text as it is written.
                return text;
            }
            Optional<Value> value = readable(word);
            value.ifPresent(read -> literals.add(word));
            if (value.isPresent()) {
                // Equal values make equal expressions, by which ORDER BY finds what is returned.
                pattern.append((char) 0)
                        .append(kind(value.get()))
                        .append(seen.computeIfAbsent(value.get(), first -> seen.size())
                                .intValue())
                        .append(';');
            } else {
                source.appendWord(word, pattern.append((char) 1));
            }
        }
        return pattern.toString();
    }

    private static char kind(Value value) {
        return switch (value) {
            case Value.IntegerValue integer -> 'i';
            case Value.FloatValue number -> 'f';
            case Value other -> 's';
        };
    }

    /** The value of a literal, if the word is one and has one. Zero is equal to minus zero, and stays in the pattern. */
    private static Optional<Value> readable(Token word) {
        try {
            return switch (word.getType()) {
                case Cypher25Lexer.UNSIGNED_DECIMAL_INTEGER,
                        Cypher25Lexer.UNSIGNED_HEX_INTEGER,
                        Cypher25Lexer.UNSIGNED_OCTAL_INTEGER,
                        Cypher25Lexer.DECIMAL_DOUBLE,
                        Cypher25Lexer.STRING_LITERAL1,
                        Cypher25Lexer.STRING_LITERAL2 ->
                    Optional.of(value(word, false)).filter(value -> !value.equals(ZERO));
                default -> Optional.empty();
            };
        } catch (QueryException unreadable) {
            // Whoever parses the text tells its author.
            return Optional.empty();
        }
    }

    private static Value value(Token literal, boolean negative) {
        SourcePosition unknown = SourcePosition.START;
        return switch (literal.getType()) {
            case Cypher25Lexer.STRING_LITERAL1, Cypher25Lexer.STRING_LITERAL2 ->
                Literals.string(literal.getText(), unknown);
            case Cypher25Lexer.DECIMAL_DOUBLE -> Literals.floating(literal.getText(), negative, unknown);
            default -> Literals.integer(literal.getText(), negative, unknown);
        };
    }
}
