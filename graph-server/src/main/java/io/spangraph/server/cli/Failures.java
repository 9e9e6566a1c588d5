package io.spangraph.server.cli;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.lake.InvalidLakeSpecException;
import io.spangraph.lake.LakeException;
import io.spangraph.model.schema.SchemaException;
import io.spangraph.server.config.ConfigurationException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in a sentence what went wrong, and chooses the exit code. Stack traces go to the log, at DEBUG. */
final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private Failures() {}

    static ExitCode tell(Exception failure, PrintWriter err) {
        LOG.debug("The command failed", failure);
        return switch (failure) {
            case ConfigurationException settings -> {
                err.println("The settings cannot be used:");
                settings.problems().forEach(problem -> err.println("  " + problem));
                yield ExitCode.NOT_STARTED;
            }
            case SchemaException mapping -> {
                err.println(mapping.getMessage());
                yield ExitCode.FAILED;
            }
            case QueryException query -> {
                tellQuery(query, err);
                yield query.code() == QueryErrorCode.INTERNAL ? ExitCode.INTERNAL_ERROR : ExitCode.FAILED;
            }
            case InvalidLakeSpecException spec -> say(spec, ExitCode.WRONG_USAGE, err);
            case LakeException lake -> say(lake, ExitCode.FAILED, err);
            case NotStartedException missing -> say(missing, ExitCode.NOT_STARTED, err);
            case RemoteException remote -> say(remote, ExitCode.FAILED, err);
            case UncheckedIOException io -> {
                err.println(rootMessage(io));
                yield ExitCode.NOT_STARTED;
            }
            default -> {
                LOG.error("An error in Spangraph", failure);
                err.println("An error in Spangraph: " + failure + ".");
                yield ExitCode.INTERNAL_ERROR;
            }
        };
    }

    private static ExitCode say(Exception failure, ExitCode code, PrintWriter err) {
        err.println(failure.getMessage());
        return code;
    }

    private static String rootMessage(UncheckedIOException failure) {
        return String.valueOf(
                failure.getCause() == null
                        ? failure.getMessage()
                        : failure.getCause().getMessage());
    }

    private static void tellQuery(QueryException failure, PrintWriter err) {
        String place = failure.position()
                .map(Object::toString)
                .filter(text -> !failure.getMessage().contains(text))
                .map(text -> " (" + text + ")")
                .orElse("");
        err.println(failure.getMessage() + place);
        failure.hint().ifPresent(err::println);
    }

    static int tellUsage(ParameterException failure, PrintWriter err) {
        CommandLine command = failure.getCommandLine();
        err.println(failure.getMessage());
        if (!UnmatchedArgumentException.printSuggestions(failure, err)) {
            err.println("See " + command.getCommandSpec().qualifiedName() + " --help.");
        }
        return ExitCode.WRONG_USAGE.code();
    }
}
