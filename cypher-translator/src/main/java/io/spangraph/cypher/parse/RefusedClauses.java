package io.spangraph.cypher.parse;

import io.spangraph.cypher.error.CypherErrors;
import io.spangraph.cypher.shaded.antlr.ParserRuleContext;
import io.spangraph.engine.context.QueryException;
import io.spangraph.model.SourcePosition;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.CommandContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.CreateClauseContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.DeleteClauseContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.FilterClauseContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.ForeachClauseContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.InsertClauseContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.LetClauseContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.LoadCSVClauseContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.MergeClauseContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.OrderBySkipLimitClauseContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.RemoveClauseContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.SetClauseContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.UseClauseContext;

/** The errors for clauses that do not run here: those that write, and those that are not there yet. */
final class RefusedClauses {
    private RefusedClauses() {}

    static QueryException clause(ParserRuleContext context, SourceText source) {
        SourcePosition position = source.position(context.getStart());
        return switch (context) {
            case CreateClauseContext write -> CypherErrors.readOnly("CREATE", position);
            case InsertClauseContext write -> CypherErrors.readOnly("INSERT", position);
            case MergeClauseContext write -> CypherErrors.readOnly("MERGE", position);
            case SetClauseContext write -> CypherErrors.readOnly("SET", position);
            case RemoveClauseContext write -> CypherErrors.readOnly("REMOVE", position);
            case DeleteClauseContext write ->
                CypherErrors.readOnly(write.DETACH() != null ? "DETACH DELETE" : "DELETE", position);
            case ForeachClauseContext write -> CypherErrors.readOnly("FOREACH", position);
            case LoadCSVClauseContext write -> CypherErrors.readOnly("LOAD CSV", position);
            case LetClauseContext let ->
                CypherErrors.unsupported("LET", false, position)
                        .withHint("Write WITH *, <expression> AS <name> instead.");
            case FilterClauseContext filter ->
                CypherErrors.unsupported("FILTER", false, position).withHint("Write WITH * WHERE <condition> instead.");
            case OrderBySkipLimitClauseContext order ->
                CypherErrors.unsupported("ORDER BY, SKIP and LIMIT as clauses of their own", true, position)
                        .withHint("Write WITH * before them.");
            case UseClauseContext use ->
                CypherErrors.syntax("USE can only be used at the beginning of a query", position);
            default -> CypherErrors.unsupported(firstWords(context, 1, source), false, position);
        };
    }

    /** An administration command, which is named by its first two words: {@code CREATE INDEX}. */
    static QueryException command(CommandContext context, SourceText source) {
        return CypherErrors.unsupported(
                "The command " + firstWords(context, 2, source), false, source.position(context.getStart()));
    }

    private static String firstWords(ParserRuleContext context, int count, SourceText source) {
        return Arrays.stream(source.slice(context).split("\\s+", count + 1))
                .limit(count)
                .map(word -> word.toUpperCase(Locale.ROOT))
                .collect(Collectors.joining(" "));
    }
}
