package io.spangraph.cypher.bind;

import io.spangraph.cypher.ast.AstExpression;
import io.spangraph.cypher.error.CypherErrors;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Refuses values whose type is wrong for sure, in Neo4j's words. What may be right is left to the run. */
public final class TypeCheck {
    private TypeCheck() {}

    public static void expect(TypedExpression actual, AstExpression written, StaticType... expected) {
        expect(actual.type(), written, expected);
    }

    static void expect(StaticType actual, AstExpression written, StaticType... expected) {
        if (Arrays.stream(expected).noneMatch(actual::mayBe)) {
            throw CypherErrors.type(
                    "Type mismatch: expected " + either(Arrays.asList(expected)) + " but was " + actual.spelling(),
                    written.place().position());
        }
    }

    private static String either(List<StaticType> types) {
        List<String> names = types.stream().map(StaticType::spelling).toList();
        return names.size() == 1
                ? names.getFirst()
                : names.stream().limit(names.size() - 1L).collect(Collectors.joining(", ")) + " or " + names.getLast();
    }
}
