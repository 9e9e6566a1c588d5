package io.spangraph.model.schema;

import io.spangraph.model.DidYouMean;
import io.spangraph.model.schema.MappingExpression.Binary;
import io.spangraph.model.schema.MappingExpression.Call;
import io.spangraph.model.schema.MappingExpression.Case;
import io.spangraph.model.schema.MappingExpression.Cast;
import io.spangraph.model.schema.MappingExpression.ColumnPath;
import io.spangraph.model.schema.MappingExpression.Constant;
import io.spangraph.model.schema.MappingExpression.Element;
import io.spangraph.model.schema.MappingExpression.In;
import io.spangraph.model.schema.MappingExpression.IsNull;
import io.spangraph.model.schema.MappingExpression.Negate;
import io.spangraph.model.schema.MappingExpression.Not;
import io.spangraph.model.table.Column;
import io.spangraph.model.table.ColumnType;
import io.spangraph.model.table.ColumnType.ListOf;
import io.spangraph.model.table.ColumnType.MapOf;
import io.spangraph.model.table.ColumnType.Primitive;
import io.spangraph.model.table.ColumnType.Struct;
import io.spangraph.model.table.ColumnType.Unsupported;
import io.spangraph.model.table.TableSchema;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Types of mapping expressions over a table's columns. A type is empty where only a row can tell it: for null, for a
 * value inside a JSON text, and for what has a problem of its own; such an expression fits everywhere.
 */
public final class MappingTypes {
    private final TableSchema table;
    private final Consumer<String> problems;
    private final MappingFunctionTypes functions;

    private MappingTypes(TableSchema table, Consumer<String> problems) {
        this.table = table;
        this.problems = problems;
        this.functions = new MappingFunctionTypes(problems);
    }

    /** The type of an expression's value; an integer computation gives a long, every other one a double. */
    public static Optional<ColumnType> typeOf(MappingExpression expression, TableSchema table) {
        return new MappingTypes(table, ignored -> {}).type(expression);
    }

    /** What is wrong with an expression over a table, inside out. */
    public static List<String> problemsOf(MappingExpression expression, TableSchema table) {
        List<String> found = new ArrayList<>();
        new MappingTypes(table, found::add).type(expression);
        return found;
    }

    private Optional<ColumnType> type(MappingExpression expression) {
        return switch (expression) {
            case ColumnPath path -> path(path);
            case Constant constant -> constant(constant.value());
            case Element element -> element(element);
            case Call call ->
                functions.result(call, call.arguments().stream().map(this::type).toList());
            case Case branches -> branches(branches);
            case Binary binary -> binary(binary, type(binary.left()), type(binary.right()));
            case Not not -> condition(not.operand(), type(not.operand()));
            case Negate negate -> number(negate.operand(), type(negate.operand()));
            case IsNull isNull -> {
                type(isNull.operand());
                yield Optional.of(Primitive.BOOLEAN);
            }
            case In in -> in(in);
            case Cast cast -> cast(cast);
        };
    }

    private Optional<ColumnType> path(ColumnPath path) {
        Optional<Column> column = table.column(path.column());
        if (column.isEmpty()) {
            problems.accept("Table '" + table.name() + "' has no column '" + path.column() + "'."
                    + DidYouMean.hint(path.column(), table.columnNames()));
            return Optional.empty();
        }
        ColumnType type = column.get().type();
        String read = path.column();
        for (String field : path.fields()) {
            Optional<ColumnType> next = field(type, read, field);
            if (next.isEmpty()) {
                return next;
            }
            type = next.get();
            read = read + "." + field;
        }
        if (type instanceof Unsupported unsupported) {
            problems.accept("Column '" + read + "' has type '" + unsupported.name() + "', which cannot be read.");
            return Optional.empty();
        }
        return Optional.of(type);
    }

    private Optional<ColumnType> field(ColumnType type, String parent, String field) {
        if (!(type instanceof Struct(List<Column> fields))) {
            String hint = switch (MappingKind.of(type)) {
                case MAP -> " A map's value is read by " + parent + "['" + field + "'].";
                case TEXT -> " A value in a JSON text is read by json(" + parent + ", '$." + field + "').";
                case NUMBER, BOOLEAN, DATE, TIME, TIMESTAMP, TIMESTAMPTZ, BYTES, LIST, STRUCT, UNKNOWN -> "";
            };
            problems.accept("Column '" + parent + "' is " + MappingKind.of(type).title() + " and has no field '" + field
                    + "'." + hint);
            return Optional.empty();
        }
        Optional<ColumnType> found = fields.stream()
                .filter(candidate -> candidate.name().equals(field))
                .map(Column::type)
                .findFirst();
        if (found.isEmpty()) {
            List<String> names = fields.stream().map(Column::name).toList();
            problems.accept("Column '" + parent + "' has no field '" + field + "'." + DidYouMean.hint(field, names));
        }
        return found;
    }

    private static Optional<ColumnType> constant(Value value) {
        return switch (MappingKind.of(value)) {
            case NUMBER -> Optional.of(value instanceof Value.IntegerValue ? Primitive.LONG : Primitive.DOUBLE);
            case TEXT -> Optional.of(Primitive.STRING);
            case BOOLEAN -> Optional.of(Primitive.BOOLEAN);
            case DATE -> Optional.of(Primitive.DATE);
            case TIME, TIMESTAMP, TIMESTAMPTZ, BYTES, LIST, MAP, STRUCT, UNKNOWN -> Optional.empty();
        };
    }

