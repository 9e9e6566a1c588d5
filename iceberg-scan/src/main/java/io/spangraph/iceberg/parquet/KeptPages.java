package io.spangraph.iceberg.parquet;

import io.spangraph.iceberg.parquet.PageHeads.Head;
import java.util.Optional;

/**
 * Pages of one chunk that are kept decompressed, so that look-ups that come back to them cost neither a read nor
 * decompression.
 */
public interface KeptPages {
    /** Of a chunk whose pages are not kept. */
    KeptPages NONE = new KeptPages() {
        @Override
        public Optional<Page> find(int number) {
            return Optional.empty();
        }

        @Override
        public boolean wants(int number, int bytes) {
            return false;
        }

        @Override
        public void keep(int number, Page page) {}
    };

    /** A page as it is decoded, checked against its checksum; immutable. */
    final class Page {
        /** Of its header. */
        private static final long FIXED_BYTES = 1 << 10;

        private final Head head;
        private final byte[] data;

        Page(Head head, byte[] data) {
            this.head = head;
            this.data = data;
        }

        Head head() {
            return head;
        }

        byte[] data() {
            return data;
        }

        public long heapBytes() {
            return FIXED_BYTES + data.length;
        }
    }

    /** The page of that number in the chunk. */
    Optional<Page> find(int number);

    /** Whether a page is worth its bytes, of which few rows are wanted now. */
    boolean wants(int number, int bytes);

    void keep(int number, Page page);
}
