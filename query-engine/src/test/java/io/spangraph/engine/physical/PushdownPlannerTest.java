package io.spangraph.engine.physical;

import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Expression.Compare;
import io.spangraph.engine.expr.Expression.CompareOperator;
import io.spangraph.engine.expr.Expression.In;
import io.spangraph.engine.expr.Expression.IsNull;
import io.spangraph.engine.expr.Expression.Literal;
import io.spangraph.engine.expr.Expression.Not;
import io.spangraph.engine.expr.Expression.Or;
import io.spangraph.engine.expr.Expression.Parameter;
import io.spangraph.engine.expr.Expression.Property;
import io.spangraph.engine.expr.Expression.VariableRef;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.physical.Pushdown.Adjustment;
import io.spangraph.engine.physical.Pushdown.BaseColumn;
import io.spangraph.engine.physical.ScanTemplate.ScanColumn;
import io.spangraph.engine.physical.ScanTemplate.ScanValue;
import io.spangraph.engine.row.ColumnId;
import io.spangraph.model.schema.MappingExpression;
import io.spangraph.model.schema.MappingExpression.Binary;
import io.spangraph.model.schema.MappingExpression.BinaryOperator;
import io.spangraph.model.schema.MappingExpression.Call;
import io.spangraph.model.schema.MappingExpression.ColumnPath;
import io.spangraph.model.schema.MappingExpression.Constant;
import io.spangraph.model.schema.MappingFunction;
import io.spangraph.model.value.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

class PushdownPlannerTest {
    private static final Variable N = new Variable("n", 1, Variable.Kind.NODE);
    private static final MappingExpression COLUMN = new ColumnPath("c", List.of());
    private static final BaseColumn AS_IT_IS = new BaseColumn("c", new Adjustment.None());
    private static final Expression FIVE = new Literal(Value.of(5));

    private static Pushdown pushed(MappingExpression mapping, Expression predicate) {
        ScanColumn column = new ScanColumn(ColumnId.property(N, "p"), new ScanValue.Mapped(mapping));
        return new PushdownPlanner(List.of(column)).plan(List.of(), List.of(predicate));
    }

    private static Expression property() {
        return new Property(new VariableRef(N), "p");
    }

    private static Expression equal(Expression left, Expression right) {
        return new Compare(CompareOperator.EQUAL, left, right);
    }

    @Test
    void comparisonsWithConstantsOnEitherSideArePushed() {
        assertThat(pushed(COLUMN, new Compare(CompareOperator.LESS, FIVE, property())))
                .isEqualTo(new Pushdown.Compare(AS_IT_IS, CompareOperator.GREATER, FIVE));
        Expression parameter = new Parameter("id");
        assertThat(pushed(COLUMN, equal(property(), parameter)))
                .isEqualTo(new Pushdown.Compare(AS_IT_IS, CompareOperator.EQUAL, parameter));
        assertThat(pushed(COLUMN, new In(property(), parameter))).isEqualTo(new Pushdown.In(AS_IT_IS, parameter));
        assertThat(pushed(COLUMN, new IsNull(property(), true))).isEqualTo(new Pushdown.IsNotNull(AS_IT_IS));
    }

    @Test
    void whatCannotSkipRowsIsLeftToTheEngine() {
        assertThat(pushed(COLUMN, equal(property(), property()))).isEqualTo(Pushdown.EVERYTHING);
        assertThat(pushed(COLUMN, new Not(equal(property(), FIVE)))).isEqualTo(Pushdown.EVERYTHING);
        assertThat(pushed(COLUMN, new Or(List.of(equal(property(), FIVE), new Not(property())))))
                .isEqualTo(Pushdown.EVERYTHING);
        MappingExpression nested = new ColumnPath("c", List.of("field"));
        assertThat(pushed(nested, equal(property(), FIVE))).isEqualTo(Pushdown.EVERYTHING);
        MappingExpression upper = new Call(MappingFunction.UPPER, List.of(COLUMN));
        assertThat(pushed(upper, equal(property(), FIVE))).isEqualTo(Pushdown.EVERYTHING);
    }

    @Test
    void valuesThatStandForNullAreSeenThrough() {
        MappingExpression once = new Call(MappingFunction.NULLIF, List.of(COLUMN, new Constant(Value.of(""))));
        MappingExpression twice = new Call(MappingFunction.NULLIF, List.of(once, new Constant(Value.of("0"))));
        BaseColumn column = new BaseColumn("c", new Adjustment.NullFor(List.of(Value.of(""), Value.of("0"))));
        assertThat(pushed(twice, equal(property(), FIVE)))
                .isEqualTo(new Pushdown.Compare(column, CompareOperator.EQUAL, FIVE));
        MappingExpression filled = new Call(MappingFunction.COALESCE, List.of(COLUMN, new Constant(Value.of(0))));
        assertThat(pushed(filled, equal(property(), FIVE)))
                .isEqualTo(new Pushdown.Compare(
                        new BaseColumn("c", new Adjustment.ForNull(Value.of(0))), CompareOperator.EQUAL, FIVE));
    }

    @Test
    void conditionsOfTheMappingArePushedToo() {
        MappingExpression condition = new Binary(
                BinaryOperator.AND,
                new Binary(BinaryOperator.NOT_EQUAL, COLUMN, new Constant(Value.of(""))),
                new Binary(BinaryOperator.LIKE, COLUMN, new Constant(Value.of("a%"))));
        assertThat(new PushdownPlanner(List.of()).plan(List.of(condition), List.of()))
                .isEqualTo(new Pushdown.Compare(AS_IT_IS, CompareOperator.NOT_EQUAL, new Literal(Value.of(""))));
    }
}
