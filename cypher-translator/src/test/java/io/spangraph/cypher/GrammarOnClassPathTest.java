package io.spangraph.cypher;

import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.cypher.shaded.antlr.CharStreams;
import io.spangraph.cypher.shaded.antlr.CommonTokenStream;
import org.junit.jupiter.api.Test;
import org.neo4j.cypher.internal.parser.v25.Cypher25Lexer;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser;

/** The relocated grammar parses, and the unrelocated ANTLR has not come along. */
class GrammarOnClassPathTest {
    @Test
    void parsesWithTheRelocatedRuntime() {
        var lexer = new Cypher25Lexer(CharStreams.fromString("MATCH (s:Span) RETURN s.name"));
        var parser = new Cypher25Parser(new CommonTokenStream(lexer));

        parser.statements();

        assertThat(parser.getNumberOfSyntaxErrors()).isZero();
    }

    @Test
    void keepsTheUnrelocatedRuntimeAway() {
        assertThat(getClass().getClassLoader().getResource("org/antlr/v4/runtime/Parser.class"))
                .isNull();
    }
}
