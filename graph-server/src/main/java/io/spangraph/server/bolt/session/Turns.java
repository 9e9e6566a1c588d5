package io.spangraph.server.bolt.session;

/** Who is to be told that a request which was answered elsewhere is done, so that the next one can follow. */
interface Turns {
    /** Goes on with the next request. */
    void goOn(Place place);

    /**
     * Does a part of a request on a thread of somebody else. An error of our own ends the connection there too: nobody
     * else would ever go on with it, and its client would wait for nothing.
     */
    void guard(Runnable part);

    /** What the thread that goes on may be used for. */
    enum Place {
        /** May compute, and wait for storage. */
        QUERY_THREAD,
        /** Must return soon. */
        ELSEWHERE
    }
}
