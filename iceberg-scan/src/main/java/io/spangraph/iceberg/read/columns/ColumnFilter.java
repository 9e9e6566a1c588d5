package io.spangraph.iceberg.read.columns;

import io.spangraph.iceberg.plan.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import org.apache.iceberg.types.Types.NestedField;

/** A condition fitted to one file: tests of its columns, and what the file's constants make certain is gone. */
public sealed interface ColumnFilter {
    record All() implements ColumnFilter {}

    record Nothing() implements ColumnFilter {}

    record And(List<ColumnFilter> operands) implements ColumnFilter {
        public And {
            operands = List.copyOf(operands);
        }
    }

    record Or(List<ColumnFilter> operands) implements ColumnFilter {
        public Or {
            operands = List.copyOf(operands);
        }
    }

    /** @param column by which the file's columns are asked for */
    record Test(int column, ColumnTest test) implements ColumnFilter {}

    ColumnFilter ALL = new All();
    ColumnFilter NOTHING = new Nothing();

    /** Where a column of the condition is found: in the file, or the same for all rows. */
    sealed interface Operand {
        record Column(int column) implements Operand {}

        /** Says whether the constant satisfies the test. */
        record Constant(Function<ColumnTest, Boolean> satisfies) implements Operand {}
    }

    static ColumnFilter of(Condition condition, ColumnTests tests, Function<NestedField, Operand> operands) {
        return switch (condition) {
            case Condition.And(List<Condition> parts) ->
                and(parts.stream().map(part -> of(part, tests, operands)).toList());
            case Condition.Or(List<Condition> parts) ->
                or(parts.stream().map(part -> of(part, tests, operands)).toList());
            case Condition.Never never -> NOTHING;
            case Condition.Implied(Condition implied) -> of(implied, tests, operands);
            case Condition.IsNull(NestedField column) -> test(condition, column, tests, operands);
            case Condition.IsNotNull(NestedField column) -> test(condition, column, tests, operands);
            case Condition.CompareLong compare -> test(condition, compare.column(), tests, operands);
            case Condition.InLongs in -> test(condition, in.column(), tests, operands);
            case Condition.CompareDouble compare -> test(condition, compare.column(), tests, operands);
            case Condition.InDoubles in -> test(condition, in.column(), tests, operands);
            case Condition.CompareText compare -> test(condition, compare.column(), tests, operands);
            case Condition.InTexts in -> test(condition, in.column(), tests, operands);
            case Condition.TextPrefix prefix -> test(condition, prefix.column(), tests, operands);
            case Condition.CompareBoolean compare -> test(condition, compare.column(), tests, operands);
        };
    }

    private static ColumnFilter test(
            Condition condition, NestedField column, ColumnTests tests, Function<NestedField, Operand> operands) {
        ColumnTest test = tests.of(condition);
        return switch (operands.apply(column)) {
            case Operand.Column(int at) -> new Test(at, test);
            case Operand.Constant(var satisfies) -> satisfies.apply(test) ? ALL : NOTHING;
        };
    }

    private static ColumnFilter and(List<ColumnFilter> operands) {
        List<ColumnFilter> left = new ArrayList<>();
        for (ColumnFilter operand : operands) {
            switch (operand) {
                case All all -> {}
                case Nothing nothing -> {
                    return NOTHING;
                }
                case And(List<ColumnFilter> inner) -> left.addAll(inner);
                case Or or -> left.add(or);
                case Test test -> left.add(test);
            }
        }
        return left.isEmpty() ? ALL : left.size() == 1 ? left.getFirst() : new And(left);
    }

    private static ColumnFilter or(List<ColumnFilter> operands) {
        List<ColumnFilter> left = new ArrayList<>();
        for (ColumnFilter operand : operands) {
            switch (operand) {
                case All all -> {
                    return ALL;
                }
                case Nothing nothing -> {}
                case Or(List<ColumnFilter> inner) -> left.addAll(inner);
                case And and -> left.add(and);
                case Test test -> left.add(test);
            }
        }
        return left.isEmpty() ? NOTHING : left.size() == 1 ? left.getFirst() : new Or(left);
    }

    /** What has to hold, one by one. */
    default List<ColumnFilter> conjuncts() {
        return switch (this) {
            case All all -> List.of();
            case And(List<ColumnFilter> operands) -> operands;
            case Nothing nothing -> List.of(this);
            case Or or -> List.of(this);
            case Test test -> List.of(this);
        };
    }

    /** Adds the columns that it tests. */
    default void collectColumns(Set<Integer> found) {
        switch (this) {
            case All all -> {}
            case Nothing nothing -> {}
            case And(List<ColumnFilter> operands) -> operands.forEach(operand -> operand.collectColumns(found));
            case Or(List<ColumnFilter> operands) -> operands.forEach(operand -> operand.collectColumns(found));
            case Test(int column, ColumnTest test) -> found.add(column);
        }
    }

    /** What the bounds of the columns prove. */
    default Verdict verdict(IntFunction<Bounds> bounds) {
        return switch (this) {
            case All all -> Verdict.ALL;
            case Nothing nothing -> Verdict.NONE;
            case And(List<ColumnFilter> operands) -> {
                Verdict verdict = Verdict.ALL;
                for (ColumnFilter operand : operands) {
                    verdict = verdict.and(operand.verdict(bounds));
                }
                yield verdict;
            }
            case Or(List<ColumnFilter> operands) -> {
                Verdict verdict = Verdict.NONE;
                for (ColumnFilter operand : operands) {
                    verdict = verdict.or(operand.verdict(bounds));
                }
                yield verdict;
            }
            case Test(int column, ColumnTest test) -> test.verdict(bounds.apply(column));
        };
    }

    /** Whether no row can satisfy it, where each test is asked whether its column can hold a value for it. */
    default boolean isRuledOut(Predicate<Test> mayHold) {
        return switch (this) {
            case All all -> false;
            case Nothing nothing -> true;
            case And(List<ColumnFilter> operands) -> operands.stream().anyMatch(operand -> operand.isRuledOut(mayHold));
            case Or(List<ColumnFilter> operands) -> operands.stream().allMatch(operand -> operand.isRuledOut(mayHold));
            case Test test -> !mayHold.test(test);
        };
    }

    /** How soon it is worth to be tested: what names values leaves the fewest rows. */
    default int rank() {
        return switch (this) {
            case All all -> 0;
            case Nothing nothing -> 0;
            case Test(int column, ColumnTest test) -> test.isKeys() ? 1 : 2;
            case And and -> 3;
            case Or or -> 3;
        };
    }
}
