package io.spangraph.model.schema;

import io.spangraph.model.SourcePosition;
import io.spangraph.model.schema.MappingToken.Kind;
import java.util.List;
import java.util.function.IntFunction;

/** A walk over the tokens of one expression that knows how to say what was expected where. */
final class MappingTokens {
    private final List<MappingToken> tokens;
    private final IntFunction<SourcePosition> positions;
    private int next;
    private int depth;
    private int operators;

    MappingTokens(String text, IntFunction<SourcePosition> positions) throws MappingSyntaxException {
        this.positions = positions;
        this.tokens = new MappingLexer(text, positions).tokens();
    }

    MappingToken peek() {
        return tokens.get(next);
    }

    /** The next token, which is passed; the end is never passed. */
    MappingToken take() {
        MappingToken token = tokens.get(next);
        if (token.kind() != Kind.END) {
            next++;
        }
        return token;
    }

    boolean acceptKeyword(String keyword) {
        boolean found = peek().isKeyword(keyword);
        next += found ? 1 : 0;
        return found;
    }

    boolean acceptSymbol(String symbol) {
        boolean found = peek().isSymbol(symbol);
        next += found ? 1 : 0;
        return found;
    }

    void expectKeyword(String keyword) throws MappingSyntaxException {
        if (!acceptKeyword(keyword)) {
            throw expected("'" + keyword + "'", peek());
        }
    }

    void expectSymbol(String symbol) throws MappingSyntaxException {
        if (!acceptSymbol(symbol)) {
            throw expected("'" + symbol + "'", peek());
        }
    }

    /** Enters a level of nesting that starts at a token. */
    void descend(MappingToken token) throws MappingSyntaxException {
        if (++depth > MappingExpressionParser.MAX_DEPTH) {
            throw failure(token, "The expression nests deeper than " + MappingExpressionParser.MAX_DEPTH + " levels.");
        }
    }

    /** Counts one more operator between two operands, the second of which has just been read. */
    void countOperator() throws MappingSyntaxException {
        if (++operators > MappingExpressionParser.MAX_OPERATORS) {
            throw failure(
                    peek(),
                    "The expression has more than " + MappingExpressionParser.MAX_OPERATORS
                            + " operators. A long choice between values is shorter as 'x in (a, b, ...)'.");
        }
    }

    void ascend() {
        depth--;
    }

    MappingSyntaxException expected(String what, MappingToken found) {
        return failure(found, "Expected " + what + ", found " + found.describe() + ".");
    }

    MappingSyntaxException failure(MappingToken token, String message) {
        return new MappingSyntaxException(positions.apply(token.offset()), message);
    }
}
