package io.spangraph.engine.expr;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All scalar functions, by name. One registry, so that translators, rules and evaluation know the same functions. */
public final class ScalarFunctions {
    private static final Map<String, ScalarFunction> BY_NAME = index();
    private static final Set<String> INTERNAL =
            Set.of("elementidkeys", "mapmerge", "istyped", "epochfrom", "epochafter");
    private static final Set<String> VOLATILE = Set.of(
            "rand",
            "randomuuid",
            "date.realtime",
            "time.realtime",
            "localtime.realtime",
            "datetime.realtime",
            "localdatetime.realtime");

    private ScalarFunctions() {}

    /** The function of this name, in any case. */
    public static Optional<ScalarFunction> find(String name) {
        return Optional.ofNullable(BY_NAME.get(name.toLowerCase(Locale.ROOT)));
    }

    /** True for a function that may give another value each time it is called, so that no call can stand for another. */
    public static boolean isVolatile(String name) {
        return VOLATILE.contains(name.toLowerCase(Locale.ROOT));
    }

    /** True for a function that only rules and translators write into plans; no query can call it by name. */
    public static boolean isInternal(String name) {
        return INTERNAL.contains(name.toLowerCase(Locale.ROOT));
    }

    /** Every function that a query can call, in alphabetical order. */
    public static List<ScalarFunction> all() {
        return BY_NAME.values().stream()
                .filter(function -> !isInternal(function.name()))
                .toList();
    }

    /** The names as Cypher spells them, for a did-you-mean. */
    public static List<String> names() {
        return all().stream().map(ScalarFunction::name).toList();
    }

    private static Map<String, ScalarFunction> index() {
        Map<String, ScalarFunction> byName = new TreeMap<>();
        Stream.of(
                        EntityFunctions.all(),
                        ListFunctions.all(),
                        NumberFunctions.all(),
                        ConversionFunctions.all(),
                        TextFunctions.all(),
                        TemporalFunctions.all(),
                        EpochFunctions.all(),
                        ServerFunctions.all())
                .flatMap(List::stream)
                .forEach(function -> byName.put(function.name().toLowerCase(Locale.ROOT), function));
        return byName;
    }
}
