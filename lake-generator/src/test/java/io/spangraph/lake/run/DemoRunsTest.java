package io.spangraph.lake.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The runs of the demo lake, made without writing a file: what its first users will find when they ask. */
class DemoRunsTest {

    private static final Instant UNTIL = Instant.parse("2026-11-21T12:00:00Z");
    private static final RunSettings SETTINGS =
            new RunSettings(42, 200_000, 8_000, Vocabulary.tenants(3), UNTIL, 1 << 10, 1 << 15);

    private static List<GeneratedTrace> traces = List.of();

    @BeforeAll
    static void generate() {
        TracePlanner planner = new TracePlanner(SETTINGS);
        TraceGenerator generator = new TraceGenerator(SETTINGS);
        traces = IntStream.range(0, planner.traceCount())
                .mapToObj(index -> generator.generate(planner.plan(index)))
                .toList();
    }

    @Test
    void theTraceWithTheMostTokensIsSoundAndHasFiveThousandSpans() {
        List<GeneratedTrace> byTokens = new ArrayList<>(traces);
        byTokens.sort(Comparator.comparingLong(GeneratedTrace::totalTokens).reversed());
        GeneratedTrace largest = byTokens.get(0);

        assertThat(largest.rows()).hasSize(5_000);
        assertThat(largest.plan().tenant()).isEqualTo("acme");
        assertThat(largest.plan().damage()).isEqualTo(Damage.NONE);
        assertThat(largest.totalTokens()).isGreaterThan(4 * byTokens.get(1).totalTokens());
        assertThat(depths(largest)).hasSize(5_000);
        assertThat(maxDepth(largest)).isGreaterThanOrEqualTo(6);
        assertThat(largest.spans())
                .filteredOn(span -> span.kind() == StepKind.SUBAGENT)
                .hasSizeGreaterThan(20);
        assertThat(childCounts(largest).values()).anyMatch(count -> count > 200);
    }

    @Test
    void rowsAddUpToTheNumberAskedFor() {
        assertThat(traces.stream().mapToInt(trace -> trace.rows().size()).sum()).isEqualTo(200_000);
        assertThat(traces)
                .allSatisfy(
                        trace -> assertThat(trace.rows()).hasSize(trace.plan().rows()));
        assertThat(traces).filteredOn(trace -> trace.rows().isEmpty()).hasSize(1);
    }

    @Test
    void aTraceCanBeMadeAgainWithoutTheOthers() {
        TracePlanner planner = new TracePlanner(SETTINGS);

        GeneratedTrace again = new TraceGenerator(SETTINGS).generate(planner.plan(4_711));

        assertThat(again).isEqualTo(traces.get(4_711));
        assertThat(planner.traceId(4_711)).isEqualTo(again.plan().traceId());
    }

