package io.spangraph.engine.expr;

import io.spangraph.model.value.Value;
import java.util.List;

/**
 * Tests values against types as Cypher spells them: {@code INTEGER}, {@code LIST<STRING NOT NULL> NOT NULL},
 * {@code INTEGER | FLOAT}. Null is of every type that does not say otherwise.
 */
final class ValueTypes {
    private static final String NOT_NULL = " NOT NULL";
    private static final String LIST = "LIST<";

    private ValueTypes() {}

    static boolean matches(Value value, String type) {
        int depth = 0;
        int start = 0;
        for (int i = 0; i < type.length(); i++) {
            char c = type.charAt(i);
            depth += c == '<' ? 1 : c == '>' ? -1 : 0;
            if (c == '|' && depth == 0) {
                if (matchesOne(value, type.substring(start, i).strip())) {
                    return true;
                }
                start = i + 1;
            }
        }
        return matchesOne(value, type.substring(start).strip());
    }

    private static boolean matchesOne(Value value, String type) {
        boolean required = type.endsWith(NOT_NULL);
        String name = required ? type.substring(0, type.length() - NOT_NULL.length()) : type;
        if (value.isNull()) {
            return !required && !name.equals("NOTHING");
        }
        if (name.startsWith(LIST)) {
            String inner = name.substring(LIST.length(), name.length() - 1);
            return value instanceof Value.ListValue(List<Value> elements)
                    && elements.stream().allMatch(element -> matches(element, inner));
        }
        return switch (name) {
            case "ANY" -> true;
            case "NULL", "NOTHING" -> false;
            case "PROPERTY VALUE" -> isStorable(value);
            default -> ConversionFunctions.typeName(value).equals(name);
        };
    }

    private static boolean isStorable(Value value) {
        return switch (value) {
            case Value.ListValue(List<Value> elements) -> elements.stream().allMatch(ValueTypes::isStorable);
            case Value.MapValue map -> false;
            case Value.NodeValue node -> false;
            case Value.RelationshipValue edge -> false;
            case Value.PathValue path -> false;
            case Value scalar -> true;
        };
    }
}
