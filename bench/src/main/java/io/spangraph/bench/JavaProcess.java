package io.spangraph.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts the benchmark's own program once more, in a process of its own. */
final class JavaProcess {
    private JavaProcess() {}

    /** A process that is ready to start; its errors go where ours go. */
    static ProcessBuilder of(List<String> jvmOptions, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "-Xlog:disable",
                "-XX:-PrintWarnings",
                "-Dspangraph.home=" + System.getProperty("spangraph.home", "."),
                "-cp",
                System.getProperty("java.class.path")));
        command.addAll(jvmOptions);
        command.add(BenchMain.class.getName());
        command.addAll(arguments);
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    }

    /** Waits for the end of a process, and ends it when this thread is interrupted. */
    static int await(Process process) throws IOException {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("The benchmark was interrupted.", e);
        }
    }
}
