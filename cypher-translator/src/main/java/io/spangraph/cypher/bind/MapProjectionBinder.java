package io.spangraph.cypher.bind;

import io.spangraph.cypher.ast.AstExpression.AllProperties;
import io.spangraph.cypher.ast.AstExpression.Entry;
import io.spangraph.cypher.ast.AstExpression.MapProjection;
import io.spangraph.cypher.ast.AstExpression.OneEntry;
import io.spangraph.cypher.ast.AstExpression.ProjectionItem;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Expression.Case;
import io.spangraph.engine.expr.Expression.FunctionCall;
import io.spangraph.engine.expr.Expression.IsNull;
import io.spangraph.engine.expr.Expression.MapLiteral;
import io.spangraph.engine.expr.Expression.When;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Binds {@code n {.*, .name, k: e}}: a map literal, or several that {@code mapMerge} joins where all properties are among
 * them; nothing at all for a null subject.
 */
final class MapProjectionBinder {
    private MapProjectionBinder() {}

    static TypedExpression bind(MapProjection projection, ExpressionBinder binder) {
        TypedExpression subject = binder.bind(projection.subject());
        TypeCheck.expect(subject, projection.subject(), StaticType.MAP, StaticType.NODE, StaticType.RELATIONSHIP);
        List<Expression> maps = new ArrayList<>();
        Map<String, Expression> entries = new LinkedHashMap<>();
        for (ProjectionItem item : projection.items()) {
            switch (item) {
                case AllProperties all -> {
                    flush(entries, maps);
                    maps.add(new FunctionCall("properties", List.of(subject.expression())));
                }
                case OneEntry(Entry entry) -> {
                    // An entry that comes again takes the later place, as its value does.
                    entries.remove(entry.key());
                    entries.put(entry.key(), binder.bind(entry.value()).expression());
                }
            }
        }
        if (!entries.isEmpty() || maps.isEmpty()) {
            maps.add(new MapLiteral(entries));
        }
        Expression map = maps.size() == 1 ? maps.getFirst() : new FunctionCall("mapMerge", maps);
        When present = new When(new IsNull(subject.expression(), true), map);
        return new TypedExpression(new Case(List.of(present), Optional.empty()), StaticType.MAP);
    }

    private static void flush(Map<String, Expression> entries, List<Expression> maps) {
        if (!entries.isEmpty()) {
            maps.add(new MapLiteral(entries));
            entries.clear();
        }
    }
}
