package io.spangraph.server.bolt.session;

import io.spangraph.engine.row.ValueSize;
import io.spangraph.model.value.Value;
import io.spangraph.server.bolt.message.BoltResponse;
import java.util.List;

/** How many rows of a result a client wants now, to have or to skip. */
final class Demand {
    private static final long ALL = -1;

    /** Rows go out in pieces of about this size, so that one large answer does not pile up in memory. */
    private static final long FLUSHED_BYTES = 64 << 10;

    private final OpenResult result;
    private final boolean skipped;
    private long left;

    /** What became of a demand. */
    enum Outcome {
        MET,
        /** The result had no more rows. */
        ENDED,
        /** The client does not read. */
        BLOCKED
    }

    private Demand(OpenResult result, boolean skipped, long count) {
        this.result = result;
        this.skipped = skipped;
        this.left = count == ALL ? Long.MAX_VALUE : count;
    }

    static Demand toSend(OpenResult result, long count) {
        return new Demand(result, false, count);
    }

    static Demand toSkip(OpenResult result, long count) {
        return new Demand(result, true, count);
    }

    OpenResult result() {
        return result;
    }

    /** Goes on until the demand is met, the result has ended, or the client does not read. */
    Outcome serve(Output output) {
        long unsent = 0;
        while (left > 0) {
            if (!skipped && !output.isWritable() && !result.query().isEnded()) {
                return Outcome.BLOCKED;
            }
            if (!result.query().advance()) {
                return Outcome.ENDED;
            }
            if (!skipped) {
                List<Value> row = result.query().row();
                output.write(new BoltResponse.Record(row));
                unsent += size(row);
                if (unsent >= FLUSHED_BYTES) {
                    output.flush();
                    unsent = 0;
                }
            }
            result.countRow();
            left--;
        }
        return Outcome.MET;
    }

    private static long size(List<Value> row) {
        long bytes = Long.BYTES;
        for (Value value : row) {
            bytes += ValueSize.of(value);
        }
        return bytes;
    }
}
