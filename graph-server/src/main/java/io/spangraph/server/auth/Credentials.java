package io.spangraph.server.auth;

/** What a client sent to say who it is. Every door decodes its own form into this one, so that all log in alike. */
public sealed interface Credentials {

    /** A user name and its password. */
    record Basic(String name, String password) implements Credentials {
        @Override
        public String toString() {
            return name + ":***";
        }
    }

    /** Nothing was sent. Enough where no users are configured. */
    record None() implements Credentials {}
}
