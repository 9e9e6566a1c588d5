package io.spangraph.server.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Makes guessing slow: after a few failures of a user, the next tries from the same network are put one after another,
 * further and further apart. By network, so that a guesser cannot keep the user itself out.
 */
final class FailedLogins {
    private static final Duration FORGOTTEN = Duration.ofMinutes(15);
    private static final int MOST_REMEMBERED = 10_000;
    private static final int FREE_FAILURES = 3;
    private static final Duration FIRST_DELAY = Duration.ofMillis(250);
    private static final int MOST_DOUBLINGS = 5;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private final LongSupplier nanoClock;
    private final Cache<Key, Tries> tries = Caffeine.newBuilder()
            .expireAfterWrite(FORGOTTEN)
            .maximumSize(MOST_REMEMBERED)
            .build();

    private record Key(String user, ClientNetwork network) {}

    /**
     * What has been tried since the last success.
     *
     * @param lastAt when the latest of them is made, on the nano clock; may lie ahead
     */
    private record Tries(int count, long lastAt) {
        long nextAt() {
            return count < FREE_FAILURES
                    ? lastAt
                    : lastAt
                            + FIRST_DELAY
                                    .multipliedBy(1L << Math.min(count - FREE_FAILURES, MOST_DOUBLINGS))
                                    .toNanos();
        }
    }

    FailedLogins(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    /**
     * Books the next try, which counts as failed until it has succeeded: tries at the same time are tries as well.
     *
     * @return how long to wait before the password is looked at
     * @throws QueryException with {@link QueryErrorCode#TOO_MANY_LOGINS} when that would be too long
     */
    Duration book(String user, ClientNetwork network) {
        long now = nanoClock.getAsLong();
        Tries booked = tries.asMap().compute(new Key(user, network), (key, before) -> {
            if (before == null) {
                return new Tries(1, now);
            }
            Duration wait = Duration.ofNanos(Math.max(0, before.nextAt() - now));
            if (wait.compareTo(LONGEST_WAIT) > 0) {
                throw QueryException.of(
                                QueryErrorCode.TOO_MANY_LOGINS,
                                "There were too many failed log-ins of this user from this address.")
                        .withHint("Try again in " + wait.plusSeconds(1).toSeconds() + " s.");
            }
            return new Tries(before.count + 1, now + wait.toNanos());
        });
        return Duration.ofNanos(booked.lastAt - now);
    }

    /** The user has proved to be itself. */
    void forgive(String user, ClientNetwork network) {
        tries.invalidate(new Key(user, network));
    }
}
