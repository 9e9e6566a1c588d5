package io.spangraph.cypher.bind;

import io.spangraph.cypher.ast.AstExpression;
import io.spangraph.cypher.ast.AstExpression.Call;
import io.spangraph.cypher.ast.AstExpression.Name;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a query asks a path for. The parts are columns of their own beside the pattern, so that a query that only asks
 * for the length of a path never builds one.
 */
public enum PathPart {
    LENGTH("length", StaticType.INTEGER),
    NODES("nodes", StaticType.LIST),
    RELATIONSHIPS("relationships", StaticType.RELATIONSHIPS),
    WHOLE("", StaticType.PATH);

    /** What no name of a query starts with, so that parts never meet one. */
    private static final String HIDDEN = "\u0000";

    private final String function;
    private final StaticType type;

    PathPart(String function, StaticType type) {
        this.function = function;
        this.type = type;
    }

    public StaticType type() {
        return type;
    }

    /** The name of the part in a scope. */
    public String nameOf(String path) {
        return this == WHOLE ? path : HIDDEN + function + "(" + path + ")";
    }

    /** The part that a call asks a variable for. */
    public static Optional<PathPart> asked(AstExpression expression) {
        if (!(expression instanceof Call call)
                || call.arguments().size() != 1
                || !(call.arguments().getFirst() instanceof Name)) {
            return Optional.empty();
        }
        return Arrays.stream(values())
                .filter(part -> part.function.equalsIgnoreCase(call.function()))
                .findFirst();
    }

    static boolean isHidden(String name) {
        return name.startsWith(HIDDEN);
    }

    /** A name as its author knows it. */
    public static String display(String name) {
        return isHidden(name) ? name.substring(HIDDEN.length()) : name;
    }
}
