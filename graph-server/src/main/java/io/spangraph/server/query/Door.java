package io.spangraph.server.query;

import java.util.Locale;

/** The way by which a query came. */
public enum Door {
    HTTP,
    BOLT,
    /** From this process itself, such as a query of the command line. */
    LOCAL;

    /** As metrics and lists write it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
