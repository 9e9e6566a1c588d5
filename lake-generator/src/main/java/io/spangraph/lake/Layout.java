package io.spangraph.lake;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Which tables a sample lake has. */
public enum Layout {
    /** Six silver tables: tenants, agents, traces, spans, child-of edges and raw events. */
    CLAWTRACE;

    /** The name on the command line. */
    public String optionValue() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads a name from the command line. */
    public static Layout parse(String text) {
        return Arrays.stream(values())
                .filter(layout -> layout.optionValue().equals(text))
                .findFirst()
                .orElseThrow(() -> new InvalidLakeSpecException(
                        "--layout",
                        "must be one of "
                                + Arrays.stream(values())
                                        .map(Layout::optionValue)
                                        .collect(Collectors.joining(", ")) + ", but is " + text));
    }
}
