package io.spangraph.cypher.parse;

import io.spangraph.cypher.ast.AstExpression;
import io.spangraph.cypher.ast.AstExpression.Arithmetic;
import io.spangraph.cypher.ast.AstExpression.Call;
import io.spangraph.cypher.ast.AstExpression.ListLiteral;
import io.spangraph.cypher.ast.AstExpression.Literal;
import io.spangraph.cypher.ast.AstExpression.Name;
import io.spangraph.cypher.ast.AstExpression.Parameter;
import io.spangraph.cypher.ast.AstExpression.PropertyAccess;
import io.spangraph.cypher.ast.AstExpression.Signed;
import io.spangraph.cypher.ast.LiteralSlot;
import io.spangraph.cypher.ast.Place;
import io.spangraph.cypher.parse.LiteralUse.Words;
import io.spangraph.cypher.shaded.antlr.ParserRuleContext;
import io.spangraph.cypher.shaded.antlr.Token;
import io.spangraph.model.value.Value;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * Chooses which literals of a query its plan leaves open. Only where a value decides nothing about the plan, which is
 * seen from where the literal stands and never from the value: so all texts of one shape agree in it. What nobody opens
 * is part of the plan, lengths of paths, keys, patterns of text and ids of nodes among it.
 */
final class OpenLiterals {
    /** What these give decides which types a plan reads. */
    private static final Set<String> DECIDING = Set.of("type", "labels", "elementid", "id");

    /** They make a value of a text, whatever it says. */
    private static final Set<String> OF_TEXT =
            Set.of("date", "datetime", "localdatetime", "localtime", "time", "duration");

    private Map<Integer, Integer> numbers;
    private final ToIntFunction<Token> words;
    private final Map<Place, LiteralSlot> found = new IdentityHashMap<>();
    /** How often each was read and not opened since. */
    private final Map<LiteralSlot, Integer> closed = new HashMap<>();

    private final Set<Words> kept = new HashSet<>();

    /**
     * @param numbers of the literals, by the index of their token
     * @param words the place of a token among all words
     */
    OpenLiterals(Map<Integer, Integer> numbers, ToIntFunction<Token> words) {
        this.numbers = Map.copyOf(numbers);
        this.words = words;
    }

    /** Of a query none of whose literals is left open. */
    static OpenLiterals none() {
        return new OpenLiterals(Map.of(), token -> 0);
    }

    /** Leaves all literals as they are, for a plan that shows them. */
    void close() {
        numbers = Map.of();
    }

    /** Notes a literal that has been read. */
    Literal read(Value value, Token token, boolean negative, Place place) {
        Integer number = numbers.get(token.getTokenIndex());
        if (number != null) {
            LiteralSlot slot = new LiteralSlot(number, negative);
            found.put(place, slot);
            closed.merge(slot, 1, Integer::sum);
        }
        return new Literal(value, place);
    }

    /** Notes a piece of syntax that is the name of a column just as it is written. */
    void keep(ParserRuleContext context) {
        kept.add(new Words(words.applyAsInt(context.getStart()), words.applyAsInt(context.getStop())));
    }

    LiteralUse use() {
        Set<LiteralSlot> open = new HashSet<>();
        closed.forEach((slot, times) -> {
            if (times == 0) {
                open.add(slot);
            }
        });
        return new LiteralUse(open, kept, false);
    }

    /** The expression with its value open if it is a literal. */
    AstExpression open(AstExpression expression) {
        if (!(expression instanceof Literal(Value value, Place place)) || !found.containsKey(place)) {
            return expression;
        }
        LiteralSlot slot = found.remove(place);
        closed.merge(slot, -1, Integer::sum);
        return new Literal(value, place.of(slot));
    }

    /** What is compared in a row, from left to right. */
    List<AstExpression> compared(List<AstExpression> operands) {
        boolean open = operands.stream().allMatch(operand -> operand instanceof Literal || isValue(operand))
                && operands.stream().anyMatch(OpenLiterals::isValue);
        return open ? operands.stream().map(this::open).toList() : operands;
    }

    /** The elements behind IN, if it is asked of a value. */
    AstExpression elements(AstExpression operand, AstExpression list) {
        return isValue(operand) && list instanceof ListLiteral(List<AstExpression> elements, Place place)
                ? new ListLiteral(elements.stream().map(this::open).toList(), place)
                : list;
    }

    /** What a text is matched with. */
    AstExpression matched(AstExpression text, AstExpression pattern) {
        return isValue(text) ? open(pattern) : pattern;
    }

    /** The arguments of a function. */
    List<AstExpression> arguments(String function, List<AstExpression> arguments) {
        boolean ofText = arguments.size() == 1
                && OF_TEXT.contains(function.toLowerCase(Locale.ROOT))
                && arguments.getFirst() instanceof Literal(Value.StringValue text, Place place);
        return ofText ? Collections.singletonList(open(arguments.getFirst())) : arguments;
    }

    private static boolean isValue(AstExpression operand) {
        return switch (operand) {
            case PropertyAccess access -> true;
            case Name name -> true;
            case Parameter parameter -> true;
            case Arithmetic arithmetic -> true;
            case Signed signed -> true;
            case Call call -> !DECIDING.contains(call.function().toLowerCase(Locale.ROOT));
            case AstExpression other -> false;
        };
    }
}
