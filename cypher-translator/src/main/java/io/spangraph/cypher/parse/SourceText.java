package io.spangraph.cypher.parse;

import io.spangraph.cypher.ast.Place;
import io.spangraph.cypher.shaded.antlr.ParserRuleContext;
import io.spangraph.cypher.shaded.antlr.Token;
import io.spangraph.model.SourcePosition;
import java.util.Arrays;

/**
 * The text of a query. The lexer counts code points while Java and editors count UTF-16 units; this class converts, so
 * that an emoji in a string does not shift what stands behind it.
 */
final class SourceText {
    private final String text;
    private final OpenLiterals literals;
    private final int[] astralCodePoints;
    private final int[] lineStarts;

    SourceText(String text) {
        this(text, OpenLiterals.none());
    }

    SourceText(String text, OpenLiterals literals) {
        this.text = text;
        this.literals = literals;
        this.astralCodePoints = astralCodePoints(text);
        this.lineStarts = lineStarts(text);
    }

    String text() {
        return text;
    }

    /** Which of its literals are left open. */
    OpenLiterals literals() {
        return literals;
    }

    Place place(ParserRuleContext context) {
        return place(context.getStart());
    }

    Place place(Token token) {
        return new Place(position(token));
    }

    SourcePosition position(Token token) {
        return position(offset(token.getStartIndex()));
    }

    /** The position of an offset in UTF-16 units. */
    SourcePosition position(int offset) {
        int found = Arrays.binarySearch(lineStarts, offset);
        int line = found >= 0 ? found : -found - 2;
        return new SourcePosition(line + 1, offset - lineStarts[line] + 1, offset);
    }

    /** What stands between the first and the last character of a piece of syntax, as it is written. */
    String slice(ParserRuleContext context) {
        return slice(context.getStart(), context.getStop());
    }

    String slice(Token first, Token last) {
        return text.substring(offset(first.getStartIndex()), offset(last.getStopIndex() + 1));
    }

    /** Appends the length of a word and the word as it is written. */
    void appendWord(Token word, StringBuilder target) {
        int start = offset(word.getStartIndex());
        int end = offset(word.getStopIndex() + 1);
        target.append(end - start).append(':').append(text, start, end);
    }

    /** The line of a position, without its line break. */
    String line(SourcePosition position) {
        int start = lineStarts[position.line() - 1];
        int end = position.line() < lineStarts.length ? lineStarts[position.line()] : text.length();
        return text.substring(start, end).strip();
    }

    private int offset(int codePointIndex) {
        int found = Arrays.binarySearch(astralCodePoints, codePointIndex);
        int before = found >= 0 ? found : -found - 1;
        return Math.min(text.length(), codePointIndex + before);
    }

    private static int[] astralCodePoints(String text) {
        int[] found = new int[16];
        int count = 0;
        int codePoint = 0;
        for (int i = 0; i < text.length(); i++, codePoint++) {
            boolean pair = Character.isHighSurrogate(text.charAt(i))
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (pair) {
                if (count == found.length) {
                    found = Arrays.copyOf(found, count * 2);
                }
                found[count++] = codePoint;
                i++;
            }
        }
        return Arrays.copyOf(found, count);
    }

    private static int[] lineStarts(String text) {
        int[] found = new int[16];
        int count = 1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean lineEnd = c == '\n' || c == '\r' && (i + 1 == text.length() || text.charAt(i + 1) != '\n');
            if (lineEnd) {
                if (count == found.length) {
                    found = Arrays.copyOf(found, count * 2);
                }
                found[count++] = i + 1;
            }
        }
        return Arrays.copyOf(found, count);
    }
}
