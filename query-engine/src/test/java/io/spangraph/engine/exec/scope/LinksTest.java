package io.spangraph.engine.exec.scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spangraph.engine.context.Cancellation;
import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.exec.fixture.BatchInput;
import io.spangraph.engine.exec.fixture.Vectors;
import io.spangraph.engine.row.NullMask;
import io.spangraph.engine.row.Vector;
import io.spangraph.engine.row.Vector.ConstantVector;
import io.spangraph.engine.row.Vector.DictionaryVector;
import io.spangraph.engine.row.Vector.LongKind;
import io.spangraph.engine.row.Vector.LongVector;
import io.spangraph.engine.row.Vector.ValueVector;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LinksTest {
    private static final int ROOT = Links.NONE;
    private static final int ORPHAN = Links.ABSENT;

    /** A row: its scope, its own key and the key of its parent. */
    private record Row(
            @Nullable String scope,
            @Nullable String key,
            @Nullable String parent) {}

    private static Row row(@Nullable String scope, @Nullable String key, @Nullable String parent) {
        return new Row(scope, key, parent);
    }

    static Stream<Function<List<@Nullable String>, Vector>> forms() {
        return Stream.of(
                LinksTest::texts, LinksTest::codes, LinksTest::values, rows -> Vectors.utf8Entries(objects(rows)));
    }

    private static Object[] objects(List<@Nullable String> rows) {
        return rows.stream().map(text -> text == null ? Vectors.NULL : text).toArray();
    }

    private static Vector texts(List<@Nullable String> rows) {
        return Vectors.utf8(objects(rows));
    }

    private static Vector codes(List<@Nullable String> rows) {
        List<String> entries = new ArrayList<>(
                new LinkedHashSet<>(rows.stream().filter(Objects::nonNull).toList()));
        // More entries than the rows need, as in the dictionary of a whole file.
        IntStream.range(0, 3 * rows.size()).forEach(i -> entries.add("unused " + i));
        int[] codes = rows.stream()
                .mapToInt(text -> text == null ? -1 : entries.indexOf(text))
                .toArray();
        return new DictionaryVector(
                codes, entries.stream().<Value>map(Value::of).toList());
    }

    private static Vector values(List<@Nullable String> rows) {
        return new ValueVector(rows.stream()
                .map(text -> text == null ? Value.NULL : Value.of(text))
                .toArray(Value[]::new));
    }

    private static Links links(Function<List<@Nullable String>, Vector> form, List<Row> rows) {
        Vector scope =
                form.apply(rows.stream().<@Nullable String>map(Row::scope).toList());
        Vector key = form.apply(rows.stream().<@Nullable String>map(Row::key).toList());
        Vector parent =
                form.apply(rows.stream().<@Nullable String>map(Row::parent).toList());
        try (LinksBuilder builder = new LinksBuilder(BatchInput.context())) {
            return builder.build(ScopeRuns.of(List.of(scope), rows.size()), List.of(key), List.of(parent));
        }
    }

    private static List<List<Integer>> parents(Links links) {
        return IntStream.range(0, links.rows())
                .mapToObj(row -> IntStream.range(0, links.parentCount(row))
                        .map(i -> links.parent(row, i))
                        .boxed()
                        .toList())
                .toList();
    }

    private static List<List<Integer>> children(Links links) {
        Links.Children children = links.children();
        return IntStream.range(0, links.rows())
                .mapToObj(row -> IntStream.range(0, children.count(row))
                        .map(i -> children.child(row, i))
                        .boxed()
                        .toList())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("forms")
    void parentsAreFoundInTheirScopeOnly(Function<List<@Nullable String>, Vector> form) {
        // The ids of the two scopes are the same, as those of two tenants may be.
        Links links = links(
                form,
                List.of(
                        row("t1", "a", null),
                        row("t1", "b", "a"),
                        row("t1", "c", "b"),
                        row("t2", "a", null),
                        row("t2", "c", "b"),
                        row("t2", "d", "a")));

        assertThat(links.isSingle()).isTrue();
        assertThat(links.firstParents()).containsExactly(ROOT, 0, 1, ROOT, ORPHAN, 3);
        assertThat(links.edges()).isEqualTo(3);
        assertThat(children(links))
                .containsExactly(List.of(1), List.of(2), List.of(), List.of(5), List.of(), List.of());
    }

    @ParameterizedTest
    @MethodSource("forms")
    void everyRowOfARepeatedKeyIsAParent(Function<List<@Nullable String>, Vector> form) {
        Links links =
                links(form, List.of(row("t", "a", null), row("t", "b", "a"), row("t", "a", "b"), row("t", "c", "a")));

        assertThat(links.isSingle()).isFalse();
        assertThat(parents(links)).containsExactly(List.of(), List.of(0, 2), List.of(1), List.of(0, 2));
        assertThat(links.parent(1)).isZero();
        assertThat(links.parent(0)).isEqualTo(ROOT);
        assertThat(links.edges()).isEqualTo(5);
        assertThat(children(links)).containsExactly(List.of(1, 3), List.of(2), List.of(1, 3), List.of());
    }

    @ParameterizedTest
    @MethodSource("forms")
    void cyclesAndLoopsAreEdgesLikeOthers(Function<List<@Nullable String>, Vector> form) {
        Links links = links(form, List.of(row("t", "a", "b"), row("t", "b", "a"), row("t", "c", "c")));

        assertThat(links.firstParents()).containsExactly(1, 0, 2);
        assertThat(children(links)).containsExactly(List.of(1), List.of(0), List.of(2));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void aNullIsNoKeyNoParentAndNoScope(Function<List<@Nullable String>, Vector> form) {
        Links links = links(
                form,
                List.of(
                        row(null, "a", null),
                        row(null, "b", "a"),
                        row("t", null, null),
                        row("t", "c", null),
                        row("t", null, "c")));

        assertThat(links.firstParents()).containsExactly(ROOT, ROOT, ROOT, ROOT, 3);
    }

    @Test
    void uuidsAreToldFromTextsThatLookLikeThem() {
        String uuid = "0b8f3a52-9c1d-4e7a-8f60-a1b2c3d4e5f6";
        List<Row> rows = List.of(
                row("t", uuid, null),
                row("t", "1" + uuid.substring(1), uuid),
                row("t", "2" + uuid.substring(1), uuid.toUpperCase(java.util.Locale.ROOT)),
                row("t", "3" + uuid.substring(1), uuid.substring(0, 35)),
                row("t", "4" + uuid.substring(1), uuid.replace('-', '0')),
                row("t", "5" + uuid.substring(1), uuid.replace('a', 'g')),
                row("t", "6" + uuid.substring(1), ""));

        assertThat(links(LinksTest::texts, rows).firstParents())
                .containsExactly(ROOT, 0, ORPHAN, ORPHAN, ORPHAN, ORPHAN, ORPHAN);
    }

    @Test
    void keysThatAreNoUuidsAreFoundByTheirBytes() {
        String uuid = "0b8f3a52-9c1d-4e7a-8f60-a1b2c3d4e5f6";
        // "Aa" and "BB" have one hash.
        List<Row> rows = List.of(
                row("t", uuid, null),
                row("t", uuid.toUpperCase(java.util.Locale.ROOT), uuid),
                row("t", "Aa", uuid.toUpperCase(java.util.Locale.ROOT)),
                row("t", "BB", "Aa"),
                row("t", "", "BB"),
                row("t", "x", ""));

        assertThat(links(LinksTest::texts, rows).firstParents()).containsExactly(ROOT, 0, 1, 2, 3, 4);
    }

    @Test
    void keysOfSeveralColumnsAndOtherTypesAreFoundAsAHashJoinDoes() {
        Vector first = new LongVector(new long[] {1, 1, 2, 1}, NullMask.NONE, LongKind.INTEGER);
        Vector second = texts(Arrays.asList("a", "b", "a", "a"));
        Vector firstParent = new LongVector(new long[] {0, 1, 1, 2}, NullMask.of(bits(0)), LongKind.INTEGER);
        Vector secondParent = texts(Arrays.asList("a", "a", "b", null));
        try (LinksBuilder builder = new LinksBuilder(BatchInput.context())) {
            Links links =
                    builder.build(ScopeRuns.single(4), List.of(first, second), List.of(firstParent, secondParent));

            assertThat(parents(links)).containsExactly(List.of(), List.of(0, 3), List.of(1), List.of());
        }
    }

    private static BitSet bits(int... set) {
        BitSet bits = new BitSet();
        Arrays.stream(set).forEach(bits::set);
        return bits;
    }

    @Test
    void aConstantIsAColumnLikeAnother() {
        try (LinksBuilder builder = new LinksBuilder(BatchInput.context())) {
            Links links = builder.build(
                    ScopeRuns.of(List.of(new ConstantVector(Value.of("t"), 2)), 2),
                    List.of(texts(Arrays.asList("a", "b"))),
                    List.of(new ConstantVector(Value.of("a"), 2)));

            assertThat(links.firstParents()).containsExactly(0, 0);
        }
    }

    @Test
    void aBlockWithoutRowsHasNoLinks() {
        Links links = links(LinksTest::texts, List.of());

        assertThat(links.rows()).isZero();
        assertThat(links.edges()).isZero();
        assertThat(links.children().rows()).isEmpty();
    }

    @Test
    void runsBeginWhereAnyPartOfTheScopeChanges() {
        Vector tenant = codes(Arrays.asList("x", "x", "x", "y", "y"));
        Vector trace = texts(Arrays.asList("1", "1", "2", "2", null));

        ScopeRuns runs = ScopeRuns.of(List.of(tenant, trace), 5);

        assertThat(runs.starts()).containsExactly(0, 2, 3, 4, 5);
        assertThat(runs.withoutScope()).isEqualTo(bits(3));
    }

    @Test
    void randomRowsHaveTheParentsThatASearchOfAllPairsFinds() {
        Random random = new Random(7);
        for (int round = 0; round < 300; round++) {
            List<Row> rows = randomRows(random);
            List<List<Integer>> expected = byAllPairs(rows);

            forms().forEach(form -> assertThat(parents(links(form, rows))).isEqualTo(expected));
        }
    }

    private static List<Row> randomRows(Random random) {
        List<Row> rows = new ArrayList<>();
        boolean uuids = random.nextBoolean();
        for (int scope = 0; scope < 4; scope++) {
            int count = random.nextInt(random.nextInt(5) == 0 ? 60 : 8);
            List<String> keys = IntStream.range(0, 1 + count)
                    .mapToObj(i -> uuids ? new UUID(random.nextLong(), random.nextLong()).toString() : "k" + i)
                    .toList();
            for (int i = 0; i < count; i++) {
                rows.add(new Row(
                        "s" + scope,
                        random.nextInt(20) == 0 ? null : keys.get(random.nextInt(8) == 0 ? 0 : i),
                        random.nextInt(6) == 0 ? null : keys.get(random.nextInt(keys.size()))));
            }
        }
        return rows;
    }

    private static List<List<Integer>> byAllPairs(List<Row> rows) {
        return rows.stream()
                .map(child -> IntStream.range(0, rows.size())
                        .filter(i -> child.parent() != null
                                && child.parent().equals(rows.get(i).key())
                                && Objects.equals(child.scope(), rows.get(i).scope()))
                        .boxed()
                        .toList())
                .toList();
    }

    @Test
    void aQueryThatIsOverEndsTheSearch() {
        int rows = 1 << 18;
        Vector keys = new LongVector(new long[rows], NullMask.NONE, LongKind.INTEGER);
        QueryContext context = BatchInput.context();
        context.cancellation().cancel(Cancellation.Reason.KILLED);
        try (LinksBuilder builder = new LinksBuilder(context)) {

            assertThatThrownBy(() -> builder.build(ScopeRuns.single(rows), List.of(keys), List.of(keys)))
                    .isInstanceOf(QueryException.class);
        }
    }
}
