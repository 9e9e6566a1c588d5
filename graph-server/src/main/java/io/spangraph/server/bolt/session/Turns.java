package io.spangraph.server.bolt.session;

/** Who is to be told that a request which was answered elsewhere is done, so that the next one can follow. */
@FunctionalInterface
interface Turns {
    /** Goes on with the next request. */
    void goOn(Place place);

    /** What the thread that goes on may be used for. */
    enum Place {
        /** May compute, and wait for storage. */
        QUERY_THREAD,
        /** Must return soon. */
        ELSEWHERE
    }
}
