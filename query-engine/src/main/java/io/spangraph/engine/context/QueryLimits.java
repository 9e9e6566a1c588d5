package io.spangraph.engine.context;

import java.time.Duration;

/**
 * What one query may use. Every limit has a configuration key, and the error that meets a limit names it.
 *
 * @param timeout {@code limits.timeout}
 * @param maxRows {@code limits.rows}: rows of one answer
 * @param maxMemoryBytes {@code limits.memory}: what the operators of one query hold together
 * @param maxScanBytes {@code limits.scan.bytes}: bytes of the columns that one query may read, by estimate
 */
public record QueryLimits(Duration timeout, long maxRows, long maxMemoryBytes, long maxScanBytes) {
    public QueryLimits {
        if (timeout.isNegative() || timeout.isZero() || maxRows < 1 || maxMemoryBytes < 1 || maxScanBytes < 1) {
            throw new IllegalArgumentException("limits must be positive");
        }
    }

    public QueryLimits withScanBytes(long bytes) {
        return new QueryLimits(timeout, maxRows, maxMemoryBytes, bytes);
    }

    public QueryLimits withTimeout(Duration shorter) {
        return new QueryLimits(shorter, maxRows, maxMemoryBytes, maxScanBytes);
    }
}
