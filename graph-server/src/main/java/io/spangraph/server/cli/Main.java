package io.spangraph.server.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The program behind {@code bin/spangraph}: its commands, and what its errors look like. */
@Command(
        name = "spangraph",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Cypher over Apache Iceberg span tables, as a property graph.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DemoCommand.class,
            ServeCommand.class,
            QueryCommand.class,
            ValidateCommand.class,
            LakeCommand.class,
            HashPasswordCommand.class
        },
        footer = {"", "Settings and exit codes: docs/configuration.md. Errors: docs/errors.md."})
public final class Main implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Named by {@link Launcher}. */
    public static void main(String[] arguments) {
        System.exit(run(System.out, System.err, arguments));
    }

    /** Runs a command and gives its exit code. */
    static int run(PrintStream out, PrintStream err, String... arguments) {
        PrintWriter outWriter = new PrintWriter(out, true, StandardCharsets.UTF_8);
        PrintWriter errWriter = new PrintWriter(err, true, StandardCharsets.UTF_8);
        CommandLine commandLine = new CommandLine(new Main())
                .setOut(outWriter)
                .setErr(errWriter)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(false)
                .setUsageHelpWidth(110)
                .setExecutionExceptionHandler((failure, command, parsed) ->
                        Failures.tell(failure, errWriter).code())
                .setParameterExceptionHandler((failure, given) -> Failures.tellUsage(failure, errWriter));
        int code = commandLine.execute(arguments);
        outWriter.flush();
        errWriter.flush();
        return code;
    }

    /** Without a command the help is the best answer there is. */
    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Which command?");
    }
}
