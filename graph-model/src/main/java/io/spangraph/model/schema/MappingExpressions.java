package io.spangraph.model.schema;

import io.spangraph.model.schema.MappingExpression.Binary;
import io.spangraph.model.schema.MappingExpression.BinaryOperator;
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
import io.spangraph.model.schema.MappingExpression.When;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Operations on mapping expressions that every reader of a mapping needs: back to text, rewriting, conjunctions. */
public final class MappingExpressions {
    // How tightly an expression binds; an operand that binds less tightly than its place asks for stands in brackets.
    private static final int OR = 1;
    private static final int AND = 2;
    private static final int NOT = 3;
    private static final int TEST = 4;
    private static final int SUM = 5;
    private static final int PRODUCT = 6;
    private static final int SIGN = 7;
    private static final int ATOM = 8;

    private MappingExpressions() {}

    /** The expression as text that reads back as an equal expression, in lower case and with few brackets. */
    public static String render(MappingExpression expression) {
        return switch (expression) {
            case ColumnPath path -> renderPath(path);
            case Constant constant -> renderValue(constant.value());
            case Element element -> at(ATOM, element.container()) + "[" + render(element.index()) + "]";
            case Call call -> call.function().spelling() + "(" + renderAll(call.arguments()) + ")";
            case Case branches -> renderCase(branches);
            case Binary binary -> renderBinary(binary);
            case Not not -> "not " + at(NOT, not.operand());
            case Negate negate -> "-" + renderNegated(negate.operand());
            case IsNull isNull -> at(SUM, isNull.operand()) + (isNull.negated() ? " is not null" : " is null");
            case In in -> at(SUM, in.operand()) + " in (" + renderAll(in.candidates()) + ")";
            case Cast cast ->
                (cast.lenient() ? "try_cast(" : "cast(") + render(cast.operand()) + " as "
                        + cast.type().name().toLowerCase(Locale.ROOT) + ")";
        };
    }

    /** Both conditions; a row passes only if it passes each. */
    public static MappingExpression and(MappingExpression left, MappingExpression right) {
        return new Binary(BinaryOperator.AND, left, right);
    }

    /** The conditions that an expression joins by {@code and}, from left to right. */
    public static List<MappingExpression> conjuncts(MappingExpression condition) {
        if (condition instanceof Binary(BinaryOperator operator, MappingExpression left, MappingExpression right)
                && operator == BinaryOperator.AND) {
            List<MappingExpression> all = new ArrayList<>(conjuncts(left));
            all.addAll(conjuncts(right));
            return all;
        }
        return List.of(condition);
    }

    /** The expression with each column path replaced. */
    public static MappingExpression replaceColumns(
            MappingExpression expression, Function<ColumnPath, MappingExpression> replacement) {
        UnaryOperator<MappingExpression> inside = part -> replaceColumns(part, replacement);
        return switch (expression) {
            case ColumnPath path -> replacement.apply(path);
            case Constant constant -> constant;
            case Element element -> new Element(inside.apply(element.container()), inside.apply(element.index()));
            case Call call -> new Call(call.function(), each(call.arguments(), inside));
            case Case branches ->
                new Case(
                        branches.branches().stream()
                                .map(when -> new When(inside.apply(when.condition()), inside.apply(when.value())))
                                .toList(),
                        branches.otherwise().map(inside));
            case Binary binary ->
                new Binary(binary.operator(), inside.apply(binary.left()), inside.apply(binary.right()));
            case Not not -> new Not(inside.apply(not.operand()));
            case Negate negate -> new Negate(inside.apply(negate.operand()));
            case IsNull isNull -> new IsNull(inside.apply(isNull.operand()), isNull.negated());
            case In in -> new In(inside.apply(in.operand()), each(in.candidates(), inside));
            case Cast cast -> new Cast(inside.apply(cast.operand()), cast.type(), cast.lenient());
        };
    }

