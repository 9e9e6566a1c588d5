package io.spangraph.cypher.translate;

import io.spangraph.cypher.ast.AstClause.ProcedureCall;
import io.spangraph.cypher.ast.AstClause.YieldItem;
import io.spangraph.cypher.ast.AstClause.Yields;
import io.spangraph.cypher.ast.AstExpression;
import io.spangraph.cypher.ast.AstExpression.Name;
import io.spangraph.cypher.bind.Binding;
import io.spangraph.cypher.bind.ExpressionBinder;
import io.spangraph.cypher.bind.SchemaNames;
import io.spangraph.cypher.bind.Scope;
import io.spangraph.cypher.bind.StaticType;
import io.spangraph.cypher.bind.Substitution;
import io.spangraph.cypher.bind.TypeCheck;
import io.spangraph.cypher.bind.TypedExpression;
import io.spangraph.cypher.bind.Variables;
import io.spangraph.cypher.error.CypherErrors;
import io.spangraph.cypher.translate.ProjectionTranslator.Projected;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Expression.Parameter;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.expr.Variable.Kind;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.LogicalPlan.Apply;
import io.spangraph.engine.plan.LogicalPlan.ApplyKind;
import io.spangraph.engine.plan.LogicalPlan.Argument;
import io.spangraph.engine.plan.QueryPlan.ResultColumn;
import io.spangraph.engine.procedure.Procedure;
import io.spangraph.engine.procedure.Procedure.Column;
import io.spangraph.engine.procedure.Procedures;
import io.spangraph.engine.procedure.ValueType;
import io.spangraph.model.DidYouMean;
import io.spangraph.model.SourcePosition;
import java.util.ArrayList;
import java.util.List;

/** Translates CALL of a procedure: on its own it answers with its columns, in a query it binds what YIELD names. */
final class ProcedureTranslator {
    private final Variables variables;
    private final SchemaNames schema;
    private final Subqueries subqueries;

    ProcedureTranslator(Variables variables, SchemaNames schema, Subqueries subqueries) {
        this.variables = variables;
        this.schema = schema;
        this.subqueries = subqueries;
    }

    /** @param alone the call is the whole query */
    Projected translate(ProcedureCall call, boolean alone, Part before) {
        Procedure procedure = Procedures.find(call.procedure()).orElseThrow(() -> notFound(call));
        LiftedRows lifted = subqueries.over(before.plan()::variables);
        List<Expression> arguments = arguments(call, procedure, alone, before.scope(), lifted);
        List<LogicalPlan.YieldItem> yields = new ArrayList<>();
        List<ResultColumn> columns = new ArrayList<>();
        Scope scope = before.scope();
        for (Yielded yielded : yielded(call, procedure, alone)) {
            if (scope.find(yielded.name().name()).isPresent()) {
                throw CypherErrors.semantic(
                        "Variable `" + yielded.name().name() + "` already declared",
                        yielded.name().place().position());
            }
            Variable variable = variables.named(yielded.name().name(), Kind.VALUE);
            yields.add(new LogicalPlan.YieldItem(yielded.column().name(), variable));
            columns.add(new ResultColumn(variable.name(), variable));
            scope = scope.with(
                    variable.name(),
                    Binding.value(variable, typeOf(yielded.column().type())));
        }
        LogicalPlan input = call.optional() ? new Argument(before.plan().variables()) : before.plan();
        LogicalPlan rows = new LogicalPlan.ProcedureCall(lifted.over(input), call.procedure(), arguments, yields);
        return new Projected(new Part(joined(call, new Part(rows, scope), before), scope), columns);
    }

    /** A column, and the name that it gets. */
    private record Yielded(Column column, Name name) {}

    private LogicalPlan joined(ProcedureCall call, Part rows, Part before) {
        LogicalPlan found = call.where()
                .map(condition -> subqueries.filtered(rows, condition))
                .orElse(rows)
                .plan();
        return call.optional() ? new Apply(before.plan(), found, ApplyKind.OPTIONAL) : found;
    }

