package io.spangraph.iceberg.parquet;

import com.github.luben.zstd.ZstdDecompressCtx;
import java.lang.ref.Cleaner;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Buffers that the chunk readers of one thread lend and give back, since fresh arrays of megabytes would cost more to clear
 * than to fill. Not for several threads at once.
 */
public final class Scratch implements AutoCloseable {
    /** Bytes kept for the next reader; more are left to the garbage collector. */
    private static final long MOST_KEPT = 32L << 20;

    private static final Cleaner CLEANER = Cleaner.create();
    private static final int SMALLEST_SHIFT = 12;
    private static final int CLASSES = 32 - SMALLEST_SHIFT;

    private final Deque<byte[]>[] free = classes();
    private long kept;
    private int[] codes = new int[0];
    private int[] chosen = new int[0];
    private long[] words = new long[0];
    private @Nullable ZstdDecompressCtx zstd;
    private Cleaner.@Nullable Cleanable cleanable;

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Deque<byte[]>[] classes() {
        Deque<byte[]>[] classes = new Deque[CLASSES];
        for (int i = 0; i < CLASSES; i++) {
            classes[i] = new ArrayDeque<>();
        }
        return classes;
    }

    /** An array of at least that length, with any content. */
    byte[] take(int length) {
        int shift = Math.max(SMALLEST_SHIFT, 32 - Integer.numberOfLeadingZeros(Math.max(length - 1, 0)));
        if (shift > 30) {
            return new byte[length];
        }
        byte[] buffer = free[shift - SMALLEST_SHIFT].pollFirst();
        if (buffer == null) {
            return new byte[1 << shift];
        }
        kept -= buffer.length;
        return buffer;
    }

    void give(byte[] buffer) {
        int shift = Integer.numberOfTrailingZeros(buffer.length);
        if (buffer.length == 1 << shift && shift >= SMALLEST_SHIFT && kept + buffer.length <= MOST_KEPT) {
            kept += buffer.length;
            free[shift - SMALLEST_SHIFT].addFirst(buffer);
        }
    }

    /** Room for codes, used only within one call. */
    int[] codes(int length) {
        if (codes.length < length) {
            codes = new int[Math.max(length, 1 << 12)];
        }
        return codes;
    }

    /** Room for positions, used only within one call; other room than that of the codes. */
    int[] chosen(int length) {
        if (chosen.length < length) {
            chosen = new int[Math.max(length, 1 << 8)];
        }
        return chosen;
    }

    /** Room for a bitmap of some rows, used only within one call. */
    long[] words(int rows) {
        int length = (rows + 63) / 64 + 1;
        if (words.length < length) {
            words = new long[Math.max(length, 1 << 6)];
        }
        return words;
    }

    /** A context that lives as long as these buffers: making one takes as long as decompressing a small page. */
    ZstdDecompressCtx zstd() {
        ZstdDecompressCtx context = zstd;
        if (context == null) {
            context = new ZstdDecompressCtx();
            // It lies outside the heap, where nothing frees it for an owner who only lets go of these buffers.
            cleanable = CLEANER.register(this, context::close);
            zstd = context;
        }
        return context;
    }

    /** Frees what lies outside the heap at once. */
    @Override
    public void close() {
        if (cleanable != null) {
            cleanable.clean();
            cleanable = null;
            zstd = null;
        }
    }
}
