package io.spangraph.cypher.parse;

import io.spangraph.cypher.ast.AstExpression.Name;
import io.spangraph.cypher.ast.AstLabels;
import io.spangraph.cypher.ast.AstLabels.LabelName;
import io.spangraph.cypher.error.CypherErrors;
import io.spangraph.engine.expr.LabelExpression;
import java.util.ArrayList;
import java.util.List;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.AnyLabelContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.LabelExpression1Context;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.LabelExpression2Context;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.LabelExpression3Context;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.LabelExpression4Context;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.LabelNameContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.ParenthesizedLabelExpressionContext;
import org.neo4j.cypher.internal.parser.v25.Cypher25Parser.VariableContext;

/** Reads variables and label expressions. */
final class Names {
    private final SourceText source;
    private final int mostLabels;

    /** A reader of label expressions of so many names at most. */
    Names(SourceText source, int mostLabels) {
        this.source = source;
        this.mostLabels = mostLabels;
    }

    Name variable(VariableContext context) {
        return new Name(Literals.name(context.getText()), source.place(context));
    }

    AstLabels labels(LabelExpression4Context context) {
        List<LabelName> names = new ArrayList<>();
        LabelExpression labels = either(context, names);
        return new AstLabels(labels, names, source.place(context));
    }

    private LabelExpression either(LabelExpression4Context context, List<LabelName> names) {
        return context.labelExpression3().stream()
                .map(operand -> both(operand, names))
                .reduce(LabelExpression.Or::new)
                .orElseThrow();
    }

    private LabelExpression both(LabelExpression3Context context, List<LabelName> names) {
        return context.labelExpression2().stream()
                .map(operand -> negation(operand, names))
                .reduce(LabelExpression.And::new)
                .orElseThrow();
    }

    private LabelExpression negation(LabelExpression2Context context, List<LabelName> names) {
        LabelExpression operand = primary(context.labelExpression1(), names);
        return context.EXCLAMATION_MARK().size() % 2 == 0 ? operand : new LabelExpression.Not(operand);
    }

    private LabelExpression primary(LabelExpression1Context context, List<LabelName> names) {
        return switch (context) {
            case LabelNameContext label -> {
                String name = Literals.name(label.getText());
                names.add(new LabelName(name, source.place(label)));
                checkCount(names, context);
                yield new LabelExpression.Label(name);
            }
            case AnyLabelContext any -> new LabelExpression.Any();
            case ParenthesizedLabelExpressionContext inner -> either(inner.labelExpression4(), names);
            default ->
                throw CypherErrors.unsupported(
                        "A label that is computed", false, source.place(context).position());
        };
    }

    private void checkCount(List<LabelName> names, LabelExpression1Context context) {
        if (names.size() > mostLabels) {
            throw CypherErrors.complexity(
                    "The label expression has more than " + mostLabels + " names",
                    source.place(context).position());
        }
    }
}
