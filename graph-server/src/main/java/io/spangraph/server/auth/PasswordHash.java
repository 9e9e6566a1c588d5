package io.spangraph.server.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * The Argon2id hash of a password, in the usual text form {@code $argon2id$v=19$m=19456,t=2,p=1$salt$hash}. Slow and
 * memory-hungry on purpose: a stolen settings file must not give the passwords away.
 */
public final class PasswordHash {
    /** What OWASP's password storage cheat sheet names as the least: 19 MiB and two passes. */
    private static final Cost DEFAULT_COST = new Cost(19 * 1024, 2, 1);

    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;

    /** Costs above these would let a settings file stop the server. */
    private static final Cost HIGHEST_COST = new Cost(1024 * 1024, 64, 16);

    private static final Pattern FORM = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,2}),p=(\\d{1,2})\\$([A-Za-z0-9+/]{11,88})\\$([A-Za-z0-9+/]{22,88})");

    private final Cost cost;
    private final byte[] salt;
    private final byte[] hash;

    /** Memory in KiB, passes over it, lanes. */
    private record Cost(int memory, int passes, int lanes) {
        boolean isWithin(Cost highest) {
            return memory >= 8 * lanes
                    && passes >= 1
                    && lanes >= 1
                    && memory <= highest.memory
                    && passes <= highest.passes
                    && lanes <= highest.lanes;
        }
    }

    private PasswordHash(Cost cost, byte[] salt, byte[] hash) {
        this.cost = cost;
        this.salt = salt;
        this.hash = hash;
    }

    /** Reads the text form; empty when it is none. */
    public static Optional<PasswordHash> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Cost cost = new Cost(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3)));
        if (!cost.isWithin(HIGHEST_COST)) {
            return Optional.empty();
        }
        try {
            Base64.Decoder decoder = Base64.getDecoder();
            return Optional.of(
                    new PasswordHash(cost, decoder.decode(matcher.group(4)), decoder.decode(matcher.group(5))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** A new hash with a salt of its own. */
    public static PasswordHash of(String password) {
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        return new PasswordHash(DEFAULT_COST, salt, compute(password, DEFAULT_COST, salt, HASH_BYTES));
    }

    /** Whether the password is the one; takes the same time whichever part of it is wrong. */
    public boolean matches(String password) {
        return MessageDigest.isEqual(hash, compute(password, cost, salt, hash.length));
    }

    private static byte[] compute(String password, Cost cost, byte[] salt, int length) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(cost.memory)
                .withIterations(cost.passes)
                .withParallelism(cost.lanes)
                .withSalt(salt)
                .build());
        byte[] result = new byte[length];
        generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), result);
        return result;
    }

    @Override
    public String toString() {
        Base64.Encoder encoder = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=" + cost.memory + ",t=" + cost.passes + ",p=" + cost.lanes + "$"
                + encoder.encodeToString(salt) + "$" + encoder.encodeToString(hash);
    }
}
