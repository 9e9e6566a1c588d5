package io.spangraph.server.bolt.session;

import io.spangraph.engine.explain.PlanDescription;
import io.spangraph.engine.explain.PlanDescription.Profile;
import io.spangraph.engine.explain.PlanDescriptionPrinter;
import io.spangraph.model.value.Value;
import java.util.LinkedHashMap;
import java.util.Map;

/** Plans as drivers read them. */
final class PlanForm {
    private PlanForm() {}

    /**
     * The whole plan.
     *
     * @param receipt goes to the arguments of the root: most drivers show those, and no member they do not know
     */
    static Value of(PlanDescription plan, Value receipt) {
        Map<String, Value> root = new LinkedHashMap<>();
        root.put("string-representation", Value.of(PlanDescriptionPrinter.print(plan)));
        root.put("planner", Value.of("Spangraph"));
        root.put("runtime", Value.of("Spangraph"));
        root.put("version", Value.of("5"));
        root.put("receipt", receipt);
        return operator(plan, root);
    }

    private static Value operator(PlanDescription plan, Map<String, Value> arguments) {
        arguments.put("Details", Value.of(plan.details()));
        plan.arguments().forEach((name, argument) -> arguments.put(name, value(argument)));
        Map<String, Value> entries = new LinkedHashMap<>();
        entries.put("operatorType", Value.of(plan.operator()));
        entries.put(
                "identifiers", Value.of(plan.variables().stream().map(Value::of).toList()));
        plan.profile().ifPresent(profile -> putProfile(entries, arguments, profile));
        entries.put("args", new Value.MapValue(arguments));
        entries.put(
                "children",
                Value.of(plan.children().stream()
                        .map(child -> operator(child, new LinkedHashMap<>()))
                        .toList()));
        return new Value.MapValue(entries);
    }

    /** Members that describe a page cache and its hits have no meaning here, but clients ask for them. */
    private static void putProfile(Map<String, Value> entries, Map<String, Value> arguments, Profile profile) {
        entries.put("dbHits", Value.of(0L));
        entries.put("rows", Value.of(profile.rows()));
        entries.put("pageCacheHits", Value.of(0L));
        entries.put("pageCacheMisses", Value.of(0L));
        entries.put("pageCacheHitRatio", Value.of(0.0));
        entries.put("time", Value.of(profile.nanos()));
        arguments.put("DbHits", Value.of(0L));
        arguments.put("Rows", Value.of(profile.rows()));
        arguments.put("Time", Value.of(profile.nanos()));
        arguments.put("Batches", Value.of(profile.batches()));
        arguments.put("BytesRead", Value.of(profile.bytesRead()));
        arguments.put("FilesRead", Value.of(profile.filesRead()));
    }

    private static Value value(Object argument) {
        return switch (argument) {
            case Boolean flag -> Value.of(flag.booleanValue());
            case Double number -> Value.of(number.doubleValue());
            case Number number -> Value.of(number.longValue());
            case Object other -> Value.of(other.toString());
        };
    }
}
