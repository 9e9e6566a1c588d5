package io.spangraph.server.bolt.session;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.model.SourcePosition;
import io.spangraph.model.value.Value;
import io.spangraph.server.bolt.message.BoltResponse.Failure;
import io.spangraph.server.query.ErrorText;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Errors as Bolt clients read them. Codes and GQL statuses are those of {@link QueryErrorCode}, as with every door. */
final class FailureForm {
    private FailureForm() {}

    static Failure of(QueryException failure) {
        QueryErrorCode code = failure.code();
        return new Failure(
                code.neo4jStatus(),
                ErrorText.of(failure),
                code.gqlStatus(),
                description(code),
                diagnostics(failure),
                Optional.empty());
    }

    /** The text of the GQL status: its class, then the condition. */
    private static String description(QueryErrorCode code) {
        String condition = code.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return "error: " + gqlClass(code.gqlStatus()) + " - " + condition;
    }

    private static String gqlClass(String status) {
        return switch (status.substring(0, 2)) {
            case "08" -> "connection exception";
            case "0A" -> "feature not supported";
            case "22" -> "data exception";
            case "25" -> "invalid transaction state";
            case "42" -> "syntax error or access rule violation";
            case "54" -> "program limit exceeded";
            case "58" -> "system error";
            case String other -> "general processing exception";
        };
    }

    private static Map<String, Value> diagnostics(QueryException failure) {
        Map<String, Value> entries = Diagnostics.common();
        entries.put("_classification", Value.of(classification(failure.code())));
        failure.position().ifPresent(place -> entries.put("_position", position(place)));
        failure.hint().ifPresent(hint -> entries.put("hint", Value.of(hint)));
        return entries;
    }

    /** Who has to act, in the words of Neo4j's codes. */
    private static String classification(QueryErrorCode code) {
        String kind = code.neo4jStatus().split("\\.")[1];
        return kind.replace("Error", "_ERROR").toUpperCase(Locale.ROOT);
    }

    static Value position(SourcePosition place) {
        Map<String, Value> entries = new LinkedHashMap<>();
        entries.put("offset", Value.of((long) place.offset()));
        entries.put("line", Value.of((long) place.line()));
        entries.put("column", Value.of((long) place.column()));
        return new Value.MapValue(entries);
    }
}
