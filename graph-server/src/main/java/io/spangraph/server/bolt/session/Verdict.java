package io.spangraph.server.bolt.session;

/** What a state does with a request. */
enum Verdict {
    PERFORM,
    /** Answers IGNORED. */
    IGNORE,
    /** Answers FAILURE and closes: the client has lost track of the conversation. */
    REFUSE
}
