package io.spangraph.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the rows of {@code bench/run graph} are held to, beside the peer and beside each other. */
final class GraphBars {
    private static final List<String> WHOLE_LAKE = List.of("pairs", "fail-leaf", "orphans", "subtree-tokens", "below");
    private static final List<String> GROUPED = List.of("fan-out", "same-tool-5");
    private static final String SOCIAL = "social-";

    private GraphBars() {}

    /** A line of a comparison: what was wanted, what came, and whether that will do. */
    record Verdict(String what, String wanted, String found, boolean met) {}

    /** All that can be said of some rows. */
    static List<Verdict> of(List<BenchRow> rows) {
        List<Verdict> verdicts = new ArrayList<>();
        for (BenchRow row : rows) {
            Optional<Double> cpu = row.peer()
                    .filter(peer -> row.checksumEqual() && peer.input() == PeerInput.ALL)
                    .map(peer -> row.ours().cpuMillis() / peer.timing().cpuMillis());
            if (WHOLE_LAKE.contains(row.row())) {
                cpu.ifPresent(
                        found -> verdicts.add(most(row, "CPU", row.state() == BenchState.COLD ? 0.5 : 0.15, found)));
            } else if (GROUPED.contains(row.row())) {
                cpu.ifPresent(
                        found -> verdicts.add(most(row, "CPU", row.state() == BenchState.COLD ? 0.8 : 0.3, found)));
            } else {
                time(row).ifPresent(verdicts::add);
            }
        }
        ofSocial(rows).ifPresent(verdicts::add);
        ofGrowth(rows).ifPresent(verdicts::add);
        ofWindows(rows).ifPresent(verdicts::add);
        verdicts.addAll(ofPairs(rows));
        return verdicts;
    }

    private static Optional<Verdict> time(BenchRow row) {
        Optional<Double> ratio = row.ratio().filter(found -> row.checksumEqual());
        return switch (row.row()) {
            case "descendants-all" -> ratio.map(found -> most(row, "time", 1 / 20.0, found));
            case "page-550" -> ratio.map(found -> most(row, "time", 1 / 3.0, found));
            case "page-550-payload" -> ratio.map(found -> most(row, "time", 1, found));
            case PlanTimes.NEW_TEXT -> Optional.of(mostMillis(row, 1));
            case PlanTimes.NEW_LITERAL -> Optional.of(mostMillis(row, 0.1));
            case GraphRows.FIRST_POINT -> Optional.of(mostMillis(row, 2_000));
            case GraphRows.FIRST_BI -> Optional.of(mostMillis(row, 5_000));
            default ->
                row.row().startsWith(SOCIAL) && row.state() == BenchState.COLD
                        ? ratio.map(found -> most(row, "time", 3, found))
                        : Optional.empty();
        };
    }

    private static Verdict most(BenchRow row, String what, double wanted, double found) {
        return new Verdict(
                row.row() + ", " + row.state().id() + ", " + what + " beside DuckDB",
                "at most " + number(wanted),
                number(found),
                found <= wanted);
    }

    private static Verdict mostMillis(BenchRow row, double wanted) {
        return new Verdict(
                row.row(),
                "at most " + number(wanted) + " ms",
                number(row.ours().medianMillis()) + " ms",
                row.checksumEqual() && row.ours().medianMillis() <= wanted);
    }

    private static Optional<Verdict> ofSocial(List<BenchRow> rows) {
        List<Double> ratios = rows.stream()
                .filter(row -> row.row().startsWith(SOCIAL) && row.state() == BenchState.COLUMN_WARM)
                .flatMap(row -> row.ratio().stream())
                .sorted()
                .toList();
        if (ratios.isEmpty()) {
            return Optional.empty();
        }
        double median = (ratios.get((ratios.size() - 1) / 2) + ratios.get(ratios.size() / 2)) / 2;
        return Optional.of(new Verdict(
                "median of " + ratios.size() + " rows of the social network, column-warm, time beside DuckDB",
                "at most 1",
                number(median),
                median <= 1));
    }

    private static Optional<Verdict> ofGrowth(List<BenchRow> rows) {
        Optional<BenchRow> small = find(rows, "trace-growth-1m");
        Optional<BenchRow> large = find(rows, "trace-growth-30m");
        return small.flatMap(one -> large.map(other -> {
            double growth = other.ours().medianMillis() / one.ours().medianMillis();
            return new Verdict("trace-growth, 30 times the spans, time", "at most 1.2", number(growth), growth <= 1.2);
        }));
    }

    private static Optional<Verdict> ofWindows(List<BenchRow> rows) {
        Optional<BenchRow> small = find(rows, "window-10m");
        Optional<BenchRow> large = find(rows, "window-30m");
        return small.flatMap(one -> large.map(other -> {
            double growth = (double) other.reads().bytes() / one.reads().bytes();
            return new Verdict("window, 3 times the days, bytes", "at most 1.1", number(growth), growth <= 1.1);
        }));
    }

    private static Optional<BenchRow> find(List<BenchRow> rows, String id) {
        return rows.stream()
                .filter(row -> row.row().equals(id) && row.checksumEqual())
                .findFirst();
    }

    /** Each pair in files, row groups and bytes. */
    private static List<Verdict> ofPairs(List<BenchRow> rows) {
        return rows.stream()
                .map(BenchRow::row)
                .filter(id -> id.startsWith("flat-"))
                .distinct()
                .flatMap(id -> find(rows, id).stream()
                        .flatMap(flat -> find(rows, id.replace("flat-", "hop-")).map(hop -> pair(flat, hop)).stream()))
                .toList();
    }

    private static Verdict pair(BenchRow flat, BenchRow hop) {
        return new Verdict(
                hop.row() + " reads as " + flat.row() + ": files, row groups, bytes",
                reads(flat),
                reads(hop),
                flat.checksumEqual() && hop.checksumEqual() && reads(flat).equals(reads(hop)));
    }

    private static String reads(BenchRow row) {
        return String.format(
                Locale.ROOT,
                "%d, %d, %,d",
                row.reads().files(),
                row.reads().rowGroups(),
                row.reads().bytes());
    }

    private static String number(double value) {
        return value < 10
                ? String.format(Locale.ROOT, "%.3f", value).replaceAll("\\.?0+$", "")
                : String.format(Locale.ROOT, "%,.0f", value);
    }
}
