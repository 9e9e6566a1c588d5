package io.spangraph.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What SQL says to a question, and whether rows agree with it. Rows that are equal in all that the answer is ordered by
 * may come in any order, and where SKIP or LIMIT cuts through them, any of them may be left out: everything else is
 * exact.
 */
final class ExpectedAnswer {
    private static final String ORDER_ONLY = "order_";

    private final WorkloadQuestion question;
    private final Rows all;
    private final List<Integer> shown;
    private final List<Integer> keys;

    /** @param all the whole answer, in order, with columns {@code order_...} that are only there to be ordered by */
    ExpectedAnswer(WorkloadQuestion question, Rows all) {
        this.question = question;
        this.all = all;
        this.shown = IntStream.range(0, all.columns().size())
                .filter(column -> !all.columns().get(column).startsWith(ORDER_ONLY))
                .boxed()
                .toList();
        this.keys = question.order().stream().map(all.columns()::indexOf).toList();
        assertThat(keys).as("columns to order by").doesNotContain(-1);
    }

    /** Fails unless these rows are a right answer. */
    void check(Rows found, int skip) {
        assertThat(found.columns())
                .isEqualTo(shown.stream().map(all.columns()::get).toList());
        int end = question.limit().map(limit -> skip + limit).orElse(Integer.MAX_VALUE);
        int upTo = Math.min(all.rows().size(), end);
        assertThat(found.rows()).as("number of rows").hasSize(Math.max(0, upTo - skip));
        int groupStart = 0;
        while (groupStart < upTo) {
            int groupEnd = groupEnd(groupStart);
            int from = Math.max(groupStart, skip);
            int to = Math.min(groupEnd, upTo);
            if (from < to) {
                checkGroup(
                        found.rows().subList(from - skip, to - skip), all.rows().subList(groupStart, groupEnd));
            }
            groupStart = groupEnd;
        }
    }

    private int groupEnd(int start) {
        int end = start + 1;
        while (end < all.rows().size()
                && sameKeys(all.rows().get(start), all.rows().get(end))) {
            end++;
        }
        return end;
    }

    private boolean sameKeys(List<Value> left, List<Value> right) {
        return keys.stream().allMatch(key -> Rows.same(left.get(key), right.get(key)));
    }

    private void checkGroup(List<List<Value>> found, List<List<Value>> expected) {
        List<List<Value>> rest = new ArrayList<>(expected);
        for (List<Value> row : found) {
            int match = IntStream.range(0, rest.size())
                    .filter(i -> isShown(row, rest.get(i)))
                    .findFirst()
                    .orElse(-1);
            assertThat(match).as("%s is not among %s", row, rest).isNotNegative();
            rest.remove(match);
        }
    }

    private boolean isShown(List<Value> found, List<Value> expected) {
        return IntStream.range(0, shown.size()).allMatch(i -> {
            Value value = found.get(i);
            Value wanted = expected.get(shown.get(i));
            Integer sample = question.samples().get(all.columns().get(shown.get(i)));
            return sample == null ? Rows.same(value, wanted) : Rows.isSample(value, wanted, sample);
        });
    }
}
