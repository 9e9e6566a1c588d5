package io.spangraph.bench;

import io.spangraph.model.value.Value;

/** What a question is asked for, again and again with another one. */
enum KeyKind {
    TRACE,
    SPAN,
    TENANT,
    AGENT,
    PERSON,
    NONE;

    /** A key as the parameter of a query. */
    Value value(String key) {
        return switch (this) {
            case TRACE, SPAN, TENANT, AGENT, NONE -> Value.of(key);
            case PERSON -> Value.of(Long.parseLong(key));
        };
    }
}