    private List<Expression> arguments(
            ProcedureCall call, Procedure procedure, boolean alone, Scope scope, LiftedRows lifted) {
        if (call.arguments().isEmpty()) {
            return implicitArguments(call, procedure, alone);
        }
        List<AstExpression> written = call.arguments().get();
        if (written.size() < procedure.requiredArguments()
                || written.size() > procedure.arguments().size()) {
            throw wrongCount(call, procedure, written.size());
        }
        ExpressionBinder binder = new ExpressionBinder(scope, schema, variables, Substitution.none(), lifted);
        List<Expression> arguments = new ArrayList<>();
        for (int i = 0; i < written.size(); i++) {
            TypedExpression bound = binder.bind(written.get(i));
            TypeCheck.expect(
                    bound, written.get(i), typeOf(procedure.arguments().get(i).type()));
            arguments.add(bound.expression());
        }
        return arguments;
    }

    private static List<Expression> implicitArguments(ProcedureCall call, Procedure procedure, boolean alone) {
        if (!alone) {
            throw CypherErrors.semantic(
                    "Procedure call inside a query does not support passing arguments implicitly"
                            + " (pass explicitly after procedure name instead)",
                    call.name().position());
        }
        return procedure.arguments().stream()
                .filter(argument -> argument.defaultValue().isEmpty())
                .<Expression>map(argument -> new Parameter(argument.name()))
                .toList();
    }

    private static QueryException wrongCount(ProcedureCall call, Procedure procedure, int given) {
        int required = procedure.requiredArguments();
        int most = procedure.arguments().size();
        String takes = required == most ? "" + most : required + " to " + most;
        return CypherErrors.semantic(
                        "Procedure call provides " + (given < required ? "too few" : "too many") + " arguments: got "
                                + given + " expected " + takes,
                        call.name().position())
                .withHint("The signature is " + procedure.signature() + ".");
    }

    private static List<Yielded> yielded(ProcedureCall call, Procedure procedure, boolean alone) {
        return switch (call.yields()) {
            case Yields.Unsaid unsaid -> {
                if (!alone) {
                    throw CypherErrors.semantic(
                                    "Procedure call inside a query does not support naming results implicitly"
                                            + " (name explicitly using `YIELD` instead)",
                                    call.name().position())
                            .withHint("YIELD " + String.join(", ", procedure.columnNames()));
                }
                yield everything(call, procedure);
            }
            case Yields.All all -> {
                if (!alone) {
                    throw CypherErrors.semantic(
                                    "Cannot use `YIELD *` outside standalone call",
                                    all.place().position())
                            .withHint("YIELD " + String.join(", ", procedure.columnNames()));
                }
                yield everything(call, procedure);
            }
            case Yields.Columns columns ->
                columns.items().stream()
                        .map(item -> new Yielded(column(item, procedure), item.bound()))
                        .toList();
        };
    }

    private static List<Yielded> everything(ProcedureCall call, Procedure procedure) {
        return procedure.columns().stream()
                .map(column -> new Yielded(column, new Name(column.name(), call.place())))
                .toList();
    }

    /** The column of a name, or an error with those that there are. */
    static Column column(YieldItem item, Procedure procedure) {
        String name = item.column().name();
        return procedure.columns().stream()
                .filter(column -> column.name().equals(name))
                .findFirst()
                .orElseThrow(() -> CypherErrors.semantic(
                                "Unknown procedure output: `" + name + "`."
                                        + DidYouMean.hint(name, procedure.columnNames()),
                                item.column().place().position())
                        .withHint("'" + procedure.name() + "' yields " + String.join(", ", procedure.columnNames())
                                + "."));
    }

    private static QueryException notFound(ProcedureCall call) {
        SourcePosition position = call.name().position();
        return CypherErrors.procedureNotFound(
                call.procedure(), DidYouMean.hint(call.procedure(), Procedures.names()), position);
    }

    static StaticType typeOf(ValueType type) {
        return switch (type) {
            case BOOLEAN -> StaticType.BOOLEAN;
            case INTEGER -> StaticType.INTEGER;
            case STRING -> StaticType.STRING;
            case MAP -> StaticType.MAP;
            case LIST, STRINGS, MAPS, NODES, RELATIONSHIPS -> StaticType.LIST;
            case DURATION -> StaticType.DURATION;
            case ANY -> StaticType.ANY;
        };
    }
}
