package io.spangraph.server.bolt.message;

import java.util.Optional;

/** How a client identifies itself; {@code scheme} is none, basic or bearer. */
public record AuthToken(String scheme, Optional<String> principal, Optional<String> credentials) {
    /** Without the secret. */
    @Override
    public String toString() {
        return "AuthToken[" + scheme + ", " + principal.orElse("") + "]";
    }
}
