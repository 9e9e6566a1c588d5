package io.spangraph.engine.procedure;

import io.spangraph.engine.procedure.Procedure.Column;
import io.spangraph.engine.procedure.Procedure.Reads;
import io.spangraph.model.value.Value;
import java.util.List;
import java.util.stream.Stream;

/** What clients ask a server for when they connect. */
final class ServerProcedures {
    private ServerProcedures() {}

    static List<Procedure> all() {
        return List.of(new Procedure(
                "db.ping",
                "Answers at once: the server is there and the user may query it.",
                List.of(),
                List.of(Column.of("success", ValueType.BOOLEAN, "Always true.")),
                Reads.NO_ROWS,
                (arguments, context) -> Stream.of(List.of(Value.TRUE))));
    }
}
