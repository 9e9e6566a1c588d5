package io.spangraph.cypher.bind;

import io.spangraph.cypher.ast.AstExpression;
import io.spangraph.cypher.ast.AstExpression.Call;
import io.spangraph.cypher.ast.AstExpression.Name;
import io.spangraph.cypher.bind.FunctionTypes.Signature;
import io.spangraph.cypher.error.CypherErrors;
import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.expr.AggregateCall.AggregateFunction;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Expression.FunctionCall;
import io.spangraph.engine.expr.Expression.IsNull;
import io.spangraph.engine.expr.ScalarFunction;
import io.spangraph.engine.expr.ScalarFunctions;
import io.spangraph.engine.plan.Notification;
import io.spangraph.engine.plan.Notification.Severity;
import io.spangraph.model.DidYouMean;
import io.spangraph.model.SourcePosition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Binds calls of scalar functions: the name, the number of arguments and, where it is known, their types. */
final class FunctionBinder {
    /** Functions of Cypher that are not there yet: they are refused as such, not as unknown. */
    private static final Set<String> NOT_YET = Set.of("point", "shortestpath", "allshortestpaths");

    private static final Set<String> NOT_YET_PREFIXES = Set.of("point.", "apoc.");

    private FunctionBinder() {}

    static TypedExpression bind(Call call, ExpressionBinder binder) {
        if (Aggregates.function(call.function()).isPresent()) {
            throw Aggregates.misplaced(call, call.function());
        }
        Optional<TypedExpression> part = partOfPath(call, binder);
        if (part.isPresent()) {
            return part.get();
        }
        if (call.function().equalsIgnoreCase("exists")) {
            return exists(call, binder);
        }
        ScalarFunction function = ScalarFunctions.find(call.function())
                .filter(found -> !ScalarFunctions.isInternal(found.name()))
                .orElseThrow(() -> unknown(call));
        if (call.distinct()) {
            throw CypherErrors.semantic(
                    "Invalid use of DISTINCT with function '" + function.name() + "'",
                    call.place().position());
        }
        checkCount(call, function.name(), function.minArguments(), function.maxArguments());
        List<TypedExpression> arguments =
                call.arguments().stream().map(binder::bind).toList();
        StaticType result = checkTypes(call, arguments);
        List<Expression> expressions =
                arguments.stream().map(TypedExpression::expression).toList();
        return new TypedExpression(new FunctionCall(function.name(), expressions), result);
    }

    /** What a pattern of this query provides as a column of its own. */
    private static Optional<TypedExpression> partOfPath(Call call, ExpressionBinder binder) {
        return PathPart.asked(call)
                .filter(any -> call.arguments().getFirst() instanceof Name)
                .map(part -> new Name(
                        part.nameOf(((Name) call.arguments().getFirst()).name()),
                        call.arguments().getFirst().place()))
                .filter(name -> binder.scope().find(name.name()).isPresent())
                .map(binder::bind);
    }

    private static StaticType checkTypes(Call call, List<TypedExpression> arguments) {
        if (call.function().equalsIgnoreCase("coalesce")) {
            return arguments.stream()
                    .map(TypedExpression::type)
                    .reduce(StaticType::or)
                    .orElse(StaticType.ANY);
        }
        if (call.function().equalsIgnoreCase("reverse")) {
            TypeCheck.expect(arguments.getFirst(), call.arguments().getFirst(), StaticType.STRING, StaticType.LIST);
            return arguments.getFirst().type();
        }
        return FunctionTypes.find(call.function())
                .map(signature -> checkTypes(call, arguments, signature))
                .orElse(StaticType.ANY);
    }

    private static StaticType checkTypes(Call call, List<TypedExpression> arguments, Signature signature) {
        int checked = Math.min(arguments.size(), signature.arguments().size());
        try {
            for (int i = 0; i < checked; i++) {
                TypeCheck.expect(
                        arguments.get(i),
                        call.arguments().get(i),
                        signature.arguments().get(i));
            }
        } catch (QueryException mismatch) {
            throw mismatch.withHint(hint(call, arguments.getFirst().type(), signature));
        }
        return signature.result();
    }

    private static String hint(Call call, StaticType first, Signature signature) {
        boolean lengthOfText =
                call.function().equalsIgnoreCase("length") && (first == StaticType.STRING || first == StaticType.LIST);
        return lengthOfText
                ? "length() is for paths; the length of a text or list is size(...)."
                : "It is called as " + call.function() + signature + ".";
    }

    /** The old spelling of {@code IS NOT NULL}. */
    private static TypedExpression exists(Call call, ExpressionBinder binder) {
        checkCount(call, "exists", 1, 1);
        AstExpression argument = call.arguments().getFirst();
        if (!(argument instanceof AstExpression.PropertyAccess) && !(argument instanceof AstExpression.Subscript)) {
            throw CypherErrors.semantic(
                    "Argument to exists(...) is not a property or pattern",
                    argument.place().position());
        }
        binder.report(new Notification(
                "Neo.ClientNotification.Statement.FeatureDeprecationWarning",
                Severity.WARNING,
                "This feature is deprecated and will be removed in future versions.",
                "exists(n.property) is the old spelling of n.property IS NOT NULL.",
                Optional.of(call.place().position())));
        return new TypedExpression(new IsNull(binder.bind(argument).expression(), true), StaticType.BOOLEAN);
    }

    static void checkCount(Call call, String name, int min, int max) {
        int given = call.arguments().size();
        if (given >= min && given <= max) {
            return;
        }
        String takes = min == max ? "" + min : max == Integer.MAX_VALUE ? min + " or more" : min + " to " + max;
        throw CypherErrors.semantic(
                (given < min ? "Insufficient parameters" : "Too many parameters") + " for function '" + name
                        + "': it takes " + takes + " but was given " + given,
                call.place().position());
    }

    private static QueryException unknown(Call call) {
        SourcePosition position = call.place().position();
        String name = call.function().toLowerCase(Locale.ROOT);
        Optional<String> advice = ForeignFunctions.advice(call.function());
        if (advice.isPresent()) {
            return QueryException.at(
                            QueryErrorCode.UNKNOWN_NAME,
                            "Unknown function '" + call.function() + "' at " + position + ".",
                            position)
                    .withHint(advice.get());
        }
        if (NOT_YET.contains(name) || NOT_YET_PREFIXES.stream().anyMatch(name::startsWith)) {
            return CypherErrors.unsupported("The function " + call.function() + "()", false, position);
        }
        List<String> known = new ArrayList<>(ScalarFunctions.names());
        Arrays.stream(AggregateFunction.values())
                .map(AggregateFunction::spelling)
                .forEach(known::add);
        return QueryException.at(
                QueryErrorCode.UNKNOWN_NAME,
                "Unknown function '" + call.function() + "' at " + position + "."
                        + DidYouMean.hint(call.function(), known),
                position);
    }
}
