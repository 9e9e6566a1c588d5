package io.spangraph.server.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Compares passwords with hashes, quickly for those it has just seen and slowly for those who guess. A good password is
 * remembered for a while by a keyed digest, because Argon2 on each request would cost more than most queries. Comparisons
 * run on a few threads of their own, and what waits for them holds none.
 */
public final class PasswordVerifier {
    private static final Duration REMEMBERED = Duration.ofMinutes(5);
    private static final int MOST_REMEMBERED = 10_000;

    /** Each computation takes a core and 19 MiB for a while: a flood of log-ins must take neither from the queries. */
    private static final int COMPUTATIONS_AT_ONCE =
            Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, 4);

    private static final int MOST_WAITING = 256;
    private static final int MOST_WAITING_OF_ONE_NETWORK = 64;
    private static final long IDLE_SECONDS = 30;
    private static final String DIGEST = "HmacSHA256";

    private final Cache<ByteBuffer, Boolean> verified = Caffeine.newBuilder()
            .expireAfterAccess(REMEMBERED)
            .maximumSize(MOST_REMEMBERED)
            .build();

    /** A pool that opens its connections sends the same password many times: that is one comparison. */
    private final Map<ByteBuffer, CompletableFuture<Boolean>> comparisons = new ConcurrentHashMap<>();

    private final WaitingRoom waiting = new WaitingRoom(MOST_WAITING, MOST_WAITING_OF_ONE_NETWORK);
    private final FailedLogins failures;
    private final Function<Duration, Executor> later;
    private final SecretKeySpec key;

    /** Compared with when the user is unknown, so that the time taken does not tell which names exist. */
    private final PasswordHash nobody = PasswordHash.of("");

    public PasswordVerifier() {
        this(onThreads(), System::nanoTime);
    }

    /**
     * A verifier with a time of its own.
     *
     * @param later runs what it is given after a delay
     */
    PasswordVerifier(Function<Duration, Executor> later, LongSupplier nanoClock) {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        this.key = new SecretKeySpec(random, DIGEST);
        this.later = later;
        this.failures = new FailedLogins(nanoClock);
    }

    private static Function<Duration, Executor> onThreads() {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                COMPUTATIONS_AT_ONCE,
                COMPUTATIONS_AT_ONCE,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(), // bounded by the waiting room
                Thread.ofPlatform().name("login-", 0).daemon().factory());
        threads.allowCoreThreadTimeOut(true);
        return delay -> delay.isZero()
                ? threads
                : CompletableFuture.delayedExecutor(delay.toNanos(), TimeUnit.NANOSECONDS, threads);
    }

    /**
     * Whether the password belongs to the hash.
     *
     * @return fails with {@link QueryErrorCode#TOO_MANY_LOGINS} when it cannot be looked at soon
     */
    CompletableFuture<Boolean> verify(Credentials.Basic given, Optional<PasswordHash> hash, InetAddress client) {
        ByteBuffer digest = digest(given, hash);
        if (hash.isPresent() && verified.getIfPresent(digest) != null) {
            return CompletableFuture.completedFuture(true);
        }
        CompletableFuture<Boolean> outcome = new CompletableFuture<>();
        CompletableFuture<Boolean> underWay = comparisons.putIfAbsent(digest, outcome);
        if (underWay != null) {
            return underWay;
        }
        Comparison comparison = new Comparison(given, hash, ClientNetwork.of(client), digest, outcome);
        try {
            start(comparison);
        } catch (QueryException refused) {
            comparisons.remove(digest);
            outcome.completeExceptionally(refused);
        }
        return outcome;
    }

    private record Comparison(
            Credentials.Basic given,
            Optional<PasswordHash> hash,
            ClientNetwork network,
            ByteBuffer digest,
            CompletableFuture<Boolean> outcome) {}

    private void start(Comparison comparison) {
        waiting.enter(comparison.network);
        try {
            later.apply(failures.book(comparison.given.name(), comparison.network))
                    .execute(() -> run(comparison));
        } catch (QueryException refused) {
            waiting.leave(comparison.network);
            throw refused;
        }
    }

    private void run(Comparison comparison) {
        try {
            boolean matches = compare(comparison);
            comparisons.remove(comparison.digest);
            comparison.outcome.complete(matches);
        } catch (RuntimeException | Error e) {
            comparisons.remove(comparison.digest);
            comparison.outcome.completeExceptionally(e);
        } finally {
            waiting.leave(comparison.network);
        }
    }

    private boolean compare(Comparison comparison) {
        String password = comparison.given.password();
        boolean matches = comparison.hash.orElse(nobody).matches(password) && comparison.hash.isPresent();
        if (matches) {
            verified.put(comparison.digest, true);
            failures.forgive(comparison.given.name(), comparison.network);
        }
        return matches;
    }

    /** Says which password was compared with which hash, without being of use to anybody who reads the heap. */
    private ByteBuffer digest(Credentials.Basic given, Optional<PasswordHash> hash) {
        try {
            Mac mac = Mac.getInstance(DIGEST);
            mac.init(key);
            for (String part :
                    new String[] {given.name(), hash.map(PasswordHash::toString).orElse(""), given.password()}) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                mac.update(
                        ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
                mac.update(bytes);
            }
            return ByteBuffer.wrap(mac.doFinal());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + DIGEST, e);
        }
    }
}
