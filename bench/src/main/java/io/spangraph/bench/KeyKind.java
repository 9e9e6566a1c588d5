package io.spangraph.bench;

/** What a question is asked for, again and again with another one. */
enum KeyKind {
    TRACE,
    SPAN,
    TENANT,
    AGENT,
    NONE
}
