package io.spangraph.engine.procedure;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.model.DidYouMean;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * All procedures, by name. One registry, so that translators, operators and documentation know the same procedures; a
 * further one is an entry in one of its lists.
 */
public final class Procedures {
    private static final Map<String, Procedure> BY_NAME = index(Stream.of(
            SchemaNames.all(),
            SchemaProcedures.all(),
            ServerProcedures.all(),
            List.of(ShowProcedures.procedure(), ShowFunctions.procedure()),
            MetaProcedures.all()));

    private Procedures() {}

    /** The procedure of exactly this name. */
    public static Optional<Procedure> find(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** What a plan names: a procedure or a SHOW command; or an error that names what was meant. */
    public static Procedure require(String name) {
        return find(name)
                .or(() -> ShowCommands.find(name))
                .orElseThrow(() -> QueryException.of(
                                QueryErrorCode.PROCEDURE_NOT_FOUND,
                                "There is no procedure with the name `" + name
                                        + "` registered for this database instance."
                                        + DidYouMean.hint(name, names()))
                        .withHint("SHOW PROCEDURES lists them all; names are case-sensitive."));
    }

    /** Every procedure, in alphabetical order. */
    public static List<Procedure> all() {
        return List.copyOf(BY_NAME.values());
    }

    public static List<String> names() {
        return List.copyOf(BY_NAME.keySet());
    }

    static Map<String, Procedure> index(Stream<List<Procedure>> lists) {
        Map<String, Procedure> byName = new TreeMap<>();
        lists.flatMap(List::stream).forEach(procedure -> {
            if (byName.put(procedure.name(), procedure) != null) {
                throw new IllegalStateException("two procedures of the name " + procedure.name());
            }
        });
        return byName;
    }
}
