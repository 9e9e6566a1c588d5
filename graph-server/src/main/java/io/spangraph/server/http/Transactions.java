package io.spangraph.server.http;

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
 * Open transactions of the Query API. Nothing can be written, so a transaction is no more than one state of all tables
 * that its queries share, until it is closed or forgotten.
 */
final class Transactions {
    private static final int ID_BYTES = 9;

    private final Map<String, Transaction> open = new ConcurrentHashMap<>();
    private final int most;
    private final Duration idle;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /** One of them; it belongs to whoever began it. */
    record Transaction(String id, String user, Optional<String> tenant, SnapshotSet snapshots, Instant expires) {
        private Transaction until(Instant later) {
            return new Transaction(id, user, tenant, snapshots, later);
        }

        private boolean belongsTo(Principal principal) {
            return user.equals(principal.name()) && tenant.equals(principal.tenant());
        }

        TransactionInfo info() {
            return new TransactionInfo(id, expires);
        }
    }

    Transactions(int most, Duration idle, Clock clock) {
        this.most = most;
        this.idle = idle;
        this.clock = clock;
    }

    Transaction begin(Principal principal, SnapshotSet snapshots) {
        Instant now = clock.instant();
        open.values().removeIf(transaction -> transaction.expires().isBefore(now));
        if (open.size() >= most) {
            throw QueryException.of(
                            QueryErrorCode.TOO_MANY_QUERIES, "There are already " + most + " open transactions.")
                    .withHint("Commit or roll back those that are done, or raise limits.transactions.");
        }
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        Transaction transaction = new Transaction(
                HexFormat.of().formatHex(id), principal.name(), principal.tenant(), snapshots, now.plus(idle));
        open.put(transaction.id(), transaction);
        return transaction;
    }

    /** The principal's transaction of that id, whose life begins anew. */
    Transaction use(String id, Principal principal) {
        Instant now = clock.instant();
        return Optional.ofNullable(open.computeIfPresent(
                        id,
                        (same, transaction) -> transaction.expires().isBefore(now)
                                ? null
                                : transaction.belongsTo(principal) ? transaction.until(now.plus(idle)) : transaction))
                .filter(transaction -> transaction.belongsTo(principal))
                .orElseThrow(() -> QueryException.of(
                                QueryErrorCode.TRANSACTION_NOT_FOUND, "There is no open transaction '" + id + "'.")
                        .withHint("It may have been closed, or have expired after " + idle.toSeconds() + " s."));
    }

    void close(String id) {
        open.remove(id);
    }

    int size() {
        return open.size();
    }
}
