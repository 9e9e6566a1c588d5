package io.spangraph.server.query;

import io.spangraph.engine.context.Principal;
import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.spi.SnapshotSet;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Open transactions of all doors. Nothing can be written, so a transaction is no more than one state of all tables that
 * its queries share, until it is closed or forgotten.
 */
public final class Transactions {
    private static final int ID_BYTES = 9;

    private final Map<String, Transaction> open = new ConcurrentHashMap<>();
    private final int most;
    private final Duration idle;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /**
     * One of them. It belongs to the name and tenant that began it; its principal has the roles of the latest use.
     *
     * @param expires when it is forgotten unless it is used before or a query of it runs then
     * @param running queries of it that run
     */
    public record Transaction(String id, Principal principal, PinnedState state, Instant expires, int running) {
        public SnapshotSet snapshots() {
            return state.snapshots();
        }

        private Transaction usedBy(Principal same, Instant until) {
            return new Transaction(id, same, state, until, running);
        }

        private Transaction running(int more, Instant until) {
            return new Transaction(id, principal, state, until, running + more);
        }

        private boolean isExpired(Instant now) {
            return running == 0 && expires.isBefore(now);
        }

        private boolean belongsTo(Principal other) {
            return principal.name().equals(other.name()) && principal.tenant().equals(other.tenant());
        }
    }

    public Transactions(int most, Duration idle, Clock clock) {
        this.most = most;
        this.idle = idle;
        this.clock = clock;
    }

    public Transaction begin(Principal principal, PinnedState state) {
        Instant now = clock.instant();
        open.values().removeIf(transaction -> transaction.isExpired(now));
        if (open.size() >= most) {
            throw QueryException.of(
                            QueryErrorCode.TOO_MANY_QUERIES, "There are already " + most + " open transactions.")
                    .withHint("Commit or roll back those that are done, or raise limits.transactions.");
        }
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        Transaction transaction = new Transaction(HexFormat.of().formatHex(id), principal, state, now.plus(idle), 0);
        open.put(transaction.id(), transaction);
        return transaction;
    }

    /** Who began the user's transaction of that id. */
    public Principal owner(String id, String user) {
        return Optional.ofNullable(open.get(id))
                .map(Transaction::principal)
                .filter(principal -> principal.name().equals(user))
                .orElseThrow(() -> notFound(id));
    }

    /** The principal's transaction of that id, whose life begins anew. */
    public Transaction use(String id, Principal principal) {
        Instant now = clock.instant();
        return Optional.ofNullable(open.computeIfPresent(
                        id,
                        (same, transaction) -> transaction.isExpired(now)
                                ? null
                                : transaction.belongsTo(principal)
                                        ? transaction.usedBy(principal, now.plus(idle))
                                        : transaction))
                .filter(transaction -> transaction.belongsTo(principal))
                .orElseThrow(() -> notFound(id));
    }

    /** Runs a query of a transaction, which does not expire meanwhile; its idle time begins anew afterwards. */
    public void whileRunning(String id, Runnable query) {
        note(id, 1);
        try {
            query.run();
        } finally {
            note(id, -1);
        }
    }

    private void note(String id, int more) {
        Instant until = clock.instant().plus(idle);
        open.computeIfPresent(id, (same, transaction) -> transaction.running(more, until));
    }

    private QueryException notFound(String id) {
        return QueryException.of(QueryErrorCode.TRANSACTION_NOT_FOUND, "There is no open transaction '" + id + "'.")
                .withHint("It may have been closed, or have expired after " + idle.toSeconds() + " s.");
    }

    /** Whether the transaction is neither closed nor expired; asking does not count as using it. */
    public boolean isOpen(String id) {
        Instant now = clock.instant();
        return open.computeIfPresent(id, (same, transaction) -> transaction.isExpired(now) ? null : transaction)
                != null;
    }

    /** Ends a transaction; harmless when it has ended. */
    public void close(String id) {
        open.remove(id);
    }

    public int size() {
        return open.size();
    }
}
