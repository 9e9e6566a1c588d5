package io.spangraph.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.expr.Expression.CompareOperator;
import io.spangraph.engine.expr.Expression.Literal;
import io.spangraph.engine.expr.Expression.Parameter;
import io.spangraph.engine.expr.FunctionContext;
import io.spangraph.engine.optimize.rule.RuleFixture;
import io.spangraph.engine.physical.Pushdown;
import io.spangraph.engine.physical.Pushdown.Adjustment;
import io.spangraph.engine.physical.Pushdown.BaseColumn;
import io.spangraph.engine.spi.ScanPredicate;
import io.spangraph.model.table.Column;
import io.spangraph.model.table.ColumnType.Primitive;
import io.spangraph.model.table.TableName;
import io.spangraph.model.table.TableSchema;
import io.spangraph.model.value.Value;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PushdownBinderTest {
    private static final TableSchema TABLE = new TableSchema(
            new TableName("lake", List.of("db"), "t"),
            Arrays.stream(Primitive.values())
                    .map(type -> new Column(type.name(), type, false))
                    .toList());
    private static final FunctionContext CONTEXT = new FunctionContext(RuleFixture.SCHEMA, SpanTables.everyTenant());

    private static String bound(Pushdown pushdown) {
        return text(new PushdownBinder(TABLE, CONTEXT, false).bind(pushdown));
    }

    private static String text(ScanPredicate predicate) {
        return ScanPredicateText.of(predicate);
    }

    private static BaseColumn column(Primitive type) {
        return new BaseColumn(type.name(), new Adjustment.None());
    }

    private static Literal literal(Value value) {
        return new Literal(value);
    }

    /** A value is pushed only as what the column can hold exactly; "true" says that every row has to be looked at. */
    @ParameterizedTest
    @CsvSource({
        "LONG, 5, LONG = 5",
        "LONG, 5.0, LONG = 5",
        "LONG, 5.5, true",
        "LONG, 1.0E19, true",
        "INT, 3000000000, true",
        "DOUBLE, 5, DOUBLE = 5.0",
        "DOUBLE, 9007199254740993, true",
        "DOUBLE, NaN, true",
        "FLOAT, 0.5, FLOAT = 0.5",
        "FLOAT, 0.1, true",
        "STRING, 5, true",
        "BOOLEAN, 5, true",
        "TIME, 5, true"
    })
    void numbers(Primitive type, String number, String expected) {
        boolean floating = number.contains(".") || number.equals("NaN");
        Value value = floating ? Value.of(Double.parseDouble(number)) : Value.of(Long.parseLong(number));
        assertThat(bound(new Pushdown.Compare(column(type), CompareOperator.EQUAL, literal(value))))
                .isEqualTo(expected);
    }

    @Test
    void aComparisonWithNullIsNeverTrue() {
        assertThat(bound(new Pushdown.Compare(column(Primitive.LONG), CompareOperator.LESS, literal(Value.NULL))))
                .isEqualTo("false");
        assertThat(bound(new Pushdown.In(column(Primitive.LONG), literal(Value.NULL))))
                .isEqualTo("false");
        assertThat(bound(new Pushdown.StartsWith(column(Primitive.STRING), literal(Value.NULL))))
                .isEqualTo("false");
    }

    @Test
    void listsArePushedAsAWholeOrNotAtAll() {
        Value fitting = Value.of(List.of(Value.of(1), Value.NULL, Value.of(2.0)));
        assertThat(bound(new Pushdown.In(column(Primitive.LONG), literal(fitting))))
                .isEqualTo("LONG IN [1, 2]");
        Value mixed = Value.of(List.of(Value.of(1), Value.of(2.5)));
        assertThat(bound(new Pushdown.In(column(Primitive.LONG), literal(mixed))))
                .isEqualTo("true");
        assertThat(bound(new Pushdown.In(column(Primitive.LONG), literal(Value.of("x")))))
                .isEqualTo("true");
    }

    @Test
    void valuesThatStandForNullCountAsNull() {
        BaseColumn emptyIsNull = new BaseColumn("STRING", new Adjustment.NullFor(List.of(Value.of(""), Value.of("0"))));
        assertThat(bound(new Pushdown.IsNull(emptyIsNull))).isEqualTo("(STRING IN ['', '0'] OR STRING IS NULL)");
        assertThat(bound(new Pushdown.IsNotNull(emptyIsNull))).isEqualTo("STRING IS NOT NULL");
        BaseColumn nullIsZero = new BaseColumn("LONG", new Adjustment.ForNull(Value.of(0)));
        assertThat(bound(new Pushdown.Compare(nullIsZero, CompareOperator.LESS, literal(Value.of(5)))))
                .isEqualTo("(LONG < 5 OR LONG IS NULL)");
        assertThat(bound(new Pushdown.Compare(nullIsZero, CompareOperator.GREATER, literal(Value.of(5)))))
                .isEqualTo("LONG > 5");
        assertThat(bound(new Pushdown.IsNull(nullIsZero))).isEqualTo("false");
    }

    @Test
    void oneOperandThatSaysNothingMakesADisjunctionSayNothing() {
        Pushdown known = new Pushdown.Compare(column(Primitive.LONG), CompareOperator.EQUAL, literal(Value.of(1)));
        Pushdown unknown = new Pushdown.Compare(column(Primitive.LONG), CompareOperator.EQUAL, literal(Value.of(1.5)));
        assertThat(bound(new Pushdown.Any(List.of(known, unknown)))).isEqualTo("true");
        assertThat(bound(new Pushdown.All(List.of(known, unknown)))).isEqualTo("LONG = 1");
    }

    @Test
    void onlyAnExplainedQueryMayMissParameters() {
        Pushdown pushdown = new Pushdown.Compare(column(Primitive.LONG), CompareOperator.EQUAL, new Parameter("id"));
        assertThat(text(new PushdownBinder(TABLE, CONTEXT, true).bind(pushdown)))
                .isEqualTo("true");
        assertThatThrownBy(() -> bound(pushdown))
                .isInstanceOf(QueryException.class)
                .hasMessage("Expected parameter(s): id");
    }
}
