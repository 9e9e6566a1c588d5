package io.spangraph.server.bolt.session;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.server.query.QueryOptions;
import io.spangraph.server.query.Transactions;
import io.spangraph.server.query.Transactions.Transaction;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An explicit transaction: one state of the tables, and the results that its queries have open. */
final class OpenTransaction {
    private static final long LAST = -1;

    private final QueryScope scope;
    private final Transactions transactions;
    private final Transaction transaction;
    private final long begunNanos = System.nanoTime();
    private final Map<Long, OpenResult> results = new LinkedHashMap<>();
    private long nextId;

    OpenTransaction(QueryScope scope, Transactions transactions, Transaction transaction) {
        this.scope = scope;
        this.transactions = transactions;
        this.transaction = transaction;
    }

    QueryScope scope() {
        return scope;
    }

    Transaction transaction() {
        return transaction;
    }

    /** The transaction is used, so its idle time begins anew; throws when it has expired. */
    void use() {
        transactions.use(transaction.id(), scope.principal());
    }

    boolean isExpired() {
        return !transactions.isOpen(transaction.id());
    }

    /** How queries of it run: on its state of the tables, within the time that is left. */
    QueryOptions options(QueryOptions defaults) {
        QueryOptions pinned = defaults.withPinned(transaction.state());
        return scope.timeout().map(limit -> pinned.withTimeout(left(limit))).orElse(pinned);
    }

    private Duration left(Duration limit) {
        Duration left = limit.minusNanos(System.nanoTime() - begunNanos);
        if (left.isNegative() || left.isZero()) {
            throw QueryException.of(
                            QueryErrorCode.TIMEOUT,
                            "The transaction ran longer than its time limit of " + limit.toMillis() + " ms.")
                    .withHint("Begin it with a longer timeout.");
        }
        return left;
    }

    long takeId() {
        return nextId++;
    }

    void add(OpenResult result) {
        results.put(result.id(), result);
    }

    void remove(OpenResult result) {
        results.remove(result.id());
    }

    int openResults() {
        return results.size();
    }

    /** The result of that number, or with -1 that of the last query. */
    Optional<OpenResult> result(long id) {
        return Optional.ofNullable(results.get(id == LAST ? nextId - 1 : id));
    }

    /** Ends it with all that is open in it. */
    void close() {
        List.copyOf(results.values()).forEach(OpenResult::abandon);
        results.clear();
        transactions.close(transaction.id());
    }

    /** Ends what is open in it. */
    void abandonResults() {
        List.copyOf(results.values()).forEach(OpenResult::abandon);
        results.clear();
    }
}
