package io.spangraph.cypher.translate;

import io.spangraph.cypher.ast.AstClause;
import io.spangraph.cypher.ast.AstClause.CallSubquery;
import io.spangraph.cypher.ast.AstClause.Importing;
import io.spangraph.cypher.ast.AstClause.Projection;
import io.spangraph.cypher.ast.AstClause.With;
import io.spangraph.cypher.ast.AstExpression.Name;
import io.spangraph.cypher.ast.AstMentions;
import io.spangraph.cypher.ast.AstQuery.SingleQuery;
import io.spangraph.cypher.bind.Scope;
import io.spangraph.cypher.error.CypherErrors;
import io.spangraph.cypher.translate.QueryTranslator.Translated;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.LogicalPlan.Apply;
import io.spangraph.engine.plan.LogicalPlan.ApplyKind;
import io.spangraph.engine.plan.LogicalPlan.Argument;
import io.spangraph.engine.plan.LogicalPlan.Join;
import io.spangraph.engine.plan.LogicalPlan.SingleRow;
import io.spangraph.engine.plan.QueryPlan.ResultColumn;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Translates {@code CALL { ... }}: each row with the rows that the query in braces gives for it. */
final class CallTranslator {
    private final QueryTranslator queries;

    CallTranslator(QueryTranslator queries) {
        this.queries = queries;
    }

    Part translate(CallSubquery call, Part before) {
        boolean imports = call.query().parts().stream()
                .anyMatch(part -> !imported(call, part, before.scope()).names().isEmpty());
        // What does not look at the row is evaluated once; to keep a row without results takes looking at it.
        boolean once = !imports && !call.optional();
        List<Variable> row = before.plan().variables();
        LogicalPlan start = once ? new SingleRow() : new Argument(row);
        Translated inner = queries.union(
                call.query().parts(), call.query().combination(), part -> part(call, part, start, row, before.scope()));
        refuseKnown(inner, call, before.scope());
        LogicalPlan plan = once ? once(before, inner) : apply(call, before, inner);
        return new Part(plan, before.scope().hiddenBy(inner.scope()));
    }

    private static LogicalPlan once(Part before, Translated inner) {
        return before.isStart() ? inner.plan() : new Join(before.plan(), inner.plan(), List.of());
    }

    private static LogicalPlan apply(CallSubquery call, Part before, Translated inner) {
        return new Apply(before.plan(), inner.plan(), call.optional() ? ApplyKind.OPTIONAL : ApplyKind.INNER);
    }

    private Translated part(CallSubquery call, SingleQuery part, LogicalPlan start, List<Variable> row, Scope before) {
        Scope imported = imported(call, part, before);
        boolean byWith = call.importing() == Importing.WITH;
        List<AstClause> clauses = byWith && isImport(part.clauses().getFirst())
                ? part.clauses().subList(1, part.clauses().size())
                : part.clauses();
        // Names imported by WITH are gone behind the next one, those in parentheses stay.
        OuterRow outer = byWith ? OuterRow.none() : new OuterRow(row, imported);
        return queries.single(clauses, new Part(start, imported.within(before)), outer);
    }

    private static Scope imported(CallSubquery call, SingleQuery part, Scope before) {
        return switch (call.importing()) {
            case ALL -> before;
            case LISTED -> {
                Set<String> names = new HashSet<>();
                for (Name name : call.imports()) {
                    requireDefined(name, before);
                    if (!names.add(name.name())) {
                        throw CypherErrors.semantic(
                                "Variable `" + name.name() + "` already declared",
                                name.place().position());
                    }
                }
                yield before.only(names::contains);
            }
            case WITH ->
                part.clauses().getFirst() instanceof With with && isImport(with)
                        ? importedBy(with, before)
                        : Scope.EMPTY;
        };
    }

    /** A first WITH that mentions names can only mean those from outside. */
    private static boolean isImport(AstClause first) {
        if (!(first instanceof With)) {
            return false;
        }
        AstMentions mentions = AstMentions.of(List.of(first));
        return mentions.everything() || !mentions.names().isEmpty();
    }

    private static Scope importedBy(With with, Scope before) {
        Projection projection = with.projection();
        projection.items().stream()
                .filter(item -> !(item.expression() instanceof Name name)
                        || !name.name().equals(item.name()))
                .findFirst()
                .ifPresent(item -> {
                    throw CypherErrors.semantic(
                                    "Importing WITH should consist only of simple references to outside variables."
                                            + " Aliasing or expressions are not supported.",
                                    item.place().position())
                            .withHint("Import the variables by CALL (x, y) { ... }, and compute in a WITH inside.");
                });
        boolean plain = !projection.distinct()
                && projection.orderBy().isEmpty()
                && projection.skip().isEmpty()
                && projection.limit().isEmpty()
                && with.where().isEmpty();
        if (!plain) {
            throw CypherErrors.semantic(
                            "Importing WITH should consist only of simple references to outside variables."
                                    + " DISTINCT, ORDER BY, SKIP, LIMIT and WHERE are not allowed.",
                            with.place().position())
                    .withHint("Write them in a second WITH.");
        }
        projection.items().forEach(item -> requireDefined((Name) item.expression(), before));
        Set<String> names = projection.items().stream().map(item -> item.name()).collect(Collectors.toSet());
        return before.only(name -> projection.all() || names.contains(name));
    }

    private static void requireDefined(Name name, Scope scope) {
        if (scope.find(name.name()).isEmpty()) {
            throw CypherErrors.semantic(
                    "Variable `" + name.name() + "` not defined", name.place().position());
        }
    }

    private static void refuseKnown(Translated inner, CallSubquery call, Scope before) {
        for (ResultColumn column : inner.columns()) {
            if (before.find(column.name()).isPresent()) {
                throw CypherErrors.semantic(
                                "Variable `" + column.name() + "` already declared in outer scope",
                                call.query()
                                        .parts()
                                        .getFirst()
                                        .clauses()
                                        .getLast()
                                        .place()
                                        .position())
                        .withHint("Return it from the subquery under another name.");
            }
        }
    }
}
