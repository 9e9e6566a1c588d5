package io.spangraph.engine.procedure;

import io.spangraph.model.value.Value;
import java.util.List;

/** The type of an argument or of a column of a procedure: what clients read in its signature. */
public enum ValueType {
    ANY("ANY"),
    BOOLEAN("BOOLEAN"),
    INTEGER("INTEGER"),
    STRING("STRING"),
    DURATION("DURATION"),
    MAP("MAP"),
    LIST("LIST<ANY>"),
    STRINGS("LIST<STRING>"),
    MAPS("LIST<MAP>"),
    NODES("LIST<NODE>"),
    RELATIONSHIPS("LIST<RELATIONSHIP>");

    private final String spelling;

    ValueType(String spelling) {
        this.spelling = spelling;
    }

    /** The type as Cypher spells it. */
    public String spelling() {
        return spelling;
    }

    /** Whether an argument of this type takes the value; null is of every type. */
    public boolean accepts(Value value) {
        return value.isNull()
                || switch (this) {
                    case ANY -> true;
                    case BOOLEAN -> value instanceof Value.BooleanValue;
                    case INTEGER -> value instanceof Value.IntegerValue;
                    case STRING -> value instanceof Value.StringValue;
                    case DURATION -> value instanceof Value.DurationValue;
                    case MAP -> value instanceof Value.MapValue;
                    case LIST -> value instanceof Value.ListValue;
                    case STRINGS -> isListOf(value, Value.StringValue.class);
                    case MAPS -> isListOf(value, Value.MapValue.class);
                    case NODES -> isListOf(value, Value.NodeValue.class);
                    case RELATIONSHIPS -> isListOf(value, Value.RelationshipValue.class);
                };
    }

    private static boolean isListOf(Value value, Class<? extends Value> element) {
        return value instanceof Value.ListValue(List<Value> elements)
                && elements.stream().allMatch(one -> one.isNull() || element.isInstance(one));
    }
}
