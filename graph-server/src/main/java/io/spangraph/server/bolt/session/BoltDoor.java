package io.spangraph.server.bolt.session;

import io.spangraph.server.auth.Authenticator;
import io.spangraph.server.bolt.transport.BoltConnection;
import io.spangraph.server.bolt.transport.BoltSession;
import io.spangraph.server.query.QueryService;
import io.spangraph.server.telemetry.QueryMetrics;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens a conversation for each Bolt connection, and looks after all of them once a second. */
public final class BoltDoor implements BoltSession.Factory, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BoltDoor.class);

    private final QueryService service;
    private final Authenticator authenticator;
    private final SessionSettings settings;
    private final Set<Conversation> conversations = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("bolt-clock").daemon().factory());
    private volatile String address = "";

    public BoltDoor(QueryService service, Authenticator authenticator, SessionSettings settings, QueryMetrics metrics) {
        this.service = service;
        this.authenticator = authenticator;
        this.settings = settings;
        metrics.gauge("spangraph.bolt.connections", "Open Bolt connections.", conversations::size);
        Future<?> unused = clock.scheduleWithFixedDelay(() -> tick(System.nanoTime()), 1, 1, TimeUnit.SECONDS);
    }

    /** The port is known now. */
    public void listensAt(String hostAndPort) {
        address = hostAndPort;
    }

    /** Host and port of the door. */
    public String address() {
        return address;
    }

    @Override
    public BoltSession open(BoltConnection connection) {
        Conversation conversation =
                new Conversation(connection, service, authenticator, settings, this::address, conversations::remove);
        conversations.add(conversation);
        return conversation;
    }

    /** Keeps connections alive on which a query computes, ends idle transactions, gives up those that never read. */
    void tick(long nowNanos) {
        for (Conversation conversation : conversations) {
            try {
                conversation.tick(nowNanos);
            } catch (RuntimeException e) {
                LOG.error("A Bolt connection could not be looked after", e);
            }
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
