package io.spangraph.model.schema;

import io.spangraph.model.DidYouMean;
import io.spangraph.model.SourcePosition;
import io.spangraph.model.schema.MappingExpression.Binary;
import io.spangraph.model.schema.MappingExpression.BinaryOperator;
import io.spangraph.model.schema.MappingExpression.Case;
import io.spangraph.model.schema.MappingExpression.CastType;
import io.spangraph.model.schema.MappingExpression.ColumnPath;
import io.spangraph.model.schema.MappingExpression.Constant;
import io.spangraph.model.schema.MappingExpression.Element;
import io.spangraph.model.schema.MappingExpression.In;
import io.spangraph.model.schema.MappingExpression.IsNull;
import io.spangraph.model.schema.MappingExpression.Negate;
import io.spangraph.model.schema.MappingExpression.Not;
import io.spangraph.model.schema.MappingExpression.When;
import io.spangraph.model.schema.MappingToken.Kind;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntFunction;

/**
 * Reads the expressions of {@code graph.yaml}: SQL's spelling and precedence, keywords in any case, and nothing that
 * could have a side effect. It climbs precedences by one method for each level.
 */
public final class MappingExpressionParser {
    /** Longest text of one expression. */
    public static final int MAX_LENGTH = 10_000;

    /** Deepest nesting of brackets, calls, cases and prefix operators. */
    public static final int MAX_DEPTH = 100;

    /** Most operators that join two operands; a chain of them is a tree as deep as it is long. */
    public static final int MAX_OPERATORS = 300;

    private static final Map<String, BinaryOperator> COMPARISONS = Map.of(
            "=", BinaryOperator.EQUAL,
            "<>", BinaryOperator.NOT_EQUAL,
            "!=", BinaryOperator.NOT_EQUAL,
            "<", BinaryOperator.LESS,
            "<=", BinaryOperator.LESS_OR_EQUAL,
            ">", BinaryOperator.GREATER,
            ">=", BinaryOperator.GREATER_OR_EQUAL);

    private static final Map<String, CastType> CAST_TYPES = new TreeMap<>(Map.ofEntries(
            Map.entry("long", CastType.LONG),
            Map.entry("bigint", CastType.LONG),
            Map.entry("int", CastType.LONG),
            Map.entry("integer", CastType.LONG),
            Map.entry("double", CastType.DOUBLE),
            Map.entry("float", CastType.DOUBLE),
            Map.entry("string", CastType.STRING),
            Map.entry("varchar", CastType.STRING),
            Map.entry("text", CastType.STRING),
            Map.entry("boolean", CastType.BOOLEAN),
            Map.entry("date", CastType.DATE)));

    private final MappingTokens tokens;

    private MappingExpressionParser(String text, IntFunction<SourcePosition> positions) throws MappingSyntaxException {
        if (text.length() > MAX_LENGTH) {
            throw new MappingSyntaxException(
                    positions.apply(0),
                    "The expression has " + text.length() + " characters; at most " + MAX_LENGTH + " are allowed.");
        }
        this.tokens = new MappingTokens(text, positions);
    }

    /** Reads a text that stands for itself; positions count from its start, each line break as one character. */
    public static MappingExpression parse(String text) throws MappingSyntaxException {
        return parse(text, offset -> positionIn(text, offset));
    }

    /**
     * Reads a text that stands in a larger one.
     *
     * @param positions the place in the larger text of each offset of this one
     */
    public static MappingExpression parse(String text, IntFunction<SourcePosition> positions)
            throws MappingSyntaxException {
        MappingExpressionParser parser = new MappingExpressionParser(text, positions);
        MappingExpression expression = parser.or();
        if (parser.tokens.peek().kind() != Kind.END) {
            throw parser.tokens.failure(
                    parser.tokens.peek(),
                    "Expected an operator or the end, found "
                            + parser.tokens.peek().describe() + ".");
        }
        return expression;
    }

    private static SourcePosition positionIn(String text, int offset) {
        String before = text.substring(0, offset);
        int lineStart = before.lastIndexOf('\n') + 1;
        int line = (int) before.chars().filter(character -> character == '\n').count() + 1;
        return new SourcePosition(line, before.codePointCount(lineStart, offset) + 1, offset);
    }

    private MappingExpression join(BinaryOperator operator, MappingExpression left, MappingExpression right)
            throws MappingSyntaxException {
        tokens.countOperator();
        return new Binary(operator, left, right);
    }

    private MappingExpression or() throws MappingSyntaxException {
        MappingExpression left = and();
        while (tokens.acceptKeyword("or")) {
            left = join(BinaryOperator.OR, left, and());
        }
        return left;
    }

    private MappingExpression and() throws MappingSyntaxException {
        MappingExpression left = not();
        while (tokens.acceptKeyword("and")) {
            left = join(BinaryOperator.AND, left, not());
        }
        return left;
    }

    private MappingExpression not() throws MappingSyntaxException {
        MappingToken start = tokens.peek();
        if (!tokens.acceptKeyword("not")) {
            return predicate();
        }
        tokens.descend(start);
        MappingExpression operand = not();
        tokens.ascend();
        return new Not(operand);
    }

