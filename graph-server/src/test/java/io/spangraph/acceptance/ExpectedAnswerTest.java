package io.spangraph.acceptance;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spangraph.model.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The comparison that all questions rely on lets nothing wrong pass. */
class ExpectedAnswerTest {
    /** Five rows by falling {@code n}; two of them are level. */
    private static final List<List<Value>> FIVE =
            List.of(row("a", 9), row("b", 7), row("c", 7), row("d", 7), row("e", 1));

    private static List<Value> row(String name, long number) {
        return List.of(Value.of(name), Value.of(number));
    }

    private static WorkloadQuestion question(Optional<Integer> limit, String... order) {
        return new WorkloadQuestion("q", "", List.of(order), Map.of("some", 2), 0, "", "", limit);
    }

    private static void check(WorkloadQuestion question, int skip, List<List<Value>> found) {
        new ExpectedAnswer(question, new Rows(List.of("name", "n"), FIVE))
                .check(new Rows(List.of("name", "n"), found), skip);
    }

    @Test
    void levelRowsMayComeInAnyOrder() {
        WorkloadQuestion ordered = question(Optional.empty(), "n");
        assertThatCode(() ->
                        check(ordered, 0, List.of(FIVE.get(0), FIVE.get(3), FIVE.get(1), FIVE.get(2), FIVE.get(4))))
                .doesNotThrowAnyException();
        assertThatThrownBy(() ->
                        check(ordered, 0, List.of(FIVE.get(1), FIVE.get(0), FIVE.get(2), FIVE.get(3), FIVE.get(4))))
                .hasMessageContaining("is not among");
        assertThatThrownBy(() ->
                        check(ordered, 0, List.of(FIVE.get(0), FIVE.get(1), FIVE.get(1), FIVE.get(3), FIVE.get(4))))
                .hasMessageContaining("is not among");
        assertThatThrownBy(() -> check(ordered, 0, FIVE.subList(0, 4))).hasMessageContaining("number of rows");
    }

    @Test
    void aLimitMayLeaveOutAnyOfTheRowsThatAreLevelAtItsEnd() {
        WorkloadQuestion three = question(Optional.of(3), "n");
        assertThatCode(() -> check(three, 0, List.of(FIVE.get(0), FIVE.get(3), FIVE.get(2))))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> check(three, 0, List.of(FIVE.get(1), FIVE.get(2), FIVE.get(3))))
                .hasMessageContaining("is not among");
        assertThatThrownBy(() -> check(three, 0, FIVE)).hasMessageContaining("number of rows");
        assertThatCode(() -> check(three, 3, List.of(FIVE.get(1), FIVE.get(4)))).doesNotThrowAnyException();
        assertThatThrownBy(() -> check(three, 3, List.of(FIVE.get(0), FIVE.get(4))))
                .hasMessageContaining("is not among");
        assertThatCode(() -> check(three, 7, List.of())).doesNotThrowAnyException();
    }

    @Test
    void withoutOrderALimitMayLeaveOutAnyRow() {
        WorkloadQuestion two = question(Optional.of(2));
        assertThatCode(() -> check(two, 0, List.of(FIVE.get(4), FIVE.get(2)))).doesNotThrowAnyException();
        assertThatThrownBy(() -> check(two, 0, List.of(FIVE.get(4), row("f", 1))))
                .hasMessageContaining("is not among");
    }

    @Test
    void valuesHaveTypes() {
        WorkloadQuestion two = question(Optional.of(1));
        assertThatThrownBy(() -> check(two, 0, List.of(List.of(Value.of("a"), Value.of(9.0)))))
                .hasMessageContaining("is not among");
        assertThatThrownBy(() -> check(two, 0, List.of(List.of(Value.of("a"), Value.of("9")))))
                .hasMessageContaining("is not among");
    }

    @Test
    void doublesAgreeToNineDigits() {
        ExpectedAnswer answer = expect("x", Value.of(1e6 / 3));
        assertThatCode(() -> answer.check(rows("x", Value.of(Math.nextUp(1e6 / 3))), 0))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> answer.check(rows("x", Value.of(333_333.334)), 0))
                .hasMessageContaining("is not among");
        assertThatThrownBy(() -> answer.check(rows("x", Value.of(Double.NaN)), 0))
                .hasMessageContaining("is not among");
        assertThatCode(() -> expect("x", Value.of(Double.NaN)).check(rows("x", Value.of(Double.NaN)), 0))
                .doesNotThrowAnyException();
    }

    @Test
    void aSampleHoldsElementsOfTheWholeList() {
        ExpectedAnswer answer = expect("some", list("a", "b", "b"));
        assertThatCode(() -> answer.check(rows("some", list("b", "b")), 0)).doesNotThrowAnyException();
        assertThatThrownBy(() -> answer.check(rows("some", list("a", "a")), 0)).hasMessageContaining("is not among");
        assertThatThrownBy(() -> answer.check(rows("some", list("a")), 0)).hasMessageContaining("is not among");
    }

    @Test
    void columnsHaveTheirNamesAndThoseOnlyForTheOrderAreNotShown() {
        ExpectedAnswer answer =
                new ExpectedAnswer(question(Optional.empty(), "order_n"), new Rows(List.of("name", "order_n"), FIVE));
        List<List<Value>> names = FIVE.stream().map(row -> row.subList(0, 1)).toList();
        assertThatCode(() -> answer.check(new Rows(List.of("name"), names), 0)).doesNotThrowAnyException();
        assertThatThrownBy(() -> answer.check(new Rows(List.of("title"), names), 0))
                .hasMessageContaining("title");
        assertThatThrownBy(() -> answer.check(new Rows(List.of("name"), names.reversed()), 0))
                .hasMessageContaining("is not among");
    }

    private static Value list(String... elements) {
        return Value.of(Stream.of(elements).map(Value::of).toList());
    }

    private static Rows rows(String column, Value value) {
        return new Rows(List.of(column), List.of(List.of(value)));
    }

    private static ExpectedAnswer expect(String column, Value value) {
        return new ExpectedAnswer(question(Optional.empty()), rows(column, value));
    }
}
