package io.spangraph.server.cli;

import io.spangraph.server.auth.PasswordHash;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Makes the hash of a password for the settings. Reads from stdin: arguments stand in the list of processes. */
@Command(
        name = "hash-password",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Reads a password from stdin, one line, and prints its hash for the settings.")
final class HashPasswordCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        String password = read();
        if (password.isEmpty()) {
            throw new NotStartedException("There is no password on stdin.");
        }
        spec.commandLine().getOut().println(PasswordHash.of(password));
        return ExitCode.DONE.code();
    }

    private static String read() {
        Console console = System.console();
        if (console != null && Terminal.watchesErrors() && Terminal.watchesOutput()) {
            char[] typed = console.readPassword("Password: ");
            return typed == null ? "" : new String(typed);
        }
        try {
            String line = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
            return line == null ? "" : line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
