package io.spangraph.acceptance;

import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Rows of typed values under the names of their columns. */
record Rows(List<String> columns, List<List<Value>> rows) {
    /**
     * Two doubles are the same answer when they differ by less than this part of the larger one: sums of doubles
     * depend on the order in which they are added. All other values must be equal.
     */
    private static final double TOLERANCE = 1e-9;

    /** Whether two values are of one type and the same, see {@link #TOLERANCE}. */
    static boolean same(Value left, Value right) {
        if (left instanceof Value.FloatValue(double first) && right instanceof Value.FloatValue(double second)) {
            return Double.compare(first, second) == 0
                    || Math.abs(first - second) <= TOLERANCE * Math.max(Math.abs(first), Math.abs(second));
        }
        if (left instanceof Value.ListValue(List<Value> first)
                && right instanceof Value.ListValue(List<Value> second)) {
            return same(first, second);
        }
        return left.equals(right);
    }

    static boolean same(List<Value> left, List<Value> right) {
        if (left.size() != right.size()) {
            return false;
        }
        for (int i = 0; i < left.size(); i++) {
            if (!same(left.get(i), right.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Whether a list holds as many elements of another as it may, and nothing else. */
    static boolean isSample(Value sample, Value whole, int size) {
        if (!(sample instanceof Value.ListValue(List<Value> taken)
                && whole instanceof Value.ListValue(List<Value> given))) {
            return false;
        }
        List<Value> rest = new ArrayList<>(given);
        return taken.size() == Math.min(size, given.size()) && taken.stream().allMatch(rest::remove);
    }

    /** Each row as a map from column to value. */
    List<Map<String, Value>> named() {
        List<Map<String, Value>> maps = new ArrayList<>();
        for (List<Value> row : rows) {
            maps.add(columns.stream().collect(Collectors.toMap(name -> name, name -> row.get(columns.indexOf(name)))));
        }
        return maps;
    }
}
