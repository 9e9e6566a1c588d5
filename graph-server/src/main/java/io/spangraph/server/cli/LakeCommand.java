package io.spangraph.server.cli;

import io.spangraph.lake.LakeGenerator;
import io.spangraph.lake.LakeReport;
import io.spangraph.lake.LakeSpec;
import io.spangraph.lake.Layout;
import io.spangraph.lake.ProgressBar;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Commands for lakes as such. */
@Command(
        name = "lake",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Makes sample lakes.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = LakeCommand.GenerateCommand.class)
final class LakeCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command?");
    }

    /** Writes a sample lake of any size. */
    @Command(
            name = "generate",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class,
            description = "Writes a sample lake. The same options with the same seed give the same rows.")
    static final class GenerateCommand implements Callable<Integer> {
        @Option(names = "--layout", paramLabel = "LAYOUT", description = "clawtrace, the default.")
        private String layout = Layout.CLAWTRACE.optionValue();

        @Option(names = "--spans", paramLabel = "N", required = true, description = "Rows of the span table.")
        private long spans;

        @Option(names = "--traces", paramLabel = "N", description = "Rows of the trace table. Default: spans / 25.")
        private Optional<Integer> traces = Optional.empty();

        @Option(names = "--tenants", paramLabel = "T", description = "How many tenants. Default: 3.")
        private int tenants = 3;

        @Option(names = "--seed", paramLabel = "S", description = "Default: 42.")
        private long seed = 42;

        @Option(
                names = "--until",
                paramLabel = "ISO",
                description = "The moment before which all runs end, such as 2026-04-08 or 2026-04-08T12:00:00Z."
                        + " Default: today, 0:00 UTC.")
        private Optional<String> until = Optional.empty();

        @Option(names = "--out", paramLabel = "DIR", required = true, description = "Folder of the lake, new or empty.")
        private Path out = Path.of("");

        @Option(names = "--payload-median", paramLabel = "BYTES", description = "Half of the payloads are shorter.")
        private int payloadMedian = LakeSpec.DEFAULT_PAYLOAD_MEDIAN_BYTES;

        @Option(names = "--payload-p99", paramLabel = "BYTES", description = "One payload in a hundred is longer.")
        private int payloadP99 = LakeSpec.DEFAULT_PAYLOAD_P99_BYTES;

        @Option(names = "--row-group-bytes", paramLabel = "BYTES", description = "When Parquet begins a new row group.")
        private int rowGroupBytes = LakeSpec.DEFAULT_ROW_GROUP_BYTES;

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() {
            LakeSpec usual = LakeSpec.of(Layout.parse(layout), spans, tenants, seed, end(), out)
                    .withPayloads(payloadMedian, payloadP99)
                    .withRowGroupBytes(rowGroupBytes);
            LakeSpec lake = traces.map(usual::withTraces).orElse(usual);
            LakeReport report =
                    LakeGenerator.generate(lake, new ProgressBar("Spans", System.err, Terminal.watchesErrors()));
            PrintWriter stdout = spec.commandLine().getOut();
            report.tables().forEach(table -> stdout.println(table.name() + ": " + table.rows() + " rows"));
            stdout.println("The lake in " + lake.directory() + " is complete, with " + report.bytes()
                    + " bytes of data. Serve it: " + Places.launcher() + " demo --data " + out);
            return ExitCode.DONE.code();
        }

        private Instant end() {
            if (until.isEmpty()) {
                return Instant.now().truncatedTo(ChronoUnit.DAYS);
            }
            String text = until.get();
            try {
                return text.indexOf('T') < 0
                        ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                        : OffsetDateTime.parse(text).toInstant();
            } catch (DateTimeException e) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--until is '" + text + "'; expected a time such as 2026-04-08 or 2026-04-08T12:00:00Z.");
            }
        }
    }
}
