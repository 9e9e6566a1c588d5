package io.spangraph.server.bolt.session;

import io.spangraph.server.bolt.message.BoltResponse;

/** How many rows of a result a client wants now, to have or to skip. */
final class Demand {
    private static final long ALL = -1;

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
        while (left > 0) {
            if (!skipped && !output.isWritable() && !result.query().isEnded()) {
                return Outcome.BLOCKED;
            }
            if (!result.query().advance()) {
                return Outcome.ENDED;
            }
            if (!skipped) {
                output.write(new BoltResponse.Record(result.query().row()));
            }
            result.countRow();
            left--;
        }
        return Outcome.MET;
    }
}