    private static List<MappingExpression> each(
            List<MappingExpression> expressions, UnaryOperator<MappingExpression> change) {
        return expressions.stream().map(change).toList();
    }

    private static int tightness(MappingExpression expression) {
        return switch (expression) {
            case Binary binary ->
                switch (binary.operator()) {
                    case OR -> OR;
                    case AND -> AND;
                    case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, LIKE -> TEST;
                    case ADD, SUBTRACT -> SUM;
                    case MULTIPLY, DIVIDE -> PRODUCT;
                };
            case Not not -> NOT;
            case IsNull isNull -> TEST;
            case In in -> TEST;
            case Negate negate -> SIGN;
            case Constant constant -> renderValue(constant.value()).startsWith("-") ? SIGN : ATOM;
            case ColumnPath path -> ATOM;
            case Element element -> ATOM;
            case Call call -> ATOM;
            case Case branches -> ATOM;
            case Cast cast -> ATOM;
        };
    }

    private static String at(int place, MappingExpression expression) {
        return tightness(expression) < place ? "(" + render(expression) + ")" : render(expression);
    }

    private static String renderBinary(Binary binary) {
        int own = tightness(binary);
        // Tests do not chain, so both sides are sums; the others lean to the left.
        int left = own == TEST ? SUM : own;
        return at(left, binary.left()) + " " + binary.operator().symbol() + " " + at(own + 1, binary.right());
    }

    /** A minus before digits would read back as a negative number. */
    private static String renderNegated(MappingExpression operand) {
        String text = at(SIGN, operand);
        char first = text.charAt(0);
        return Character.isDigit(first) || first == '.' ? "(" + text + ")" : text;
    }

    private static String renderCase(Case branches) {
        StringBuilder text = new StringBuilder("case");
        for (When when : branches.branches()) {
            text.append(" when ")
                    .append(render(when.condition()))
                    .append(" then ")
                    .append(render(when.value()));
        }
        branches.otherwise().ifPresent(otherwise -> text.append(" else ").append(render(otherwise)));
        return text.append(" end").toString();
    }

    private static String renderAll(List<MappingExpression> expressions) {
        return expressions.stream().map(MappingExpressions::render).collect(Collectors.joining(", "));
    }

    private static String renderPath(ColumnPath path) {
        StringBuilder text = new StringBuilder(renderName(path.column()));
        path.fields().forEach(field -> text.append('.').append(renderName(field)));
        return text.toString();
    }

    private static String renderName(String name) {
        boolean plain = !MappingToken.KEYWORDS.contains(name.toLowerCase(Locale.ROOT))
                && name.matches("[A-Za-z_][A-Za-z0-9_]*");
        return plain ? name : "\"" + name.replace("\"", "\"\"") + "\"";
    }

    private static String renderValue(Value value) {
        return switch (value) {
            case Value.NullValue nothing -> "null";
            case Value.BooleanValue flag -> Boolean.toString(flag.value());
            case Value.IntegerValue number -> Long.toString(number.value());
            case Value.FloatValue number -> Double.toString(number.value());
            case Value.StringValue text -> "'" + text.value().replace("'", "''") + "'";
            case Value.BytesValue other -> throw notWritable(other);
            case Value.DateValue other -> throw notWritable(other);
            case Value.LocalTimeValue other -> throw notWritable(other);
            case Value.TimeValue other -> throw notWritable(other);
            case Value.LocalDateTimeValue other -> throw notWritable(other);
            case Value.DateTimeValue other -> throw notWritable(other);
            case Value.DurationValue other -> throw notWritable(other);
            case Value.ListValue other -> throw notWritable(other);
            case Value.MapValue other -> throw notWritable(other);
            case Value.NodeValue other -> throw notWritable(other);
            case Value.RelationshipValue other -> throw notWritable(other);
            case Value.PathValue other -> throw notWritable(other);
        };
    }

    private static IllegalArgumentException notWritable(Value value) {
        return new IllegalArgumentException("a mapping expression cannot spell the constant " + value);
    }
}
