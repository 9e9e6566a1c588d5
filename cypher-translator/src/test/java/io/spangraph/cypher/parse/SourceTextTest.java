package io.spangraph.cypher.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.model.SourcePosition;
import org.junit.jupiter.api.Test;

/** Positions are those of an editor, whatever stands before them. */
class SourceTextTest {
    @Test
    void countsLinesOfEveryKind() {
        SourceText text = new SourceText("a\nb\r\nc\rd");

        assertThat(text.position(0)).isEqualTo(new SourcePosition(1, 1, 0));
        assertThat(text.position(2)).isEqualTo(new SourcePosition(2, 1, 2));
        assertThat(text.position(5)).isEqualTo(new SourcePosition(3, 1, 5));
        assertThat(text.position(7)).isEqualTo(new SourcePosition(4, 1, 7));
    }

    @Test
    void endsOneBehindTheText() {
        assertThat(new SourceText("ab").position(2)).isEqualTo(new SourcePosition(1, 3, 2));
        assertThat(new SourceText("").position(0)).isEqualTo(SourcePosition.START);
    }

    @Test
    void givesTheLineOfAPosition() {
        SourceText text = new SourceText("one\n  -- two  \nthree");

        assertThat(text.line(text.position(5))).isEqualTo("-- two");
        assertThat(text.line(text.position(18))).isEqualTo("three");
    }
}
