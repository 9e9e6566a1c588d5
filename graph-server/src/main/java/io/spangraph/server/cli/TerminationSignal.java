package io.spangraph.server.cli;

import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The signal by which a process is told to end. The JVM alone would end with 143 after SIGTERM, which supervisors take
 * for a failure.
 *
 * <p>Java has no supported interface to signals; the one that every JVM has is called by reflection, and where it is
 * missing the JVM's own handling stays.
 */
final class TerminationSignal {
    private static final Logger LOG = LoggerFactory.getLogger(TerminationSignal.class);

    private final CompletableFuture<ExitCode> received = new CompletableFuture<>();

    private TerminationSignal() {}

    /** Takes SIGINT and SIGTERM over from the JVM. */
    static TerminationSignal install() {
        TerminationSignal signal = new TerminationSignal();
        signal.handle("INT", ExitCode.INTERRUPTED);
        signal.handle("TERM", ExitCode.DONE);
        return signal;
    }

    private void handle(String name, ExitCode code) {
        try {
            Class<?> signalType = Class.forName("sun.misc.Signal");
            Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
            Object handler = Proxy.newProxyInstance(
                    handlerType.getClassLoader(), new Class<?>[] {handlerType}, (proxy, method, arguments) -> {
                        boolean first = received.complete(code);
                        if (!first) {
                            Runtime.getRuntime().halt(ExitCode.INTERRUPTED.code()); // asked twice: at once, then
                        }
                        return "toString".equals(method.getName()) ? "Spangraph's handler" : 0;
                    });
            signalType
                    .getMethod("handle", signalType, handlerType)
                    .invoke(null, signalType.getConstructor(String.class).newInstance(name), handler);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            LOG.debug("SIG{} stays with the JVM", name, e);
        }
    }

    /** Waits for a signal. */
    ExitCode await() throws InterruptedException, ExecutionException {
        return received.get();
    }
}
