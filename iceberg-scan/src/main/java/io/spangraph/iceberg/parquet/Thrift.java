package io.spangraph.iceberg.parquet;

import shaded.parquet.org.apache.thrift.TBase;
import shaded.parquet.org.apache.thrift.TConfiguration;
import shaded.parquet.org.apache.thrift.TException;
import shaded.parquet.org.apache.thrift.protocol.TCompactProtocol;
import shaded.parquet.org.apache.thrift.transport.TTransport;
import shaded.parquet.org.apache.thrift.transport.TTransportException;

/**
 * Reads Parquet's Thrift structures from memory. Every length inside is held against the bytes that are there before
 * anything is allocated for it, which the format's own helpers do not do.
 */
final class Thrift {
    private Thrift() {}

    /** A structure ends before the bytes that it claims. */
    static final class TooShort extends Exception {
        private static final long serialVersionUID = 1L;

        TooShort(Throwable cause) {
            super(cause);
        }
    }

    /**
     * Reads one structure.
     *
     * @param position of the first byte in the file, for messages
     * @return how many bytes it took
     * @throws TooShort when it needs more bytes than were given; more of the file may help
     * @throws ParquetDamage when the bytes are no such structure
     */
    static int read(TBase<?, ?> target, byte[] bytes, int offset, int length, RangeReader file, long position)
            throws TooShort {
        Memory memory = new Memory(bytes, offset, length);
        try {
            target.read(new TCompactProtocol(memory, length, length));
            return memory.position - offset;
        } catch (TTransportException end) {
            throw new TooShort(end);
        } catch (TException | RuntimeException | StackOverflowError wrong) {
            throw new ParquetDamage(file, position, "unreadable " + nameOf(target), wrong);
        }
    }

    /** Like {@link #read}, of a structure whose length is known. */
    static void readWhole(TBase<?, ?> target, byte[] bytes, int offset, int length, RangeReader file, long position) {
        try {
            read(target, bytes, offset, length, file, position);
        } catch (TooShort tooShort) {
            throw new ParquetDamage(file, position, nameOf(target) + " ends too early", tooShort);
        }
    }

    private static String nameOf(TBase<?, ?> target) {
        return switch (target.getClass().getSimpleName()) {
            case "FileMetaData" -> "footer";
            case "PageHeader" -> "page header";
            case "OffsetIndex" -> "offset index";
            case "ColumnIndex" -> "column index";
            case "BloomFilterHeader" -> "header of a bloom filter";
            case String other -> other;
        };
    }

    private static final class Memory extends TTransport {
        private final byte[] bytes;
        private final int end;
        private int position;

        Memory(byte[] bytes, int offset, int length) {
            this.bytes = bytes;
            this.position = offset;
            this.end = offset + length;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void open() {
            // Always open.
        }

        @Override
        public void close() {
            // Holds nothing.
        }

        @Override
        public int read(byte[] target, int offset, int length) throws TTransportException {
            if (length > end - position) {
                throw new TTransportException(TTransportException.END_OF_FILE);
            }
            System.arraycopy(bytes, position, target, offset, length);
            position += length;
            return length;
        }

        @Override
        public void write(byte[] source, int offset, int length) {
            throw new UnsupportedOperationException("read only");
        }

        @Override
        public byte[] getBuffer() {
            return bytes;
        }

        @Override
        public int getBufferPosition() {
            return position;
        }

        @Override
        public int getBytesRemainingInBuffer() {
            return end - position;
        }

        @Override
        public void consumeBuffer(int length) {
            position += length;
        }

        @Override
        public TConfiguration getConfiguration() {
            return TConfiguration.DEFAULT;
        }

        @Override
        public void updateKnownMessageSize(long size) {
            // The bytes given are the bound.
        }

        @Override
        public void checkReadBytesAvailable(long bytesNeeded) throws TTransportException {
            if (bytesNeeded < 0 || bytesNeeded > end - position) {
                throw new TTransportException(TTransportException.END_OF_FILE, "needs " + bytesNeeded + " bytes");
            }
        }
    }
}
