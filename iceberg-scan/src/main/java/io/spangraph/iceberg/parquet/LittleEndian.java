package io.spangraph.iceberg.parquet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers out of byte arrays in the order of bytes that Parquet uses, in one load each. */
final class LittleEndian {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private LittleEndian() {}

    static int intAt(byte[] bytes, int index) {
        return (int) INT.get(bytes, index);
    }

    static long longAt(byte[] bytes, int index) {
        return (long) LONG.get(bytes, index);
    }
}
