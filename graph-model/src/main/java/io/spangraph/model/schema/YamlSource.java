package io.spangraph.model.schema;

import io.spangraph.model.SourcePosition;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * The text of a mapping and its tree of nodes. It is read as nodes and not as maps, because nodes know where they stand
 * and a problem must say that.
 */
final class YamlSource {
    /** Longest mapping in characters. */
    static final int MAX_LENGTH = 1 << 20;

    /** Deepest nesting of maps and lists; a mapping needs seven levels. */
    static final int MAX_DEPTH = 30;

    /** Most uses of an anchor. */
    static final int MAX_ALIASES = 100;

    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setUseMarks(true)
            .setCodePointLimit(MAX_LENGTH + 1)
            .build();

    private final String text;

    YamlSource(String text) {
        this.text = text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /** The root node; empty when the text is blank, and when it is not YAML, which is then a problem. */
    Optional<Node> compose(ProblemLog problems) {
        if (text.length() > MAX_LENGTH) {
            problems.add(
                    SourcePosition.START,
                    "The mapping has " + text.length() + " characters; at most " + MAX_LENGTH + " are allowed.");
            return Optional.empty();
        }
        try {
            return withinLimits(problems) ? new Compose(SETTINGS).composeString(text) : Optional.empty();
        } catch (MarkedYamlEngineException malformed) {
            SourcePosition place =
                    malformed.getProblemMark().map(this::position).orElse(SourcePosition.START);
            problems.add(place, "This is not YAML: " + malformed.getProblem() + ".");
        } catch (ReaderException malformed) {
            problems.add(
                    positionAt(Math.min(malformed.getPosition(), text.length())),
                    "This is not YAML: character U+" + "%04X".formatted(malformed.getCodePoint()) + " is not allowed.");
        } catch (YamlEngineException malformed) {
            problems.add(SourcePosition.START, "This is not YAML: " + malformed.getMessage() + ".");
        }
        return Optional.empty();
    }

    /** Counts before any tree is built: the composer calls itself for each level. */
    private boolean withinLimits(ProblemLog problems) {
        int depth = 0;
        int aliases = 0;
        for (Event event : new Parse(SETTINGS).parseString(text)) {
            Event.ID kind = event.getEventId();
            if (kind == Event.ID.MappingStart || kind == Event.ID.SequenceStart) {
                depth++;
            } else if (kind == Event.ID.MappingEnd || kind == Event.ID.SequenceEnd) {
                depth--;
            } else if (kind == Event.ID.Alias) {
                aliases++;
            }
            if (depth > MAX_DEPTH || aliases > MAX_ALIASES) {
                String message = depth > MAX_DEPTH
                        ? "Maps and lists nest deeper than " + MAX_DEPTH + " levels."
                        : "More than " + MAX_ALIASES + " aliases.";
                problems.add(event.getStartMark().map(this::position).orElse(SourcePosition.START), message);
                return false;
            }
        }
        return true;
    }

    SourcePosition position(Node node) {
        return node.getStartMark().map(this::position).orElse(SourcePosition.START);
    }

    private SourcePosition position(Mark mark) {
        int offset = text.offsetByCodePoints(0, Math.min(mark.getIndex(), text.codePointCount(0, text.length())));
        return new SourcePosition(mark.getLine() + 1, mark.getColumn() + 1, offset);
    }

    private SourcePosition positionAt(int offset) {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < offset; i++) {
            if (text.charAt(i) == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        return new SourcePosition(line, text.codePointCount(lineStart, offset) + 1, offset);
    }

    /**
     * The place of a character of a scalar's value. Quotes, escapes and line folding make the value differ from the
     * text, so both are walked side by side; a run of blanks stands for a run of blanks, however long each is.
     */
    SourcePosition positionInScalar(ScalarNode scalar, int valueOffset) {
        ScalarStyle style = scalar.getScalarStyle();
        String value = scalar.getValue();
        int place = position(scalar).offset();
        if (style == ScalarStyle.LITERAL || style == ScalarStyle.FOLDED) {
            int endOfHeader = text.indexOf('\n', place);
            place = endOfHeader < 0 ? place : endOfHeader;
        } else if (style == ScalarStyle.SINGLE_QUOTED || style == ScalarStyle.DOUBLE_QUOTED) {
            place++;
        }
        int target = Math.min(valueOffset, value.length());
        for (int i = 0; i < target; i++) {
            place = skip(style, value.charAt(i), place);
        }
        boolean visible = target < value.length() && !Character.isWhitespace(value.charAt(target));
        return positionAt(Math.min(visible ? skipBlanks(place) : place, text.length()));
    }

    private int skip(ScalarStyle style, char character, int place) {
        if (Character.isWhitespace(character)) {
            boolean escaped = style == ScalarStyle.DOUBLE_QUOTED && at(place) == '\\';
            return escaped ? place + escapeLength(place) : place;
        }
        int start = skipBlanks(place);
        if (style == ScalarStyle.SINGLE_QUOTED && character == '\'') {
            return start + 2;
        }
        return start + (style == ScalarStyle.DOUBLE_QUOTED && at(start) == '\\' ? escapeLength(start) : 1);
    }

    private int escapeLength(int place) {
        return switch (at(place + 1)) {
            case 'x' -> 4;
            case 'u' -> 6;
            case 'U' -> 10;
            default -> 2;
        };
    }

    private int skipBlanks(int place) {
        int next = place;
        while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
            next++;
        }
        return next;
    }

    private char at(int place) {
        return place < text.length() ? text.charAt(place) : '\0';
    }
}