    private Optional<ColumnType> element(Element element) {
        Optional<ColumnType> container = type(element.container());
        Optional<ColumnType> index = type(element.index());
        if (container.isEmpty()) {
            return Optional.empty();
        }
        String read = MappingExpressions.render(element.container());
        if (container.get() instanceof MapOf(ColumnType key, ColumnType value)) {
            if (index.isPresent() && !MappingKind.comparable(key, index.get())) {
                problems.accept(
                        "Keys of " + read + " are " + MappingKind.of(key).title() + ", found "
                                + MappingKind.describe(element.index(), index) + ".");
            }
            return Optional.of(value);
        }
        if (container.get() instanceof ListOf(ColumnType value)) {
            if (index.isPresent() && MappingKind.of(index.get()) != MappingKind.NUMBER) {
                problems.accept("Elements of " + read + " are numbered, found "
                        + MappingKind.describe(element.index(), index) + ".");
            }
            return Optional.of(value);
        }
        problems.accept("Expected a map or a list before '[', found "
                + MappingKind.describe(element.container(), container) + ".");
        return Optional.empty();
    }

    private Optional<ColumnType> branches(Case branches) {
        List<MappingExpression> values = new ArrayList<>();
        List<Optional<ColumnType>> types = new ArrayList<>();
        branches.branches().forEach(when -> {
            condition(when.condition(), type(when.condition()));
            values.add(when.value());
            types.add(type(when.value()));
        });
        branches.otherwise().ifPresent(otherwise -> {
            values.add(otherwise);
            types.add(type(otherwise));
        });
        return functions.common("The values of a case", values, types);
    }

    private Optional<ColumnType> binary(Binary binary, Optional<ColumnType> left, Optional<ColumnType> right) {
        return switch (binary.operator()) {
            case OR, AND -> {
                condition(binary.left(), left);
                yield condition(binary.right(), right);
            }
            case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> {
                compare(binary.left(), left, binary.right(), right);
                yield Optional.of(Primitive.BOOLEAN);
            }
            case LIKE -> {
                text(binary.left(), left);
                text(binary.right(), right);
                yield Optional.of(Primitive.BOOLEAN);
            }
            case ADD, SUBTRACT, MULTIPLY -> {
                Optional<ColumnType> first = number(binary.left(), left);
                Optional<ColumnType> second = number(binary.right(), right);
                yield first.isEmpty() || second.isEmpty()
                        ? Optional.empty()
                        : Optional.of(MappingKind.wider(first.get(), second.get()));
            }
            case DIVIDE -> {
                number(binary.left(), left);
                number(binary.right(), right);
                yield Optional.of(Primitive.DOUBLE);
            }
        };
    }

    private Optional<ColumnType> in(In in) {
        Optional<ColumnType> operand = type(in.operand());
        in.candidates().forEach(candidate -> compare(in.operand(), operand, candidate, type(candidate)));
        return Optional.of(Primitive.BOOLEAN);
    }

    private Optional<ColumnType> cast(Cast cast) {
        Optional<ColumnType> operand = type(cast.operand());
        if (operand.isPresent() && !MappingKind.of(operand.get()).castsTo(cast.type())) {
            problems.accept("Cannot cast " + MappingKind.describe(cast.operand(), operand) + " to "
                    + cast.type().name().toLowerCase(Locale.ROOT) + ".");
        }
        return Optional.of(
                switch (cast.type()) {
                    case LONG -> Primitive.LONG;
                    case DOUBLE -> Primitive.DOUBLE;
                    case STRING -> Primitive.STRING;
                    case BOOLEAN -> Primitive.BOOLEAN;
                    case DATE -> Primitive.DATE;
                });
    }

    private void compare(
            MappingExpression left,
            Optional<ColumnType> leftType,
            MappingExpression right,
            Optional<ColumnType> rightType) {
        for (MappingExpression side : List.of(left, right)) {
            if (side instanceof Constant(Value value) && value.isNull()) {
                problems.accept("A comparison with null is never true. Expected 'is null' or 'is not null'.");
                return;
            }
        }
        if (leftType.isPresent() && rightType.isPresent() && !MappingKind.comparable(leftType.get(), rightType.get())) {
            problems.accept("Cannot compare " + MappingKind.describe(left, leftType) + " with "
                    + MappingKind.describe(right, rightType) + ".");
        }
    }

    private Optional<ColumnType> condition(MappingExpression expression, Optional<ColumnType> type) {
        functions.expect(MappingKind.BOOLEAN, "a condition", expression, type);
        return Optional.of(Primitive.BOOLEAN);
    }

    private void text(MappingExpression expression, Optional<ColumnType> type) {
        functions.expect(MappingKind.TEXT, "text", expression, type);
    }

    private Optional<ColumnType> number(MappingExpression expression, Optional<ColumnType> type) {
        boolean fits = functions.expect(MappingKind.NUMBER, "a number", expression, type);
        return fits ? type.map(found -> MappingKind.wider(found, found)) : Optional.empty();
    }
}
