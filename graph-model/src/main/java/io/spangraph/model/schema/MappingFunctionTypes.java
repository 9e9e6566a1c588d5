package io.spangraph.model.schema;

import io.spangraph.model.schema.MappingExpression.Call;
import io.spangraph.model.schema.MappingExpression.Constant;
import io.spangraph.model.table.ColumnType;
import io.spangraph.model.table.ColumnType.Primitive;
import io.spangraph.model.value.Value;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** What each function takes and gives. Constant arguments are checked too, because a wrong path is wrong for every row. */
final class MappingFunctionTypes {
    private static final Pattern JSON_PATH =
            Pattern.compile("\\$(\\.[\\p{L}_][\\p{L}\\p{N}_-]*|\\['[^']+']|\\[[0-9]{1,9}])*");

    private final Consumer<String> problems;

    MappingFunctionTypes(Consumer<String> problems) {
        this.problems = problems;
    }

    Optional<ColumnType> result(Call call, List<Optional<ColumnType>> types) {
        return switch (call.function()) {
            case COALESCE -> common("The arguments of coalesce", call.arguments(), types);
            case GREATEST, LEAST -> common("The arguments of " + call.function().spelling(), call.arguments(), types);
            case NULLIF -> {
                common("The arguments of nullif", call.arguments(), types);
                yield types.getFirst();
            }
            case JSON -> {
                argument(call, 0, MappingKind.TEXT, types);
                checkJsonPath(call.arguments().get(1));
                yield Optional.empty();
            }
            case HASH, CONCAT -> {
                scalars(call, types);
                yield Optional.of(Primitive.STRING);
            }
            case LOWER, UPPER -> {
                argument(call, 0, MappingKind.TEXT, types);
                yield Optional.of(Primitive.STRING);
            }
            case SUBSTR -> {
                argument(call, 0, MappingKind.TEXT, types);
                argument(call, 1, MappingKind.NUMBER, types);
                argument(call, 2, MappingKind.NUMBER, types);
                yield Optional.of(Primitive.STRING);
            }
            case SPLIT -> {
                argument(call, 0, MappingKind.TEXT, types);
                argument(call, 1, MappingKind.TEXT, types);
                argument(call, 2, MappingKind.NUMBER, types);
                yield Optional.of(Primitive.STRING);
            }
            case REGEXP_EXTRACT -> {
                argument(call, 0, MappingKind.TEXT, types);
                checkPattern(call.arguments().get(1));
                argument(call, 2, MappingKind.NUMBER, types);
                yield Optional.of(Primitive.STRING);
            }
            case ROUND -> {
                argument(call, 0, MappingKind.NUMBER, types);
                yield Optional.of(Primitive.LONG);
            }
            case EPOCH_MS -> {
                time(call, types, false);
                yield Optional.of(Primitive.LONG);
            }
            case TO_DATE -> {
                time(call, types, true);
                yield Optional.of(Primitive.DATE);
            }
        };
    }

    /** The type of what is one of several values. */
    Optional<ColumnType> common(String what, List<MappingExpression> values, List<Optional<ColumnType>> types) {
        Optional<ColumnType> common = Optional.empty();
        int first = 0;
        for (int i = 0; i < types.size(); i++) {
            Optional<ColumnType> type = types.get(i);
            if (common.isEmpty()) {
                common = type;
                first = i;
            } else if (type.isPresent() && !common.equals(type)) {
                if (!MappingKind.comparable(common.get(), type.get())) {
                    problems.accept(what + " have different types: "
                            + MappingKind.describe(values.get(first), types.get(first)) + " and "
                            + MappingKind.describe(values.get(i), type) + ".");
                    return Optional.empty();
                }
                boolean numbers = MappingKind.of(type.get()) == MappingKind.NUMBER;
                common = Optional.of(numbers ? MappingKind.wider(common.get(), type.get()) : Primitive.STRING);
            }
        }
        return common;
    }

    /** Whether the expression is of the kind, or may be. */
    boolean expect(MappingKind kind, String expected, MappingExpression expression, Optional<ColumnType> type) {
        boolean fits = type.isEmpty() || MappingKind.of(type.get()) == kind;
        if (!fits) {
            problems.accept("Expected " + expected + ", found " + MappingKind.describe(expression, type) + ".");
        }
        return fits;
    }

    private void argument(Call call, int index, MappingKind kind, List<Optional<ColumnType>> types) {
        if (index < types.size()
                && types.get(index).isPresent()
                && MappingKind.of(types.get(index).get()) != kind) {
            wrongArgument(call, index, kind.title(), types);
        }
    }

    private void wrongArgument(Call call, int index, String expected, List<Optional<ColumnType>> types) {
        problems.accept("Function '" + call.function().spelling() + "' takes " + expected + " as argument "
                + (index + 1) + ", found "
                + MappingKind.describe(call.arguments().get(index), types.get(index)) + ".");
    }

    private void scalars(Call call, List<Optional<ColumnType>> types) {
        for (int i = 0; i < types.size(); i++) {
            if (types.get(i).isPresent()
                    && !MappingKind.comparable(types.get(i).get(), types.get(i).get())) {
                wrongArgument(call, i, "a single value", types);
            }
        }
    }

    private void time(Call call, List<Optional<ColumnType>> types, boolean acceptsMillis) {
        Optional<ColumnType> type = types.getFirst();
        if (type.isEmpty()) {
            return;
        }
        boolean fits = switch (MappingKind.of(type.get())) {
            case DATE, TIMESTAMP, TIMESTAMPTZ -> true;
            case NUMBER -> acceptsMillis && MappingKind.integral(type.get());
            case TEXT, BOOLEAN, TIME, BYTES, LIST, MAP, STRUCT, UNKNOWN -> false;
        };
        if (!fits) {
            wrongArgument(call, 0, acceptsMillis ? "a timestamp or milliseconds" : "a timestamp or date", types);
        }
    }

    private void checkJsonPath(MappingExpression path) {
        boolean fits = path instanceof Constant(Value value)
                && value instanceof Value.StringValue(String text)
                && JSON_PATH.matcher(text).matches();
        if (!fits) {
            problems.accept(
                    "Expected a path like '$.usage.input' or '$.items[0]' as argument 2 of function 'json', found "
                            + MappingExpressions.render(path) + ".");
        }
    }

    private void checkPattern(MappingExpression pattern) {
        if (!(pattern instanceof Constant(Value value) && value instanceof Value.StringValue(String text))) {
            problems.accept("Expected a pattern in quotes as argument 2 of function 'regexp_extract', found "
                    + MappingExpressions.render(pattern) + ".");
            return;
        }
        try {
            Pattern.compile(text);
        } catch (PatternSyntaxException malformed) {
            problems.accept("'" + text + "' is not a pattern: " + malformed.getDescription() + ".");
        }
    }
}