    @Test
    void idsAreUniqueVersionFourUuids() {
        Set<String> ids = new HashSet<>();
        traces.forEach(trace -> {
            ids.add(trace.plan().traceId());
            trace.spans().forEach(span -> ids.add(span.spanId()));
        });

        int spans = traces.stream().mapToInt(trace -> trace.spans().size()).sum();
        assertThat(ids).hasSize(spans + traces.size());
        assertThat(ids)
                .allMatch(id -> id.matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"));
    }

    @Test
    void runsLieInTheEightDaysBeforeTheLastMomentAndMoreOfThemByDay() {
        long until = UNTIL.toEpochMilli();
        long earliest =
                UNTIL.minus(TracePlanner.HISTORY).minus(Duration.ofDays(1)).toEpochMilli();

        assertThat(traces).allMatch(trace -> trace.startMs() >= earliest && trace.endMs() <= until);
        assertThat(inHours(9, 17)).isGreaterThan(4 * inHours(0, 8));
        assertThat(traces)
                .filteredOn(trace -> day(trace.startMs()) != day(trace.endMs()))
                .hasSizeGreaterThan(20);
    }

    @Test
    void mostSpansAreShallowAndSomeAreTenLevelsDeep() {
        Map<Integer, Long> spansByDepth = traces.stream()
                .filter(trace -> trace.plan().damage() == Damage.NONE)
                .flatMap(trace -> depths(trace).values().stream())
                .collect(Collectors.groupingBy(depth -> depth, Collectors.counting()));

        assertThat(spansByDepth.get(0)).isLessThan(spansByDepth.get(1));
        assertThat(spansByDepth.get(3)).isBetween(10_000L, 80_000L);
        assertThat(spansByDepth.get(10)).isPositive();
        assertThat(spansByDepth).doesNotContainKey(11);
    }

    @Test
    void tenantsAndAgentsAreSkewed() {
        Map<String, Long> byTenant = traces.stream()
                .collect(Collectors.groupingBy(trace -> trace.plan().tenant(), Collectors.counting()));
        Map<String, Long> byAgent = traces.stream()
                .collect(Collectors.groupingBy(trace -> trace.plan().agent().id(), Collectors.counting()));

        assertThat(byTenant.get("acme")).isGreaterThan(2 * byTenant.getOrDefault("globex", 0L));
        assertThat(byTenant.get("globex")).isGreaterThan(byTenant.get("initech"));
        assertThat(byAgent).hasSize(15);
        assertThat(byAgent.get("acme-assistant")).isGreaterThan(2 * byAgent.getOrDefault("acme-operations", 0L));
        assertThat(traces)
                .filteredOn(trace -> trace.plan().sessionKey().isEmpty())
                .hasSizeBetween(100, 500);
        assertThat(traces.stream()
                        .flatMap(trace -> trace.plan().sessionKey().stream())
                        .distinct())
                .hasSizeBetween(50, 500)
                .contains("agent:main:main");
    }

    @Test
    void contextsGrowAndSomeStartTooLarge() {
        long growing = traces.stream()
                .map(DemoRunsTest::promptSizes)
                .filter(sizes -> sizes.size() >= 5 && sizes.get(sizes.size() - 1) > 3 * sizes.get(0))
                .count();

        assertThat(growing).isGreaterThan(100);
        assertThat(traces.stream().flatMap(trace -> trace.spans().stream()).flatMap(span -> span.usage().stream()))
                .anyMatch(usage -> usage.input() > 150_000)
                .anyMatch(usage -> usage.cacheRead() > 10_000 && usage.cacheWrite() > 0)
                .allMatch(usage ->
                        usage.total() == usage.input() + usage.output() + usage.cacheRead() + usage.cacheWrite());
    }

    @Test
    void toolsRepeatWithTheSameArgumentsAndLoop() {
        assertThat(traces)
                .anyMatch(trace ->
                        calls(trace, GeneratedSpan::input).values().stream().anyMatch(count -> count > 1));
        assertThat(traces.stream()
                        .flatMap(trace -> calls(trace, GeneratedSpan::parentSpanId).values().stream())
                        .filter(count -> count >= 5))
                .hasSizeGreaterThan(500);
    }

    @Test
    void someStepsNeverEnd() {
        List<GeneratedSpan> steps = traces.stream()
                .flatMap(trace -> trace.spans().stream())
                .filter(span -> span.output().isEmpty())
                .toList();

        assertThat(steps).anyMatch(span -> span.endMs().isEmpty());
        assertThat(steps)
                .anyMatch(span -> span.endMs().isPresent() && span.endMs().getAsLong() == span.startMs());
        assertThat(steps).allMatch(span -> span.usage().isEmpty());
    }

    @Test
    void namesCoverWhatIsHardToRead() {
        Set<String> labels = traces.stream()
                .flatMap(trace -> trace.spans().stream())
                .map(GeneratedSpan::label)
                .collect(Collectors.toSet());

        assertThat(labels).containsAll(Vocabulary.MODELS).containsAll(Vocabulary.TOOLS);
        assertThat(labels).containsAll(Vocabulary.SUBAGENTS).contains("session", "搜索文档", Vocabulary.NEW_TOOL);
        long firstUse = traces.stream()
                .flatMap(trace -> trace.spans().stream())
                .filter(span -> span.label().equals(Vocabulary.NEW_TOOL))
                .mapToLong(GeneratedSpan::startMs)
                .min()
                .orElseThrow();
        assertThat(Instant.ofEpochMilli(firstUse)).isAfter(UNTIL.minus(Duration.ofDays(4)));
    }

    @Test
    void subAgentsOutliveTheToolThatStartedThem() {
        long outliving = traces.stream()
                .flatMap(trace -> trace.spans().stream()
                        .filter(span -> span.kind() == StepKind.SUBAGENT)
                        .filter(span -> parent(trace, span)
                                .filter(tool -> tool.lastMs() < span.lastMs())
                                .isPresent()))
                .count();

        assertThat(outliving).isGreaterThan(100);
    }

    private static Optional<GeneratedSpan> parent(GeneratedTrace trace, GeneratedSpan child) {
        return trace.spans().stream()
                .filter(span -> child.parentSpanId().equals(Optional.of(span.spanId())))
                .findFirst();
    }

    private static <K> Map<List<Object>, Long> calls(GeneratedTrace trace, Function<GeneratedSpan, K> key) {
        return trace.spans().stream()
                .filter(span -> span.kind() == StepKind.TOOL_CALL)
                .collect(Collectors.groupingBy(span -> List.of(span.label(), key.apply(span)), Collectors.counting()));
    }

    private static List<Long> promptSizes(GeneratedTrace trace) {
        return trace.spans().stream()
                .flatMap(span -> span.usage().stream())
                .map(TokenUsage::input)
                .toList();
    }

    private static Map<String, Long> childCounts(GeneratedTrace trace) {
        return trace.spans().stream()
                .flatMap(span -> span.parentSpanId().stream())
                .collect(Collectors.groupingBy(id -> id, Collectors.counting()));
    }

    private static int maxDepth(GeneratedTrace trace) {
        return depths(trace).values().stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    /** Depth below the root of each span; children start after their parents, so one pass is enough. */
    private static Map<String, Integer> depths(GeneratedTrace trace) {
        Map<String, Integer> depths = new HashMap<>();
        trace.spans()
                .forEach(span -> depths.put(
                        span.spanId(),
                        span.hasParent()
                                ? 1 + depths.getOrDefault(span.parentSpanId().orElseThrow(), Integer.MAX_VALUE)
                                : 0));
        return depths;
    }

    private static long inHours(int from, int to) {
        return traces.stream()
                .map(trace -> trace.startMs() / Duration.ofHours(1).toMillis() % 24)
                .filter(hour -> hour >= from && hour < to)
                .count();
    }

    private static long day(long moment) {
        return Math.floorDiv(moment, Duration.ofDays(1).toMillis());
    }
}
