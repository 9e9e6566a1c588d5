package io.spangraph.bench;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * What {@code bench/run scan} was asked for.
 *
 * @param json where to write the rows as JSON
 * @param only ids of the rows to run; empty: all
 * @param spans size of the lake
 * @param quick fewer repetitions
 * @param data folder that holds the lakes between runs
 */
record BenchOptions(Optional<Path> json, List<String> only, long spans, boolean quick, Path data) {
    static final String USAGE = """
            Usage: bench/run scan [--json FILE] [--only ROW[,ROW...]] [--spans N] [--quick] [--data DIR]
              --json FILE   write the rows as a JSON array
              --only ROWS   run these rows only: trace-fetch, group-by
              --spans N     spans of the lake (default 1000000)
              --quick       fewer repetitions
              --data DIR    keep lakes here (default: a cache folder of the user's)
            """;

    private static final long DEFAULT_SPANS = 1_000_000;

    static BenchOptions parse(List<String> arguments) {
        Optional<Path> json = Optional.empty();
        List<String> only = List.of();
        long spans = DEFAULT_SPANS;
        boolean quick = false;
        Path data = defaultData();
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            String option = rest.next();
            switch (option) {
                case "--json" -> json = Optional.of(Path.of(valueOf(option, rest)));
                case "--only" -> only = Arrays.asList(valueOf(option, rest).split(","));
                case "--spans" -> spans = parseLong(option, valueOf(option, rest));
                case "--quick" -> quick = true;
                case "--data" -> data = Path.of(valueOf(option, rest));
                default -> throw new IllegalArgumentException("Unknown option " + option + ".\n" + USAGE);
            }
        }
        return new BenchOptions(json, only, spans, quick, data.toAbsolutePath());
    }

    boolean wants(String row) {
        return only.isEmpty() || only.contains(row);
    }

    private static String valueOf(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException(option + " needs a value.\n" + USAGE);
        }
        return rest.next();
    }

    private static long parseLong(String option, String text) {
        try {
            return Long.parseLong(text.replace("_", ""));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(option + " needs a number, not '" + text + "'.", e);
        }
    }

    private static Path defaultData() {
        String cache = System.getenv("XDG_CACHE_HOME");
        Path base =
                cache == null || cache.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache);
        return base.resolve("spangraph").resolve("bench");
    }
}
