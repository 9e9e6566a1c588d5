package io.spangraph.server.bolt.session;

import io.spangraph.server.auth.Authenticator;
import io.spangraph.server.bolt.message.BoltRequest;
import io.spangraph.server.bolt.session.RequestPerformer.Progress;
import io.spangraph.server.bolt.session.Turns.Place;
import io.spangraph.server.bolt.transport.BoltConnection;
import io.spangraph.server.bolt.transport.BoltSession;
import io.spangraph.server.bolt.transport.MalformedMessageException;
import io.spangraph.server.query.QueryService;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The conversation on one connection: requests wait in a queue and are answered one after another, in turns. A turn
 * moves from thread to thread as its requests need; a client that asks for nothing, or does not read, holds none.
 */
final class Conversation implements BoltSession, Turns {
    private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);

    private static final Duration KEEP_ALIVE = RequestPerformer.LONGEST_SILENCE.dividedBy(4);

    private final BoltConnection connection;
    private final Output output;
    private final LiveQueries live = new LiveQueries();
    private final RequestPerformer performer;
    private final Consumer<Conversation> onClose;
    private final Backlog requests = new Backlog();
    private Optional<MalformedMessageException> problem = Optional.empty();
    private boolean busy;
    private boolean closed;
    private boolean held;

    Conversation(
            BoltConnection connection,
            QueryService service,
            Authenticator authenticator,
            SessionSettings settings,
            Supplier<String> address,
            Consumer<Conversation> onClose) {
        this.connection = connection;
        this.output = new Output(connection);
        this.onClose = onClose;
        this.performer =
                new RequestPerformer(connection, output, service, authenticator, settings, address, live, this);
    }

    @Override
    public void received(BoltRequest request) {
        boolean hold;
        synchronized (this) {
            if (closed) {
                return;
            }
            if (request instanceof BoltRequest.Reset) {
                live.interrupt();
            }
            requests.add(request);
            hold = !held && requests.isLong();
            held |= hold;
        }
        if (hold) {
            connection.readRequests(false);
        }
        takeTurn();
    }

    @Override
    public void malformed(MalformedMessageException what) {
        synchronized (this) {
            problem = Optional.of(what);
        }
        takeTurn();
    }

    @Override
    public void writable() {
        performer.wakeUp();
    }

    @Override
    public void closed() {
        synchronized (this) {
            closed = true;
            requests.clear();
        }
        onClose.accept(this);
        output.drop();
        live.close();
        takeTurn();
    }

    /** Begins a turn, unless there is one. */
    private void takeTurn() {
        synchronized (this) {
            if (busy) {
                return;
            }
            busy = true;
        }
        goOn(Place.ELSEWHERE);
    }

    @Override
    public void goOn(Place place) {
        guard(() -> answer(place));
    }

    private void answer(Place place) {
        while (true) {
            Optional<BoltRequest> next = next();
            if (next.isEmpty()) {
                if (rest()) {
                    return;
                }
            } else if (performer.perform(next.get(), place) == Progress.LATER) {
                return;
            }
        }
    }

    @Override
    public void guard(Runnable part) {
        try {
            part.run();
        } catch (RuntimeException | Error e) {
            giveUp(e);
        }
    }

    private void giveUp(Throwable error) {
        LOG.error("The Bolt connection {} is given up because of an error in Spangraph", connection.id(), error);
        output.abort();
        live.close();
    }

    private Optional<BoltRequest> next() {
        Optional<BoltRequest> next;
        boolean readOn;
        synchronized (this) {
            next = requests.poll();
            readOn = held && requests.isShortAgain();
            held &= !readOn;
        }
        if (readOn) {
            connection.readRequests(true);
        }
        return next;
    }

    /** Nothing is left to do: sends what was answered and ends the turn. False when something has arrived meanwhile. */
    private boolean rest() {
        output.flush();
        Optional<MalformedMessageException> malformed;
        synchronized (this) {
            if (!requests.isEmpty()) {
                return false;
            }
            malformed = problem;
            problem = Optional.empty();
            if (malformed.isEmpty() && !closed) {
                busy = false;
                return true;
            }
        }
        malformed.ifPresent(what -> performer.refuse(what.getMessage()));
        synchronized (this) {
            if (!closed) {
                return false;
            }
        }
        performer.end(); // the turn is never given back: there is nobody left to answer
        return true;
    }

    /** Looks after what has to happen although the client sends nothing. */
    void tick(long nowNanos) {
        output.abortWhenStuck(nowNanos);
        boolean idle;
        synchronized (this) {
            if (closed) {
                return;
            }
            idle = !busy;
            busy = true;
        }
        if (idle) {
            performer.endIdleTransaction();
            goOn(Place.ELSEWHERE);
        } else {
            performer.useTransaction();
            output.keepAlive(KEEP_ALIVE, nowNanos);
        }
    }
}
