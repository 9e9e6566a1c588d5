package io.spangraph.bench;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What {@code bench/run scan} was asked for.
 *
 * @param json where to write the rows as JSON
 * @param only ids of the rows to run; empty: all
 * @param spans size of the tables; empty: the usual size, or with {@code quick} what is there
 * @param quick fewer keys and repetitions
 * @param data folder that holds the tables between runs
 */
record BenchOptions(Optional<Path> json, List<String> only, OptionalLong spans, boolean quick, Path data) {
    static final long USUAL_SPANS = 10_000_000;
    static final long QUICK_SPANS = 1_000_000;
    static final String START_TO_FIRST_ANSWER = "start-to-first-answer";
    static final String SCAN_512M = "scan-512m";
    static final String FETCH_BESIDE_SPILL = "fetch-beside-spill";

    static final List<String> ROWS = Stream.concat(
                    Arrays.stream(ScanRow.values()).map(ScanRow::id),
                    Stream.of(START_TO_FIRST_ANSWER, SCAN_512M, FETCH_BESIDE_SPILL))
            .toList();

    static final String USAGE = """
            Usage: bench/run scan|graph [--json FILE] [--only ROW[,ROW...]] [--spans N] [--quick] [--data DIR]
              --json FILE   write the rows as a JSON array
              --only ROWS   run these rows only; of scan:
                              trace-fetch, trace-fetch-day, trace-fetch-unsorted, span-id-bloom, span-id-index,
                              group-by, group-by-tenant, group-by-day, group-by-error, group-by-trace-top10,
                              min-max, count-distinct, count-star,
                              start-to-first-answer, scan-512m, fetch-beside-spill
                            of graph:
                              pairs, same-tool-5, same-tool-2, fail-leaf, orphans, with-parent, fan-out,
                              subtree-tokens, below, descendants-all, descendants-all-1m,
                              page-550, page-550-bucket, page-550-payload,
                              trace-growth-1m, trace-growth-10m, trace-growth-30m, window-10m, window-30m,
                              social-01 to social-10, flat-NN, hop-NN,
                              plan-new-text, plan-new-literal, first-point, first-bi
              --spans N     spans of each table (default 10000000; the four tables of scan take about 1.2 KB a span,
                            those of graph 1.5 KB more)
              --quick       at most twenty minutes: fewer keys and repetitions, and tables of 1000000 spans unless the
                            usual ones are there
              --data DIR    keep the tables here (default: a cache folder of the user's)

            Or: bench/run jmh [PATTERN]   measure the loops of the reader whose names contain PATTERN
                bench/run report PLOT.svg RUN.json ...   tables of earlier runs of graph, and their plot
            """;

    private static final long LEAST_SPANS = 1_000;

    static BenchOptions parse(List<String> arguments) {
        return parse(ROWS, arguments);
    }

    /** Options of a command that has these rows. */
    static BenchOptions parse(List<String> known, List<String> arguments) {
        Optional<Path> json = Optional.empty();
        List<String> only = List.of();
        OptionalLong spans = OptionalLong.empty();
        boolean quick = false;
        Path data = defaultData();
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            String option = rest.next();
            switch (option) {
                case "--json" -> json = Optional.of(Path.of(valueOf(option, rest)));
                case "--only" -> only = rows(known, valueOf(option, rest));
                case "--spans" -> spans = OptionalLong.of(parseSpans(valueOf(option, rest)));
                case "--quick" -> quick = true;
                case "--data" -> data = Path.of(valueOf(option, rest));
                default -> throw new IllegalArgumentException("Unknown option " + option + ".\n" + USAGE);
            }
        }
        return new BenchOptions(json, only, spans, quick, data.toAbsolutePath());
    }

    Pace pace() {
        return quick ? Pace.QUICK : Pace.FULL;
    }

    boolean wants(String row) {
        return only.isEmpty() || only.contains(row);
    }

    private static List<String> rows(List<String> known, String text) {
        List<String> rows = Arrays.asList(text.split(","));
        rows.stream().filter(row -> !known.contains(row)).findFirst().ifPresent(row -> {
            throw new IllegalArgumentException(
                    "--only needs ids of rows; '" + row + "' is none. There are: " + String.join(", ", known) + ".");
        });
        return rows;
    }

    private static String valueOf(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException(option + " needs a value.\n" + USAGE);
        }
        return rest.next();
    }

    private static long parseSpans(String text) {
        long spans;
        try {
            spans = Long.parseLong(text.replace("_", ""));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--spans needs a number, not '" + text + "'.", e);
        }
        if (spans < LEAST_SPANS) {
            throw new IllegalArgumentException("--spans needs " + LEAST_SPANS + " at least, not " + text + ".");
        }
        return spans;
    }

    private static Path defaultData() {
        String cache = System.getenv("XDG_CACHE_HOME");
        Path base =
                cache == null || cache.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache);
        return base.resolve("spangraph").resolve("bench");
    }
}
