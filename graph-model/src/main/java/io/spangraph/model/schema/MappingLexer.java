package io.spangraph.model.schema;

import io.spangraph.model.SourcePosition;
import io.spangraph.model.schema.MappingToken.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** Splits a mapping expression into tokens, each with its offset, because every message points at one. */
final class MappingLexer {
    private static final List<String> SYMBOLS =
            List.of("<>", "!=", "<=", ">=", "=", "<", ">", "+", "-", "*", "/", "(", ")", "[", "]", ",", ".");

    private final String text;
    private final IntFunction<SourcePosition> positions;
    private final List<MappingToken> tokens = new ArrayList<>();
    private int next;

    MappingLexer(String text, IntFunction<SourcePosition> positions) {
        this.text = text;
        this.positions = positions;
    }

    /** All tokens, the last of which is the end. */
    List<MappingToken> tokens() throws MappingSyntaxException {
        while (true) {
            while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
                next++;
            }
            if (next == text.length()) {
                tokens.add(new MappingToken(Kind.END, "", next));
                return tokens;
            }
            readToken(text.charAt(next));
        }
    }

    private void readToken(char first) throws MappingSyntaxException {
        if (first == '\'') {
            readQuoted(first, Kind.TEXT);
        } else if (first == '"') {
            readQuoted(first, Kind.QUOTED_NAME);
        } else if (isDigit(next) || first == '.' && isDigit(next + 1) && !follows(Kind.NAME, Kind.QUOTED_NAME)) {
            readNumber();
        } else if (Character.isUnicodeIdentifierStart(text.codePointAt(next)) || first == '_') {
            readName();
        } else {
            readSymbol();
        }
    }

    private void readName() {
        int start = next;
        while (next < text.length() && Character.isUnicodeIdentifierPart(text.codePointAt(next))) {
            next += Character.charCount(text.codePointAt(next));
        }
        tokens.add(new MappingToken(Kind.NAME, text.substring(start, next), start));
    }

    private void readNumber() throws MappingSyntaxException {
        int start = next;
        skipDigits();
        if (next < text.length() && text.charAt(next) == '.') {
            next++;
            skipDigits();
        }
        if (next < text.length() && "eE".indexOf(text.charAt(next)) >= 0) {
            boolean signed = next + 1 < text.length() && "+-".indexOf(text.charAt(next + 1)) >= 0;
            if (isDigit(next + (signed ? 2 : 1))) {
                next += signed ? 2 : 1;
                skipDigits();
            }
        }
        if (next < text.length() && Character.isUnicodeIdentifierPart(text.codePointAt(next))) {
            int end = text.offsetByCodePoints(next, 1);
            throw new MappingSyntaxException(
                    positions.apply(start),
                    "Expected a number, found '" + text.substring(start, end)
                            + "'. A name that starts with a digit stands in double quotes.");
        }
        tokens.add(new MappingToken(Kind.NUMBER, text.substring(start, next), start));
    }

    private void readQuoted(char quote, Kind kind) throws MappingSyntaxException {
        int start = next;
        StringBuilder content = new StringBuilder();
        next++;
        while (next < text.length()) {
            char character = text.charAt(next++);
            if (character != quote) {
                content.append(character);
            } else if (next < text.length() && text.charAt(next) == quote) {
                content.append(quote);
                next++;
            } else {
                if (kind == Kind.QUOTED_NAME && content.isEmpty()) {
                    throw new MappingSyntaxException(positions.apply(start), "Expected a name, found empty quotes.");
                }
                tokens.add(new MappingToken(kind, content.toString(), start));
                return;
            }
        }
        String what = kind == Kind.TEXT ? "Text" : "Name";
        throw new MappingSyntaxException(
                positions.apply(start),
                what + " has no closing quote: " + SchemaProblem.excerpt(text.substring(start)) + ".");
    }

    private void readSymbol() throws MappingSyntaxException {
        if (text.startsWith("==", next)) {
            throw new MappingSyntaxException(positions.apply(next), "Unexpected '=='. Equality is written '='.");
        }
        for (String symbol : SYMBOLS) {
            if (text.startsWith(symbol, next)) {
                tokens.add(new MappingToken(Kind.SYMBOL, symbol, next));
                next += symbol.length();
                return;
            }
        }
        String found = text.substring(next, text.offsetByCodePoints(next, 1));
        String hint = text.startsWith("||", next)
                ? " Texts are joined by concat(a, b)."
                : found.equals("`") ? " An unusual column name stands in double quotes." : "";
        throw new MappingSyntaxException(positions.apply(next), "Unexpected character '" + found + "'." + hint);
    }

    private void skipDigits() {
        while (isDigit(next)) {
            next++;
        }
    }

    private boolean isDigit(int index) {
        return index < text.length() && text.charAt(index) >= '0' && text.charAt(index) <= '9';
    }

    private boolean follows(Kind first, Kind second) {
        if (tokens.isEmpty()) {
            return false;
        }
        Kind last = tokens.getLast().kind();
        return last == first || last == second;
    }
}
