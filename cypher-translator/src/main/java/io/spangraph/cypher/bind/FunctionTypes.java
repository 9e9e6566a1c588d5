package io.spangraph.cypher.bind;

import static io.spangraph.cypher.bind.StaticType.ANY;
import static io.spangraph.cypher.bind.StaticType.BOOLEAN;
import static io.spangraph.cypher.bind.StaticType.FLOAT;
import static io.spangraph.cypher.bind.StaticType.INTEGER;
import static io.spangraph.cypher.bind.StaticType.LIST;
import static io.spangraph.cypher.bind.StaticType.MAP;
import static io.spangraph.cypher.bind.StaticType.NODE;
import static io.spangraph.cypher.bind.StaticType.NUMBER;
import static io.spangraph.cypher.bind.StaticType.PATH;
import static io.spangraph.cypher.bind.StaticType.RELATIONSHIP;
import static io.spangraph.cypher.bind.StaticType.STRING;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Types of the arguments and results of scalar functions, as far as they can be checked before a query runs. A function
 * that is not listed takes and gives anything.
 */
final class FunctionTypes {
    private static final Map<String, Signature> BY_NAME = new TreeMap<>();

    /** The types that each argument may have, and that of the result. */
    record Signature(List<StaticType[]> arguments, StaticType result) {
        /** As a hint shows it: {@code (String, Integer)}. */
        @Override
        public String toString() {
            return arguments.stream()
                    .map(types -> Arrays.stream(types).map(StaticType::spelling).collect(Collectors.joining(" or ")))
                    .collect(Collectors.joining(", ", "(", ")"));
        }
    }

    private FunctionTypes() {}

    static {
        put("labels", LIST, of(NODE));
        put("type", STRING, of(RELATIONSHIP));
        put("elementId", STRING, of(NODE, RELATIONSHIP));
        put("id", ANY, of(NODE, RELATIONSHIP));
        put("startNode", NODE, of(RELATIONSHIP));
        put("endNode", NODE, of(RELATIONSHIP));
        put("keys", LIST, of(NODE, RELATIONSHIP, MAP));
        put("properties", MAP, of(NODE, RELATIONSHIP, MAP));
        put("nodes", LIST, of(PATH));
        put("relationships", LIST, of(PATH));
        put("length", INTEGER, of(PATH));
        put("size", INTEGER, of(STRING, LIST));
        put("head", ANY, of(LIST));
        put("last", ANY, of(LIST));
        put("tail", LIST, of(LIST));
        put("reverse", ANY, of(STRING, LIST));
        put("range", LIST, of(INTEGER), of(INTEGER), of(INTEGER));
        put("isEmpty", BOOLEAN, of(STRING, LIST, MAP));
        for (String number : List.of("abs", "sign", "round")) {
            put(number, NUMBER, of(NUMBER));
        }
        for (String number : List.of(
                "ceil",
                "ceiling",
                "floor",
                "sqrt",
                "exp",
                "log",
                "log10",
                "sin",
                "cos",
                "tan",
                "cot",
                "asin",
                "acos",
                "atan",
                "sinh",
                "cosh",
                "coth",
                "tanh",
                "haversin",
                "degrees",
                "radians")) {
            put(number, FLOAT, of(NUMBER));
        }
        for (String text : List.of("toUpper", "upper", "toLower", "lower", "trim", "normalize")) {
            put(text, STRING, of(STRING));
        }
        for (String text : List.of("ltrim", "rtrim", "btrim")) {
            put(text, STRING, of(STRING), of(STRING));
        }
        for (String length : List.of("char_length", "character_length")) {
            put(length, INTEGER, of(STRING));
        }
        for (String list : List.of("toIntegerList", "toFloatList", "toBooleanList", "toStringList")) {
            put(list, LIST, of(LIST));
        }
        put("mapMerge", MAP, of(MAP), of(MAP), of(MAP), of(MAP));
        put("nullIf", ANY, of(ANY), of(ANY));
        put("isNaN", BOOLEAN, of(NUMBER));
        put("valueType", STRING, of(ANY));
        put("left", STRING, of(STRING), of(INTEGER));
        put("right", STRING, of(STRING), of(INTEGER));
        put("substring", STRING, of(STRING), of(INTEGER), of(INTEGER));
        put("replace", STRING, of(STRING), of(STRING), of(STRING));
        put("split", LIST, of(STRING), of(STRING, LIST));
        put("toString", STRING, of(ANY));
        put("toInteger", INTEGER, of(NUMBER, STRING, BOOLEAN));
        put("toFloat", FLOAT, of(NUMBER, STRING));
        put("toBoolean", BOOLEAN, of(BOOLEAN, STRING, INTEGER));
        temporal("date", StaticType.DATE);
        temporal("time", StaticType.TIME);
        temporal("localtime", StaticType.LOCAL_TIME);
        temporal("localdatetime", StaticType.LOCAL_DATE_TIME);
        temporal("datetime", StaticType.DATE_TIME);
        put("datetime.fromEpoch", StaticType.DATE_TIME, of(INTEGER), of(INTEGER));
        put("datetime.fromEpochMillis", StaticType.DATE_TIME, of(INTEGER));
        for (String duration : List.of("", ".between", ".inMonths", ".inDays", ".inSeconds")) {
            put("duration" + duration, StaticType.DURATION);
        }
        put("timestamp", INTEGER);
        put("atan2", FLOAT, of(NUMBER), of(NUMBER));
        put("rand", FLOAT);
        put("randomUUID", STRING);
        put("pi", FLOAT);
        put("e", FLOAT);
    }

    static Optional<Signature> find(String name) {
        return Optional.ofNullable(BY_NAME.get(name.toLowerCase(Locale.ROOT)));
    }

    private static void put(String name, StaticType result, StaticType[]... arguments) {
        BY_NAME.put(name.toLowerCase(Locale.ROOT), new Signature(List.of(arguments), result));
    }

    private static void temporal(String function, StaticType result) {
        put(function, result);
        put(function + ".truncate", result, of(STRING), of(ANY), of(MAP));
        for (String clock : List.of(".transaction", ".statement", ".realtime")) {
            put(function + clock, result, of(STRING));
        }
    }

    private static StaticType[] of(StaticType... types) {
        return types;
    }
}