    /** One comparison or test; they do not chain, because {@code a < b < c} never means what it says. */
    private MappingExpression predicate() throws MappingSyntaxException {
        MappingExpression left = sum();
        Optional<MappingExpression> tested = test(left);
        if (tested.isPresent() && startsTest()) {
            throw tokens.failure(tokens.peek(), "Comparisons do not chain: join them by 'and', or use brackets.");
        }
        return tested.orElse(left);
    }

    private boolean startsTest() {
        MappingToken token = tokens.peek();
        return token.kind() == Kind.SYMBOL && COMPARISONS.containsKey(token.text())
                || token.isKeyword("is")
                || token.isKeyword("in")
                || token.isKeyword("like")
                || token.isKeyword("between");
    }

    private Optional<MappingExpression> test(MappingExpression left) throws MappingSyntaxException {
        MappingToken token = tokens.peek();
        if (token.kind() == Kind.SYMBOL && COMPARISONS.containsKey(token.text())) {
            tokens.take();
            return Optional.of(new Binary(operator(token), left, sum()));
        }
        if (tokens.acceptKeyword("is")) {
            boolean negated = tokens.acceptKeyword("not");
            tokens.expectKeyword("null");
            return Optional.of(new IsNull(left, negated));
        }
        boolean negated = tokens.acceptKeyword("not");
        Optional<MappingExpression> found = Optional.empty();
        if (tokens.acceptKeyword("in")) {
            tokens.expectSymbol("(");
            found = Optional.of(new In(left, list(")")));
        } else if (tokens.acceptKeyword("like")) {
            found = Optional.of(new Binary(BinaryOperator.LIKE, left, sum()));
        } else if (tokens.acceptKeyword("between")) {
            MappingExpression low = sum();
            tokens.expectKeyword("and");
            found = Optional.of(new Binary(
                    BinaryOperator.AND,
                    new Binary(BinaryOperator.GREATER_OR_EQUAL, left, low),
                    new Binary(BinaryOperator.LESS_OR_EQUAL, left, sum())));
        } else if (negated) {
            throw tokens.failure(
                    tokens.peek(),
                    "Expected 'in', 'like' or 'between' after 'not', found "
                            + tokens.peek().describe() + ".");
        }
        return negated ? found.map(Not::new) : found;
    }

    private static BinaryOperator operator(MappingToken token) {
        BinaryOperator found = COMPARISONS.get(token.text());
        if (found == null) {
            throw new IllegalArgumentException("not a comparison: " + token.text());
        }
        return found;
    }

    private MappingExpression sum() throws MappingSyntaxException {
        MappingExpression left = product();
        while (true) {
            if (tokens.acceptSymbol("+")) {
                left = join(BinaryOperator.ADD, left, product());
            } else if (tokens.acceptSymbol("-")) {
                left = join(BinaryOperator.SUBTRACT, left, product());
            } else {
                return left;
            }
        }
    }

    private MappingExpression product() throws MappingSyntaxException {
        MappingExpression left = unary();
        while (true) {
            if (tokens.acceptSymbol("*")) {
                left = join(BinaryOperator.MULTIPLY, left, unary());
            } else if (tokens.acceptSymbol("/")) {
                left = join(BinaryOperator.DIVIDE, left, unary());
            } else {
                return left;
            }
        }
    }

    private MappingExpression unary() throws MappingSyntaxException {
        MappingToken start = tokens.peek();
        if (!tokens.acceptSymbol("-")) {
            return postfix();
        }
        if (tokens.peek().kind() == Kind.NUMBER) {
            return number(tokens.take(), "-");
        }
        tokens.descend(start);
        MappingExpression operand = unary();
        tokens.ascend();
        return new Negate(operand);
    }

    private MappingExpression postfix() throws MappingSyntaxException {
        MappingExpression expression = primary();
        while (true) {
            MappingToken token = tokens.peek();
            if (tokens.acceptSymbol("[")) {
                tokens.descend(token);
                expression = new Element(expression, or());
                tokens.ascend();
                tokens.expectSymbol("]");
            } else if (token.isSymbol(".")) {
                throw tokens.failure(
                        token, "A field can only follow a column, as in a.b.c; use json(...) inside a text.");
            } else {
                return expression;
            }
        }
    }

    private MappingExpression primary() throws MappingSyntaxException {
        MappingToken token = tokens.take();
        tokens.descend(token);
        MappingExpression found = switch (token.kind()) {
            case NUMBER -> number(token, "");
            case TEXT -> new Constant(Value.of(token.text()));
            case QUOTED_NAME -> path(token);
            case NAME -> word(token);
            case SYMBOL -> bracket(token);
            case END -> throw tokens.expected("an expression", token);
        };
        tokens.ascend();
        return found;
    }

    private MappingExpression bracket(MappingToken token) throws MappingSyntaxException {
        if (!token.isSymbol("(")) {
            throw tokens.expected("an expression", token);
        }
        MappingExpression inner = or();
        tokens.expectSymbol(")");
        return inner;
    }

