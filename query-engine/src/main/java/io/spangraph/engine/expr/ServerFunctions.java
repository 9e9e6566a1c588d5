package io.spangraph.engine.expr;

import io.spangraph.model.value.Value;
import java.util.List;

/** What tools ask a server for in expressions. */
public final class ServerFunctions {
    /** The version that clients may take the server for: three numbers, since some cut it apart. */
    public static final String COMPATIBLE_VERSION = "5.26.0";

    private ServerFunctions() {}

    static List<ScalarFunction> all() {
        return List.of(new ScalarFunction(
                "apoc.version",
                0,
                0,
                false,
                "The version of APOC that the apoc procedures here follow.",
                (arguments, context) -> Value.of(COMPATIBLE_VERSION)));
    }
}
