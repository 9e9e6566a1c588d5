package io.spangraph.server.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spangraph.engine.context.Principal;
import io.spangraph.engine.spi.SnapshotSelector;
import io.spangraph.engine.spi.SnapshotSet;
import io.spangraph.server.query.Transactions.Transaction;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TransactionsTest {
    private static final Principal ALICE = new Principal("alice", Optional.of("acme"), Set.of());
    private static final PinnedState NOTHING =
            new PinnedState(new SnapshotSelector.Current(), new SnapshotSet(Map.of()));

    private final HandClock clock = new HandClock();
    private final Transactions transactions = new Transactions(2, Duration.ofSeconds(60), clock);

    /** A clock that a test moves. */
    private static final class HandClock extends Clock {
        private Instant now = Instant.parse("2026-04-08T00:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @Test
    void anUnusedTransactionExpires() {
        Transaction transaction = transactions.begin(ALICE, NOTHING);
        clock.now = clock.now.plusSeconds(50);
        assertThat(transactions.use(transaction.id(), ALICE).expires())
                .isEqualTo(Instant.parse("2026-04-08T00:01:50Z"));
        clock.now = clock.now.plusSeconds(61);
        assertThatThrownBy(() -> transactions.use(transaction.id(), ALICE))
                .hasMessage("There is no open transaction '" + transaction.id() + "'.");
        assertThat(transactions.size()).isZero();
    }

    @Test
    void aTransactionOutlivesALongQueryOfIt() {
        Transaction transaction = transactions.begin(ALICE, NOTHING);
        transactions.whileRunning(transaction.id(), () -> {
            clock.now = clock.now.plusSeconds(600);
            assertThat(transactions.isOpen(transaction.id())).isTrue();
        });
        clock.now = clock.now.plusSeconds(50);
        assertThat(transactions.isOpen(transaction.id())).isTrue();
        clock.now = clock.now.plusSeconds(11);
        assertThat(transactions.isOpen(transaction.id())).isFalse();
    }

    @Test
    void noMoreThanTheLimitAreOpen() {
        transactions.begin(ALICE, NOTHING);
        transactions.begin(ALICE, NOTHING);
        assertThatThrownBy(() -> transactions.begin(ALICE, NOTHING))
                .hasMessage("There are already 2 open transactions.");
        clock.now = clock.now.plusSeconds(61);
        assertThat(transactions.begin(ALICE, NOTHING).id()).hasSize(18);
    }

    @Test
    void strangersSeeNoTransaction() {
        Transaction transaction = transactions.begin(ALICE, NOTHING);
        Principal namesake = new Principal("alice", Optional.of("globex"), Set.of());
        assertThatThrownBy(() -> transactions.use(transaction.id(), namesake))
                .hasMessage("There is no open transaction '" + transaction.id() + "'.");
        assertThat(transactions.use(transaction.id(), ALICE).id()).isEqualTo(transaction.id());
    }
}
