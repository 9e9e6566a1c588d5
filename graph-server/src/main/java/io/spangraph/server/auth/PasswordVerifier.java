package io.spangraph.server.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Compares passwords with hashes, quickly for those it has just seen and slowly for those who guess. A good password is
 * remembered for a while by a keyed digest, because Argon2 on each request would cost more than most queries.
 */
public final class PasswordVerifier {
    private static final Duration REMEMBERED = Duration.ofMinutes(5);
    private static final Duration FAILURES_FORGOTTEN = Duration.ofMinutes(15);
    private static final int MOST_REMEMBERED = 10_000;
    private static final int FREE_FAILURES = 3;
    private static final Duration FIRST_DELAY = Duration.ofMillis(250);
    private static final int MOST_DOUBLINGS = 5;

    /** Each computation takes 19 MiB: a flood of log-ins must not take the heap. */
    private static final int COMPUTATIONS_AT_ONCE = 4;

    private static final String DIGEST = "HmacSHA256";

    private final Cache<ByteBuffer, Boolean> verified = Caffeine.newBuilder()
            .expireAfterWrite(REMEMBERED)
            .maximumSize(MOST_REMEMBERED)
            .build();
    private final Cache<String, Integer> failures = Caffeine.newBuilder()
            .expireAfterWrite(FAILURES_FORGOTTEN)
            .maximumSize(MOST_REMEMBERED)
            .build();
    private final Semaphore computations = new Semaphore(COMPUTATIONS_AT_ONCE);
    private final SecretKeySpec key;
    private final Pause pause;

    /** Compared with when the user is unknown, so that the time taken does not tell which names exist. */
    private final PasswordHash nobody = PasswordHash.of("");

    /** Waits. */
    @FunctionalInterface
    public interface Pause {
        void forDuration(Duration duration) throws InterruptedException;
    }

    public PasswordVerifier() {
        this(Thread::sleep);
    }

    PasswordVerifier(Pause pause) {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        this.key = new SecretKeySpec(random, DIGEST);
        this.pause = pause;
    }

    /** Whether the password belongs to the hash; waits before each look at one whose user has failed repeatedly. */
    boolean verify(String user, Optional<PasswordHash> hash, String password) {
        ByteBuffer digest = digest(user, password);
        if (hash.isPresent() && verified.getIfPresent(digest) != null) {
            return true;
        }
        slowDown(user);
        boolean matches = compute(hash, password);
        if (matches) {
            verified.put(digest, true);
            failures.invalidate(user);
        } else {
            failures.asMap().merge(user, 1, Integer::sum);
        }
        return matches;
    }

    private boolean compute(Optional<PasswordHash> hash, String password) {
        computations.acquireUninterruptibly();
        try {
            boolean matches = hash.orElse(nobody).matches(password);
            return matches && hash.isPresent();
        } finally {
            computations.release();
        }
    }

    private void slowDown(String user) {
        Integer failed = failures.getIfPresent(user);
        if (failed == null || failed < FREE_FAILURES) {
            return;
        }
        try {
            pause.forDuration(FIRST_DELAY.multipliedBy(1L << Math.min(failed - FREE_FAILURES, MOST_DOUBLINGS)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private ByteBuffer digest(String user, String password) {
        try {
            Mac mac = Mac.getInstance(DIGEST);
            mac.init(key);
            byte[] name = user.getBytes(StandardCharsets.UTF_8);
            mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(name.length).array());
            mac.update(name);
            return ByteBuffer.wrap(mac.doFinal(password.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + DIGEST, e);
        }
    }
}
