package io.spangraph.engine.exec.scope;

import io.spangraph.engine.row.TextEntries;
import io.spangraph.engine.row.Vector;
import io.spangraph.engine.row.Vector.DictionaryVector;
import io.spangraph.engine.row.Vector.TextVector;
import io.spangraph.model.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A number for a scope key, the same wherever the scope's rows lie. Different scopes may have one number, but rarely. */
final class ScopeHash {
    private static final long FACTOR = 0x9e3779b97f4a7c15L;

    private ScopeHash() {}

    static long of(List<Vector> scope, int row) {
        long hash = 0;
        for (Vector part : scope) {
            hash = mixed(hash * 31 + of(part, row));
        }
        return hash;
    }

    private static long of(Vector column, int row) {
        if (column.isNull(row)) {
            return 0;
        }
        return switch (column) {
            case TextVector texts -> of(texts.utf8(), texts.offsets()[row], texts.offsets()[row + 1]);
            case DictionaryVector texts
            when texts.dictionary() instanceof TextEntries entries -> {
                int code = texts.codes()[row];
                yield of(entries.utf8(), entries.offsets()[code], entries.offsets()[code + 1]);
            }
            case Vector other -> of(other.value(row));
        };
    }

    private static long of(Value value) {
        if (value instanceof Value.StringValue(String text)) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            return of(utf8, 0, utf8.length);
        }
        return mixed(value.hashCode());
    }

    private static long of(byte[] utf8, int from, int to) {
        long hash = 7;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + utf8[i];
        }
        return mixed(hash);
    }

    private static long mixed(long hash) {
        long mixed = hash * FACTOR;
        return mixed ^ mixed >>> 32;
    }
}
