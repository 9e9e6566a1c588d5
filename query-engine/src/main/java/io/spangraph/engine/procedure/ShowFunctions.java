package io.spangraph.engine.procedure;

import io.spangraph.engine.expr.AggregateCall.AggregateFunction;
import io.spangraph.engine.expr.ScalarFunction;
import io.spangraph.engine.expr.ScalarFunctions;
import io.spangraph.engine.procedure.Procedure.Column;
import io.spangraph.engine.procedure.Procedure.Reads;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** {@code SHOW FUNCTIONS} and {@code dbms.functions}: scalar functions and aggregates. */
final class ShowFunctions {
    private static final String USER_DEFINED = "user-defined";
    private static final String ANY = ValueType.ANY.spelling();

    private ShowFunctions() {}

    /** A function as clients see it. */
    private record Shown(String name, boolean aggregating, int minArguments, int maxArguments, String description) {
        static Shown of(ScalarFunction function) {
            return new Shown(
                    function.name(), false, function.minArguments(), function.maxArguments(), function.description());
        }

        static Shown of(AggregateFunction function) {
            return new Shown(
                    function.spelling(),
                    true,
                    Math.max(1, function.arity()),
                    Math.max(1, function.arity()),
                    "One value made of those of a group.");
        }

        String category() {
            return aggregating ? "Aggregating" : "Scalar";
        }

        /** Names of those that can be told apart; a function of any number of arguments has one more. */
        List<String> argumentNames() {
            int named = maxArguments == Integer.MAX_VALUE ? minArguments + 1 : maxArguments;
            return named == 1
                    ? List.of("input")
                    : IntStream.rangeClosed(1, named)
                            .mapToObj(number -> "input" + number)
                            .toList();
        }

        String signature() {
            return argumentNames().stream()
                    .map(argument -> argument + " :: " + ANY)
                    .collect(Collectors.joining(", ", name + "(", ") :: " + ANY));
        }
    }

    private static Collection<Shown> shown() {
        Map<String, Shown> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        ScalarFunctions.all().forEach(function -> byName.put(function.name(), Shown.of(function)));
        for (AggregateFunction function : AggregateFunction.values()) {
            byName.put(function.spelling(), Shown.of(function));
        }
        return byName.values();
    }

    static Procedure command() {
        return new Procedure(
                "SHOW FUNCTIONS",
                "The functions that expressions can call.",
                List.of(
                        ShowCommands.optional("type", ValueType.STRING, "'built-in' or 'user-defined'; of these none."),
                        ShowCommands.optional("executableBy", ValueType.STRING, "A user; everyone may call them all.")),
                List.of(
                        Column.of("name", ValueType.STRING, "The name."),
                        Column.of("category", ValueType.STRING, "'Scalar' or 'Aggregating'."),
                        Column.of("description", ValueType.STRING, "What it computes."),
                        Column.onDemand("signature", ValueType.STRING, "Arguments and result with their types."),
                        Column.onDemand("isBuiltIn", ValueType.BOOLEAN, "Always true."),
                        Column.onDemand("argumentDescription", ValueType.MAPS, "The arguments."),
                        Column.onDemand("returnDescription", ValueType.STRING, "The result's type."),
                        Column.onDemand("aggregating", ValueType.BOOLEAN, "Whether it aggregates a group."),
                        Column.onDemand("rolesExecution", ValueType.STRINGS, "Null: all roles."),
                        Column.onDemand("rolesBoostedExecution", ValueType.STRINGS, "Null: none."),
                        Column.onDemand("isDeprecated", ValueType.BOOLEAN, "Always false."),
                        Column.onDemand("deprecatedBy", ValueType.STRING, "Always null.")),
                Reads.NO_ROWS,
                (arguments, context) -> arguments.getFirst().equals(Value.of(USER_DEFINED))
                        ? Stream.empty()
                        : shown().stream().map(ShowFunctions::row));
    }

    static Procedure procedure() {
        return new Procedure(
                "dbms.functions",
                "The functions that expressions can call.",
                List.of(),
                List.of(
                        Column.of("name", ValueType.STRING, "The name."),
                        Column.of("signature", ValueType.STRING, "Arguments and result with their types."),
                        Column.of("category", ValueType.STRING, "'Scalar' or 'Aggregating'."),
                        Column.of("description", ValueType.STRING, "What it computes."),
                        Column.of("aggregating", ValueType.BOOLEAN, "Whether it aggregates a group.")),
                Reads.NO_ROWS,
                (arguments, context) -> shown().stream()
                        .map(function -> List.of(
                                Value.of(function.name()),
                                Value.of(function.signature()),
                                Value.of(function.category()),
                                Value.of(function.description()),
                                Value.of(function.aggregating()))));
    }

    private static List<Value> row(Shown function) {
        List<Value> arguments = new ArrayList<>();
        for (String argument : function.argumentNames()) {
            arguments.add(new Value.MapValue(ShowProcedures.described(argument, ANY, argument + " :: " + ANY)));
        }
        return List.of(
                Value.of(function.name()),
                Value.of(function.category()),
                Value.of(function.description()),
                Value.of(function.signature()),
                Value.TRUE,
                Value.of(arguments),
                Value.of(ANY),
                Value.of(function.aggregating()),
                Value.NULL,
                Value.NULL,
                Value.FALSE,
                Value.NULL);
    }
}