    private MappingExpression word(MappingToken token) throws MappingSyntaxException {
        if (token.isKeyword("true")) {
            return new Constant(Value.TRUE);
        }
        if (token.isKeyword("false")) {
            return new Constant(Value.FALSE);
        }
        if (token.isKeyword("null")) {
            return new Constant(Value.NULL);
        }
        if (token.isKeyword("case")) {
            return caseExpression();
        }
        if (token.isAnyKeyword()) {
            throw tokens.expected("an expression", token);
        }
        return tokens.acceptSymbol("(") ? call(token) : path(token);
    }

    private MappingExpression path(MappingToken first) throws MappingSyntaxException {
        List<String> fields = new ArrayList<>();
        while (tokens.acceptSymbol(".")) {
            MappingToken field = tokens.take();
            if (field.kind() != Kind.NAME && field.kind() != Kind.QUOTED_NAME) {
                throw tokens.expected("the name of a field", field);
            }
            fields.add(field.text());
        }
        return new ColumnPath(first.text(), fields);
    }

    private MappingExpression caseExpression() throws MappingSyntaxException {
        Optional<MappingExpression> subject = tokens.peek().isKeyword("when") ? Optional.empty() : Optional.of(or());
        List<When> branches = new ArrayList<>();
        tokens.expectKeyword("when");
        do {
            MappingExpression tested = or();
            tokens.expectKeyword("then");
            MappingExpression condition = subject.map(
                            value -> (MappingExpression) new Binary(BinaryOperator.EQUAL, value, tested))
                    .orElse(tested);
            branches.add(new When(condition, or()));
        } while (tokens.acceptKeyword("when"));
        Optional<MappingExpression> otherwise = tokens.acceptKeyword("else") ? Optional.of(or()) : Optional.empty();
        tokens.expectKeyword("end");
        return new Case(branches, otherwise);
    }

    private MappingExpression call(MappingToken name) throws MappingSyntaxException {
        if (name.isKeyword("cast") || name.isKeyword("try_cast")) {
            MappingExpression operand = or();
            tokens.expectKeyword("as");
            CastType type = castType(tokens.take());
            tokens.expectSymbol(")");
            return new MappingExpression.Cast(operand, type, name.isKeyword("try_cast"));
        }
        Optional<MappingFunction> function = MappingFunction.named(name.text());
        if (function.isEmpty()) {
            List<String> known = new ArrayList<>(MappingFunction.names());
            known.addAll(List.of("cast", "try_cast"));
            String hint = DidYouMean.closest(name.text(), known)
                    .map(found -> " Did you mean '" + found + "'?")
                    .orElse(" Known functions: " + String.join(", ", known) + ".");
            throw tokens.failure(name, "Unknown function '" + name.text() + "'." + hint);
        }
        List<MappingExpression> arguments = tokens.acceptSymbol(")") ? List.of() : list(")");
        checkCount(name, function.orElseThrow(), arguments.size());
        return new MappingExpression.Call(function.orElseThrow(), arguments);
    }

    private void checkCount(MappingToken name, MappingFunction function, int found) throws MappingSyntaxException {
        int least = function.minArguments();
        int most = function.maxArguments();
        if (found >= least && found <= most) {
            return;
        }
        String count = most == Integer.MAX_VALUE
                ? "at least " + least
                : least == most ? Integer.toString(least) : least + " to " + most;
        String noun = least == 1 && (most == 1 || most == Integer.MAX_VALUE) ? " argument" : " arguments";
        throw tokens.failure(
                name, "Function '" + function.spelling() + "' takes " + count + noun + ", found " + found + ".");
    }

    private CastType castType(MappingToken token) throws MappingSyntaxException {
        String name = token.text().toLowerCase(Locale.ROOT);
        CastType type = token.kind() == Kind.NAME ? CAST_TYPES.get(name) : null;
        if (type == null) {
            throw tokens.failure(
                    token,
                    "Expected a type (long, double, string, boolean or date), found " + token.describe() + "."
                            + DidYouMean.hint(name, CAST_TYPES.keySet()));
        }
        return type;
    }

    private List<MappingExpression> list(String end) throws MappingSyntaxException {
        List<MappingExpression> elements = new ArrayList<>();
        do {
            elements.add(or());
        } while (tokens.acceptSymbol(","));
        if (!tokens.acceptSymbol(end)) {
            throw tokens.expected("',' or '" + end + "'", tokens.peek());
        }
        return elements;
    }

    private MappingExpression number(MappingToken token, String sign) throws MappingSyntaxException {
        String digits = sign + token.text();
        boolean whole = token.text().chars().allMatch(character -> character >= '0' && character <= '9');
        try {
            return new Constant(whole ? Value.of(Long.parseLong(digits)) : Value.of(Double.parseDouble(digits)));
        } catch (NumberFormatException tooLarge) {
            throw tokens.failure(token, "Number '" + digits + "' does not fit in 64 bits.");
        }
    }
}
