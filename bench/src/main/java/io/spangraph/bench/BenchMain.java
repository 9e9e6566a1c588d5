package io.spangraph.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.openjdk.jmh.Main;

/** Entry of {@code bench/run}. */
public final class BenchMain {
    private static final int BAD_USAGE = 2;

    private BenchMain() {}

    public static void main(String[] arguments) throws Exception {
        List<String> rest = Arrays.asList(arguments).subList(Math.min(1, arguments.length), arguments.length);
        String command = arguments.length == 0 ? "" : arguments[0];
        try {
            switch (command) {
                case "scan" -> System.exit(scan(BenchOptions.parse(rest)));
                case "graph" -> System.exit(graph(BenchOptions.parse(GraphRows.ids(home()), rest)));
                case "report" -> System.out.print(report(rest));
                case "jmh" -> Main.main(rest.toArray(String[]::new));
                case FirstAnswer.COMMAND -> FirstAnswer.main(rest);
                default -> throw new IllegalArgumentException(BenchOptions.USAGE);
            }
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage());
            System.exit(BAD_USAGE);
        }
    }

    private static String report(List<String> arguments) throws IOException {
        if (arguments.size() < 2) {
            throw new IllegalArgumentException(GraphReport.USAGE);
        }
        return GraphReport.of(
                Path.of(arguments.getFirst()),
                arguments.stream().skip(1).map(Path::of).toList());
    }

    private static int scan(BenchOptions options) throws Exception {
        return end(options, new ScanCommand(options, home(), System.out, System.err).run());
    }

    private static int graph(BenchOptions options) throws Exception {
        return end(options, new GraphCommand(options, home(), System.out, System.err).run());
    }

    private static int end(BenchOptions options, List<BenchRow> rows) throws IOException {
        if (options.json().isPresent()) {
            BenchReport.write(options.json().get(), rows);
        }
        return rows.stream().allMatch(BenchRow::checksumEqual) ? 0 : 1;
    }

    /** The folder that holds the questions and mappings. */
    static Path home() {
        return Path.of(System.getProperty("spangraph.home", ".")).resolve("bench");
    }
}
